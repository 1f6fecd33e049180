//! Speaks on a location's channel: one for all viewers of it in this process.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use auth::PortalSession;
use domain::{LocationId, Tenure, Timestamp, UnitId, observe};
use slmm::{FeedItem, Watch};
use store::SessionCheck;
use tokio::time::{sleep, timeout};
use web::live::{CloseCode, Publisher, TextFrame};

use super::Shared;
use crate::view::StreamFrame;

/// How soon a database that did not answer is asked again whether the session lives.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// Knows what to say about a location, and for how long it may.
pub(super) struct Speaker {
    portal: Shared,
    /// Of the viewer who came first; all who share the channel have sessions of the same epoch
    /// and link, which live and end together.
    session: PortalSession,
    location: LocationId,
}

/// The meter that stands there, and the way to it.
struct Feed {
    watch: Watch,
    unit: UnitId,
    tenure: Tenure,
}

/// What became of the location.
enum Standing {
    Meter(UnitId, Tenure),
    Over(CloseCode),
    /// The database did not say.
    Unknown,
}

impl Speaker {
    pub(super) fn new(portal: Shared, session: PortalSession, location: LocationId) -> Self {
        Self {
            portal,
            session,
            location,
        }
    }

    /// Speaks until the last viewer has left, or there is nothing more to say.
    pub(super) async fn speak(self, publisher: Publisher) {
        let speaking = pin!(self.follow(&publisher));
        tokio::select! {
            code = speaking => publisher.end(code),
            () = publisher.deserted() => {}
        }
    }

    /// Follows the location from meter to meter; the result says why it ended.
    async fn follow(&self, publisher: &Publisher) -> CloseCode {
        let mut changes = self.portal.changes.clone();
        let mut feed: Option<Feed> = None;
        loop {
            match self.standing().await {
                Standing::Over(code) => return code,
                Standing::Unknown => match &mut feed {
                    Some(feed) => {
                        if let Some(code) = self.relay(publisher, feed, sleep(ASK_AGAIN)).await {
                            return code;
                        }
                    }
                    None => sleep(ASK_AGAIN).await,
                },
                Standing::Meter(unit, tenure) => {
                    let same = feed.take().filter(|feed| feed.unit == unit);
                    let is_new = same.is_none();
                    let watch =
                        same.map_or_else(|| self.portal.slmm.watch(&unit), |feed| feed.watch);
                    let feed = feed.insert(Feed {
                        watch,
                        unit,
                        tenure,
                    });
                    if is_new {
                        self.publish(publisher, &feed.watch.latest(), &feed.tenure);
                    }
                    if let Some(code) = self.relay(publisher, feed, changes.changed()).await {
                        return code;
                    }
                }
            }
        }
    }

    /// Whether the session lives, and which meter stands at the location now.
    async fn standing(&self) -> Standing {
        let scope = match self.portal.database.check_session(&self.session).await {
            Ok(SessionCheck::Live(scope)) => scope,
            Ok(SessionCheck::Dead { .. }) => return Standing::Over(CloseCode::SessionEnded),
            Err(cause) => {
                tracing::warn!(%cause, "a live channel cannot be proven anew");
                return Standing::Unknown;
            }
        };
        let location = scope.location(self.location);
        match location.and_then(|location| location.current(self.portal.now())) {
            Some(stay) => Standing::Meter(stay.unit().clone(), stay.tenure()),
            None => Standing::Over(CloseCode::Gone),
        }
    }

    /// Passes on what the meter says, until something changed or the stay is over (`None`), or the
    /// meter is lost for good.
    async fn relay(
        &self,
        publisher: &Publisher,
        feed: &mut Feed,
        changed: impl Future<Output = ()>,
    ) -> Option<CloseCode> {
        let mut changed = pin!(changed);
        loop {
            let item = tokio::select! {
                () = &mut changed => return None,
                item = timeout(self.portal.settings.heartbeat, feed.watch.changed()) => item,
            };
            let now = self.portal.now();
            if !feed.tenure.window.contains(now) {
                return None;
            }
            match item {
                Ok(FeedItem::Lost) => return Some(CloseCode::TryAgainLater),
                Ok(item) => self.publish(publisher, &item, &feed.tenure),
                Err(_silence) => publisher.publish(StreamFrame::heartbeat(now).encode()),
            }
        }
    }

    fn publish(&self, publisher: &Publisher, item: &FeedItem, tenure: &Tenure) {
        publisher.publish(self.frame(item, tenure, self.portal.now()));
    }

    fn frame(&self, item: &FeedItem, tenure: &Tenure, now: Timestamp) -> TextFrame {
        let stale_after = self.portal.settings.stale_after;
        let frame = match item {
            FeedItem::Waiting | FeedItem::Lost => StreamFrame::waiting(now),
            FeedItem::Offline { at } => StreamFrame::offline(*at),
            FeedItem::Live(status) => {
                StreamFrame::seen(&observe(status, tenure, stale_after, now), false, now)
            }
            FeedItem::Slow(status) => {
                StreamFrame::seen(&observe(status, tenure, stale_after, now), true, now)
            }
        };
        frame.encode()
    }
}
