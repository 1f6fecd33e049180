//! The side of the board that serves it, on SLMM's thread.

use std::rc::Rc;
use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::board::Board;
use super::keeper::Keeper;
use super::post::Post;
use super::socket::Sockets;
use crate::config::Config;
use crate::enquiry::Enquiry;

/// What the thread needs to serve the board.
#[derive(Debug)]
pub(crate) struct Exchange {
    board: Arc<Board>,
    enquiry: Enquiry,
    opened: mpsc::UnboundedReceiver<Arc<Post>>,
}

impl Exchange {
    pub(super) fn new(
        board: Arc<Board>,
        enquiry: Enquiry,
        opened: mpsc::UnboundedReceiver<Arc<Post>>,
    ) -> Self {
        Self {
            board,
            enquiry,
            opened,
        }
    }

    /// Serves until the last handle is dropped and every socket is closed.
    pub(crate) async fn run(mut self, config: &Config) {
        let sockets = Rc::new(Sockets::new(config));
        let (open, closing) = watch::channel(());
        let mut keepers = JoinSet::new();
        loop {
            tokio::select! {
                post = self.opened.recv() => {
                    let Some(post) = post else { break };
                    let keeper = Keeper::new(
                        post,
                        Arc::clone(&self.board),
                        self.enquiry.clone(),
                        Rc::clone(&sockets),
                    );
                    keepers.spawn_local(keeper.run(closing.clone()));
                }
                Some(ended) = keepers.join_next() => {
                    if let Err(error) = ended {
                        tracing::error!(%error, "a feed was dropped");
                    }
                }
            }
        }
        drop(open);
        while keepers.join_next().await.is_some() {}
    }
}
