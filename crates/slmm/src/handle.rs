//! The handle that the rest of the portal holds.

use std::sync::Arc;
use std::time::Duration;

use domain::{AlertEvent, Clock, Limit, MeterStatus, RandomSource, TrailPoint, UnitId};
use tokio::sync::mpsc;

use crate::answer::Answer;
use crate::config::Config;
use crate::counters::Counters;
use crate::desk::Desk;
use crate::enquiry::Enquiry;
use crate::error::SlmmError;
use crate::event_list::EventList;
use crate::feed::{self, FeedCounters, Feeds, Watch};
use crate::hub;
use crate::query::{Query, TrailSpan};

/// How long after a good answer SLMM counts as reachable without being asked.
const RECENTLY: Duration = Duration::from_secs(10);

/// The way to the device layer. Clones are cheap and share everything; when the last one is
/// dropped the thread behind it ends, and every feed with it.
///
/// Every asynchronous method needs a tokio runtime with a timer around it, waits no longer than the
/// configured time-out, and not at all when the answer is in memory and current.
#[derive(Debug, Clone)]
pub struct Slmm {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    enquiry: Enquiry,
    feeds: Feeds,
}

impl Slmm {
    /// Starts the thread that talks to SLMM.
    ///
    /// # Errors
    /// [`SlmmError::Start`] when the thread cannot be had.
    pub fn start(
        config: Config,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Result<Self, SlmmError> {
        // Unbounded, but every key has one job at most, and the cache bounds the keys.
        let (jobs, queue) = mpsc::unbounded_channel();
        let desk = Arc::new(Desk::new(clock, random));
        let enquiry = Enquiry::new(desk, jobs, config.timeout());
        let (feeds, exchange) = feed::new(&config, &enquiry);
        hub::start(config, queue, exchange)?;
        let inner = Arc::new(Inner { enquiry, feeds });
        Ok(Self { inner })
    }

    /// What SLMM knows of a meter, at most a second old.
    ///
    /// Whether SLMM reaches the meter is told by its monitor where one runs, since the meter's own
    /// row is not kept up to date meanwhile (SLMM 0.4.0); by the row otherwise, or where the
    /// monitors could not be asked.
    pub async fn status(&self, unit: &UnitId) -> Answer<MeterStatus> {
        self.inner.enquiry.row(unit).await.map(|row| row.status)
    }

    /// A meter's alert limits, at most 10 s old, in SLMM's order.
    pub async fn limits(&self, unit: &UnitId) -> Answer<Arc<[Limit]>> {
        let query = || Query::Limits(unit.clone());
        let enquiry = &self.inner.enquiry;
        enquiry.ask(&enquiry.desk.limits, unit, query).await
    }

    /// A meter's newest 500 events, at most 10 s old, newest first.
    pub async fn events(&self, unit: &UnitId) -> Answer<Arc<[AlertEvent]>> {
        self.event_list(unit).await.map(|list| list.events)
    }

    /// The same, with who has seen them, and whether there may be more.
    pub async fn event_list(&self, unit: &UnitId) -> Answer<EventList> {
        let query = || Query::Events(unit.clone());
        let enquiry = &self.inner.enquiry;
        enquiry.ask(&enquiry.desk.events, unit, query).await
    }

    /// Somebody has changed what SLMM tells of a meter's events: whoever asks next is told anew.
    pub fn outdate_events(&self, unit: &UnitId) {
        self.inner.enquiry.desk.events.outdate(unit);
    }

    /// A meter's trail, at most 30 s old, oldest first. It may reach further back than asked.
    pub async fn trail(&self, unit: &UnitId, span: TrailSpan) -> Answer<Arc<[TrailPoint]>> {
        let query = || Query::Trail(unit.clone(), span);
        let enquiry = &self.inner.enquiry;
        enquiry.ask(enquiry.desk.trail(span), unit, query).await
    }

    /// Whether SLMM answers: it did within the last 10 s, or does now.
    pub async fn is_reachable(&self) -> bool {
        let desk = &self.inner.enquiry.desk;
        let recently = desk.since_good().is_some_and(|age| age <= RECENTLY);
        if recently && !desk.breaker.standing().open {
            return true;
        }
        let ask = || Query::Monitors;
        let monitors = self.inner.enquiry.ask(&desk.monitors, &(), ask).await;
        matches!(monitors, Answer::Fresh(_))
    }

    /// What the traffic to SLMM has been like since the start.
    pub fn counters(&self) -> Counters {
        self.inner.enquiry.desk.tally.read()
    }

    /// Watches a meter live, until the [`Watch`] is dropped. However many watch a meter, SLMM has
    /// one subscriber; it is kept a few seconds longer than the last watcher, for those who come
    /// back. A watched meter is polled ten times as often, over a cellular line that is paid for.
    pub fn watch(&self, unit: &UnitId) -> Watch {
        let remembered = || self.inner.enquiry.remembered_row(unit);
        self.inner.feeds.watch(unit, remembered)
    }

    /// What the feeds have been like since the start.
    pub fn feed_counters(&self) -> FeedCounters {
        self.inner.feeds.counters()
    }
}
