//! Speaks on a location's channel: one for all viewers of it in this process.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use auth::PortalSession;
use domain::{LocationId, Tenure, UnitId, observe};
use slmm::{FeedItem, Watch};
use store::SessionCheck;
use tokio::time::sleep;
use web::live::{CloseCode, Publisher, REVIEW, Tells as _, Voice};

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
    /// What the meter said last.
    item: FeedItem,
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
        let mut voice = Voice::new(publisher, self.portal.settings.heartbeat);
        let mut known: Option<Feed> = None;
        loop {
            let over = match self.standing().await {
                Standing::Over(code) => return code,
                Standing::Meter(unit, tenure) => {
                    let feed = self.feed(known.take(), unit, tenure, &mut voice);
                    let feed = known.insert(feed);
                    self.relay(&mut voice, feed, changes.changed()).await
                }
                // What was proven last holds until the database says otherwise.
                Standing::Unknown => match &mut known {
                    Some(feed) => self.relay(&mut voice, feed, sleep(ASK_AGAIN)).await,
                    None => self.wait(&mut voice).await,
                },
            };
            if let Some(code) = over {
                return code;
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

    /// The way to the meter that stands there: the one that was known, if it is of that meter.
    fn feed(
        &self,
        known: Option<Feed>,
        unit: UnitId,
        tenure: Tenure,
        voice: &mut Voice<'_>,
    ) -> Feed {
        if let Some(feed) = known.filter(|feed| feed.unit == unit) {
            return Feed { tenure, ..feed };
        }
        let mut watch = self.portal.slmm.watch(&unit);
        let feed = Feed {
            item: watch.latest(),
            watch,
            unit,
            tenure,
        };
        voice.say(&self.frame(&feed));
        feed
    }

    async fn wait(&self, voice: &mut Voice<'_>) -> Option<CloseCode> {
        if voice.state().is_none() {
            voice.say(&StreamFrame::waiting(self.portal.now()));
        }
        sleep(ASK_AGAIN).await;
        None
    }

    /// Passes on what the meter says, until something changed or the stay is over (`None`), or the
    /// meter is lost for good.
    async fn relay(
        &self,
        voice: &mut Voice<'_>,
        feed: &mut Feed,
        changed: impl Future<Output = ()>,
    ) -> Option<CloseCode> {
        let mut changed = pin!(changed);
        loop {
            let item = tokio::select! {
                () = &mut changed => return None,
                item = feed.watch.changed() => Some(item),
                () = voice.silence() => { voice.beat(&StreamFrame::heartbeat(self.portal.now())); None }
                () = sleep(REVIEW) => None,
            };
            if !feed.tenure.window.contains(self.portal.now()) {
                return None;
            }
            let is_new = item.is_some();
            feed.item = item.unwrap_or(feed.item);
            if feed.item == FeedItem::Lost {
                return Some(CloseCode::TryAgainLater);
            }
            // A reading that nothing follows turns stale by itself.
            let frame = self.frame(feed);
            if is_new || voice.state() != Some(frame.state()) {
                voice.say(&frame);
            }
        }
    }

    fn frame(&self, feed: &Feed) -> StreamFrame {
        let now = self.portal.now();
        let seen = |status| observe(status, &feed.tenure, self.portal.settings.stale_after, now);
        match &feed.item {
            FeedItem::Waiting | FeedItem::Lost => StreamFrame::waiting(now),
            // When the meter was lost before it came here is nobody's business here.
            FeedItem::Offline { at } => StreamFrame::offline((*at).max(feed.tenure.window.from)),
            FeedItem::Live(status) => StreamFrame::seen(&seen(status), false, now),
            FeedItem::Slow(status) => StreamFrame::seen(&seen(status), true, now),
        }
    }
}
