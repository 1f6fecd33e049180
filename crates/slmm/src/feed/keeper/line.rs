//! A slot among the feeds, and the socket in it.

use std::pin::Pin;
use std::time::Duration;

use tokio::sync::SemaphorePermit;
use tokio::time::timeout;

use crate::feed::counters::{Ongoing, Tally};
use crate::feed::socket::{Break, Socket};

type Opening<'a> = Pin<Box<dyn Future<Output = Result<Socket, Break>> + 'a>>;

/// A slot among the feeds, and the socket in it. SLMM counts a subscriber until its socket is
/// closed, so the slot is free only then. Whoever is interrupted while using a line finds in it
/// what there is to be closed.
pub(super) struct Line<'a> {
    _slot: SemaphorePermit<'a>,
    tally: &'a Tally,
    opening: Option<Opening<'a>>,
    open: Option<(Socket, Ongoing<'a>)>,
}

impl<'a> Line<'a> {
    pub(super) fn new(slot: SemaphorePermit<'a>, tally: &'a Tally) -> Self {
        Self {
            _slot: slot,
            tally,
            opening: None,
            open: None,
        }
    }

    /// Waits for a socket to open. One that nobody waits for any more still opens at SLMM's end,
    /// perhaps beside the next: so it is never dropped, but closed in its turn.
    pub(super) async fn open(
        &mut self,
        opening: impl Future<Output = Result<Socket, Break>> + 'a,
    ) -> Result<&mut Socket, Break> {
        let opened = self.opening.insert(Box::pin(opening)).await;
        self.opening = None;
        let socket = opened?;
        Tally::count(&self.tally.opened);
        let (socket, _) = self.open.insert((socket, Tally::begin(&self.tally.open)));
        Ok(socket)
    }

    /// Closes what is open, and waits for what is just being opened to close that, but no longer
    /// than for a farewell: then the connection is cut.
    pub(super) async fn close(&mut self, farewell: Duration) {
        if let Some(opening) = self.opening.take()
            && let Ok(Ok(socket)) = timeout(farewell, opening).await
        {
            socket.close(farewell).await;
        }
        if let Some((socket, _open)) = self.open.take() {
            socket.close(farewell).await;
        }
    }

    /// Lets go of a socket that is closed already.
    pub(super) fn drop_socket(&mut self) {
        self.open = None;
    }
}
