//! A body that trickles in does not hold its place for long.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpMessage as _;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use bytes::{Bytes, BytesMut};
use futures_util::future::ready;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::time::{Sleep, sleep};

use crate::{BODY_LIMIT, WebError};

/// How long a client may take over a whole body. The largest is 64 KiB.
const PATIENCE: Duration = Duration::from_secs(10);

/// Gives a changing request so long to send its body, and no longer.
pub fn limit_slow_body(request: &mut ServiceRequest) {
    if !request.method().is_safe() {
        let body = Patient::new(request.take_payload());
        request.set_payload(Payload::Stream {
            payload: Box::pin(body),
        });
    }
}

/// Reads the whole body of a changing request before anything is decided on it. Whoever is let in by
/// what holds now then acts now: a body that is held back keeps no door open that was shut meanwhile.
///
/// # Errors
/// [`WebError::TooLarge`] beyond 64 KiB; [`WebError::BadRequest`] for one that breaks off, or has
/// not come within 10 s.
pub async fn receive(request: &mut ServiceRequest) -> Result<(), WebError> {
    if request.method().is_safe() {
        return Ok(());
    }
    let mut body = Patient::new(request.take_payload());
    let mut received = BytesMut::new();
    while let Some(part) = body.next().await {
        let part =
            part.map_err(|_broken| WebError::BadRequest("The request was not sent whole.".into()))?;
        if received.len() + part.len() > BODY_LIMIT {
            return Err(WebError::TooLarge);
        }
        received.extend_from_slice(&part);
    }
    let whole = stream::once(ready(Ok(received.freeze())));
    request.set_payload(Payload::Stream {
        payload: Box::pin(whole),
    });
    Ok(())
}

/// A body that ends in an error when its time is over.
struct Patient<S> {
    body: S,
    deadline: Pin<Box<Sleep>>,
    over: bool,
}

impl<S> Patient<S> {
    fn new(body: S) -> Self {
        Self {
            body,
            deadline: Box::pin(sleep(PATIENCE)),
            over: false,
        }
    }
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Stream for Patient<S> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.over {
            return Poll::Ready(None);
        }
        if let Poll::Ready(part) = Pin::new(&mut self.body).poll_next(context) {
            return Poll::Ready(part);
        }
        if self.deadline.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.over = true;
        let timed_out = PayloadError::Io(io::ErrorKind::TimedOut.into());
        Poll::Ready(Some(Err(timed_out)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_comes_in_time_is_read_whole() {
        let parts = stream::unfold(0, |number: u8| async move {
            sleep(Duration::from_secs(2)).await;
            (number < 3).then(|| (Ok(Bytes::from(vec![number])), number + 1))
        });
        let read: Vec<_> = Patient::new(Box::pin(parts)).take(9).collect().await;
        let read: Result<Vec<Bytes>, _> = read.into_iter().collect();
        assert_eq!(read.unwrap().concat(), [0, 1, 2]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_trickles_is_given_up() {
        let parts = stream::unfold((), |()| async move {
            sleep(Duration::from_secs(4)).await;
            Some((Ok(Bytes::from_static(b"x")), ()))
        });
        let mut body = Patient::new(Box::pin(parts));
        assert!(body.next().await.unwrap().is_ok());
        assert!(body.next().await.unwrap().is_ok());
        let error = body.next().await.unwrap().unwrap_err();
        assert!(
            matches!(&error, PayloadError::Io(cause) if cause.kind() == io::ErrorKind::TimedOut),
            "{error}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_given_up_too() {
        let mut body = Patient::new(stream::pending::<Result<Bytes, PayloadError>>());
        assert!(body.next().await.unwrap().is_err());
        assert!(body.next().await.is_none(), "told once");
    }
}
