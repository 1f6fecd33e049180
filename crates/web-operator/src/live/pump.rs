//! Speaks on a meter's channel: one for all of an account's pages that watch it in this process.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use auth::OperatorSession;
use domain::UnitId;
use slmm::FeedItem;
use tokio::time::sleep;
use web::live::{CloseCode, Publisher, REVIEW, Tells as _, Voice};

use super::frame::StaffFrame;
use crate::Office;

/// How soon a database that did not answer is asked again whether the session lives.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// Knows what to say about a meter, and for how long it may.
pub(super) struct Speaker {
    office: Arc<Office>,
    meter: UnitId,
    /// Of the viewer who came first; all who share the channel have sessions that end together.
    /// `None` while nobody is asked to sign in.
    session: Option<OperatorSession>,
}

impl Speaker {
    pub(super) fn new(
        office: Arc<Office>,
        meter: UnitId,
        session: Option<OperatorSession>,
    ) -> Self {
        Self {
            office,
            meter,
            session,
        }
    }

    /// Speaks of the meter until the last viewer has left, or there is nothing more to say.
    pub(super) async fn speak(self, publisher: Publisher) {
        let speaking = pin!(self.relay(&publisher));
        let ended = pin!(self.session_ended());
        tokio::select! {
            code = speaking => publisher.end(code),
            () = ended => publisher.end(CloseCode::SessionEnded),
            () = publisher.deserted() => {}
        }
    }

    /// Passes on what the meter says until it is lost for good.
    async fn relay(&self, publisher: &Publisher) -> CloseCode {
        let office = &*self.office;
        let mut voice = Voice::new(publisher, office.settings.watching.heartbeat);
        let mut watch = office.slmm.watch(&self.meter);
        let mut item = watch.latest();
        voice.say(&frame(office, &item));
        loop {
            let news = tokio::select! {
                news = watch.changed() => Some(news),
                () = voice.silence() => { voice.beat(&StaffFrame::heartbeat(office.now())); None }
                () = sleep(REVIEW) => None,
            };
            let is_new = news.is_some();
            item = news.unwrap_or(item);
            if item == FeedItem::Lost {
                return CloseCode::TryAgainLater;
            }
            // A reading that nothing follows turns stale by itself.
            let frame = frame(office, &item);
            if is_new || voice.state() != Some(frame.state()) {
                voice.say(&frame);
            }
        }
    }

    /// Waits until the session has ended; for good where there is none.
    async fn session_ended(&self) {
        let Some(session) = &self.session else {
            return std::future::pending().await;
        };
        let mut changes = self.office.changes.clone();
        loop {
            // What was proven last holds until the database says otherwise.
            match self.office.account_as_shown(session).await {
                Ok(Some(_)) => changes.changed().await,
                Ok(None) => return,
                Err(cause) => {
                    tracing::warn!(%cause, "a live channel cannot be proven anew");
                    sleep(ASK_AGAIN).await;
                }
            }
        }
    }
}

fn frame(office: &Office, item: &FeedItem) -> StaffFrame {
    let now = office.now();
    let (status, slow) = match item {
        FeedItem::Waiting | FeedItem::Lost => return StaffFrame::waiting(now),
        FeedItem::Offline { at } => return StaffFrame::offline(*at),
        FeedItem::Live(status) => (status, false),
        FeedItem::Slow(status) => (status, true),
    };
    StaffFrame::seen(&office.observe(status, now), status.run, slow, now)
}
