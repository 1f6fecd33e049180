//! A head that trickles in does not hold its connection for long. Actix limits a connection's first
//! head alone; this limits those after it.

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::dev::ServiceRequest;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a client may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadTimes {
    /// Over a head, from its first byte on.
    pub(crate) head: Duration,
    /// From an answer until the next head is whole.
    pub(crate) between: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The first head is to come, a request is under way, or the connection is a live socket.
    Busy,
    /// An answer was just given.
    Answered,
    /// Nothing has come since.
    Waiting,
    /// The next head has begun.
    Begun,
}

/// How far a connection has come. Its requests share it.
#[derive(Clone)]
pub(crate) struct Heads(Rc<Cell<Phase>>);

impl Heads {
    /// Notes that a head was whole. The answer is given when what this returns is dropped.
    pub(crate) fn arrived(request: &ServiceRequest) -> UnderWay {
        let heads = request.conn_data::<Self>().cloned();
        if let Some(heads) = &heads {
            heads.0.set(Phase::Busy);
        }
        UnderWay(heads)
    }
}

/// A request under way.
pub(crate) struct UnderWay(Option<Heads>);

impl UnderWay {
    /// The connection is a live socket from now on: no head comes any more.
    pub(crate) fn upgraded(mut self) {
        self.0 = None;
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(heads) = &self.0 {
            heads.0.set(Phase::Answered);
        }
    }
}

/// A connection that seems to have been closed by its client when a head takes too long.
pub(crate) struct Timed<S> {
    stream: S,
    times: HeadTimes,
    heads: Heads,
    /// The end of the phase.
    deadline: Instant,
    /// Wakes the connection by its deadline, or before.
    timer: Option<Pin<Box<Sleep>>>,
}

impl<S> Timed<S> {
    pub(crate) fn new(stream: S, times: HeadTimes) -> Self {
        Self {
            stream,
            times,
            heads: Heads(Rc::new(Cell::new(Phase::Busy))),
            deadline: now(),
            timer: None,
        }
    }

    /// What its requests share.
    pub(crate) fn heads(&self) -> Heads {
        self.heads.clone()
    }

    /// Notes that the connection has reached a phase that may take so long.
    fn begin(&mut self, phase: Phase, time: Duration) {
        self.heads.0.set(phase);
        self.deadline = now() + time;
    }

    /// Whether the next head takes too long, `came` being whether anything came just now.
    fn is_too_late(&mut self, came: bool, cx: &mut Context<'_>) -> bool {
        match (self.heads.0.get(), came) {
            (Phase::Busy, _) => return false,
            // This may be all of the head, as it nearly always is.
            (Phase::Answered | Phase::Waiting, true) => {
                self.begin(Phase::Begun, self.times.head);
                return false;
            }
            (Phase::Begun, true) => return now() >= self.deadline,
            (Phase::Answered, false) => self.begin(Phase::Waiting, self.times.between),
            (Phase::Waiting | Phase::Begun, false) => {}
        }
        self.is_over(cx)
    }

    /// Whether the deadline has passed; else the connection is looked at again by then. The timer is
    /// set anew only where it is late: most requests leave it alone.
    fn is_over(&mut self, cx: &mut Context<'_>) -> bool {
        let deadline = self.deadline;
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if timer.deadline() > deadline {
            timer.as_mut().reset(deadline);
        }
        while timer.as_mut().poll(cx).is_ready() {
            if timer.deadline() >= deadline {
                return true;
            }
            timer.as_mut().reset(deadline);
        }
        false
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "time-outs of the network run in real time, whatever the clock of the app shows"
)]
fn now() -> Instant {
    Instant::now()
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(cx, buffer);
        if this.is_too_late(buffer.filled().len() > before, cx) {
            buffer.set_filled(before);
            return Poll::Ready(Ok(()));
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
    use tokio::time::{sleep, timeout};

    const SECOND: Duration = Duration::from_secs(1);
    const TIMES: HeadTimes = HeadTimes {
        head: Duration::from_secs(10),
        between: Duration::from_secs(85),
    };

    fn connection() -> (DuplexStream, Timed<DuplexStream>) {
        let (client, server) = duplex(1024);
        (client, Timed::new(server, TIMES))
    }

    fn answered(timed: &Timed<DuplexStream>) {
        drop(UnderWay(Some(timed.heads())));
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_trickles_after_an_answer_is_given_up() {
        let (mut client, mut timed) = connection();
        answered(&timed);
        let mut buffer = [0; 8];
        for _ in 0..4 {
            client.write_all(b"x").await.unwrap();
            assert_eq!(timed.read(&mut buffer).await.unwrap(), 1);
            sleep(3 * SECOND).await;
        }
        client.write_all(b"x").await.unwrap();
        assert_eq!(
            timed.read(&mut buffer).await.unwrap(),
            0,
            "12 s after its first byte"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_never_becomes_whole_is_given_up_whenever_it_began() {
        let (_client, mut timed) = connection();
        answered(&timed);
        let mut buffer = [0; 8];
        assert!(timeout(84 * SECOND, timed.read(&mut buffer)).await.is_err());
        assert_eq!(
            timeout(2 * SECOND, timed.read(&mut buffer))
                .await
                .unwrap()
                .unwrap(),
            0
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_stops_is_given_up_however_long_nothing_came_before_it() {
        let (mut client, mut timed) = connection();
        answered(&timed);
        let mut buffer = [0; 8];
        assert!(timeout(60 * SECOND, timed.read(&mut buffer)).await.is_err());
        client.write_all(b"GET").await.unwrap();
        assert_eq!(timed.read(&mut buffer).await.unwrap(), 3);
        let given_up = timeout(11 * SECOND, timed.read(&mut buffer)).await;
        assert_eq!(given_up.unwrap().unwrap(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_is_used_again_and_again_is_kept() {
        let (mut client, mut timed) = connection();
        let mut buffer = [0; 8];
        for _ in 0..20 {
            answered(&timed);
            assert!(timeout(60 * SECOND, timed.read(&mut buffer)).await.is_err());
            client.write_all(b"GET").await.unwrap();
            assert_eq!(timed.read(&mut buffer).await.unwrap(), 3);
            timed.heads().0.set(Phase::Busy);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_is_answered_slowly_and_a_live_socket_have_all_the_time() {
        let (mut client, mut timed) = connection();
        answered(&timed);
        let mut buffer = [0; 8];
        client.write_all(b"GET").await.unwrap();
        assert_eq!(timed.read(&mut buffer).await.unwrap(), 3);
        timed.heads().0.set(Phase::Busy);
        assert!(
            timeout(500 * SECOND, timed.read(&mut buffer))
                .await
                .is_err()
        );
        UnderWay(Some(timed.heads())).upgraded();
        assert!(
            timeout(500 * SECOND, timed.read(&mut buffer))
                .await
                .is_err()
        );
    }
}
