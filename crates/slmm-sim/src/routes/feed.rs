//! The monitor's socket.

use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use actix_ws::{CloseCode, CloseReason, Message, MessageStream, Session};
use bytestring::ByteString;
use tokio::sync::mpsc::Receiver;

use crate::counters::Ongoing;
use crate::sim::Sim;
use crate::{answer, connection};

/// Pings go out this often; two without a pong end the socket.
const PING_EVERY: Duration = Duration::from_secs(20);
/// A write that blocks this long means that nobody reads.
const STUCK_AFTER: Duration = Duration::from_secs(40);

pub(super) fn is_upgrade(request: &HttpRequest) -> bool {
    request.headers().contains_key(header::UPGRADE)
}

/// Any unit's name will do: SLMM does not look whether it exists.
pub(super) async fn open(
    sim: web::Data<Sim>,
    unit: web::Path<String>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, Error> {
    if !is_upgrade(&request) {
        return Ok(answer::detail(StatusCode::NOT_FOUND, "Not Found"));
    }
    let (response, session, messages) = actix_ws::handle(&request, body)?;
    let subscription = Subscription::new(Sim::clone(&sim), unit.into_inner());
    actix_rt::spawn(subscription.serve(session, messages, request));
    Ok(response)
}

struct Subscription {
    sim: Sim,
    unit: String,
    number: u64,
    frames: Receiver<ByteString>,
    open: Option<Ongoing>,
}

impl Subscription {
    fn new(sim: Sim, unit: String) -> Self {
        let open = sim.inner.meters.feed(&unit);
        let now = sim.now();
        let (number, frames) = sim.world().subscribe(&unit, now);
        Self {
            sim,
            unit,
            number,
            frames,
            open: Some(open),
        }
    }

    async fn serve(
        mut self,
        mut session: Session,
        mut messages: MessageStream,
        request: HttpRequest,
    ) {
        let mut pings = actix_rt::time::interval(PING_EVERY);
        pings.tick().await;
        let mut unanswered = 0;
        loop {
            let sent = tokio::select! {
                frame = self.frames.recv() => {
                    let Some(frame) = frame else { break };
                    send(&mut session, frame).await
                }
                message = messages.recv() => match message {
                    Some(Ok(Message::Ping(payload))) => session.pong(&payload).await.is_ok(),
                    Some(Ok(Message::Pong(_))) => {
                        unanswered = 0;
                        true
                    }
                    Some(Ok(Message::Close(reason))) => {
                        if session.close(reason).await.is_err() {
                            tracing::debug!(unit = self.unit, "the subscriber did not wait");
                        }
                        return;
                    }
                    Some(Err(_)) | None => false,
                    Some(Ok(_)) => true,
                },
                _ = pings.tick() => {
                    unanswered += 1;
                    unanswered < 3 && session.ping(b"").await.is_ok()
                }
            };
            if !sent {
                return;
            }
        }
        self.end(session, &request).await;
    }

    /// SLMM ended it: politely at a restart, abruptly when it is down.
    async fn end(&self, session: Session, request: &HttpRequest) {
        if self.sim.is_down() {
            connection::close(request);
            return;
        }
        let reason = CloseReason {
            code: CloseCode::Restart,
            description: None,
        };
        if session.close(Some(reason)).await.is_err() {
            tracing::debug!(unit = self.unit, "the subscriber was gone already");
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.sim.world().unsubscribe(&self.unit, self.number);
        drop(self.open.take());
        self.sim.announce();
    }
}

async fn send(session: &mut Session, frame: ByteString) -> bool {
    let sent = actix_rt::time::timeout(STUCK_AFTER, session.text(frame)).await;
    matches!(sent, Ok(Ok(())))
}
