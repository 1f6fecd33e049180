//! What the callers and the hub share: everything known, and how SLMM is doing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::{Clock, Limit, RandomSource, TrailPoint, UnitId};

use crate::breaker::{Breaker, Shift};
use crate::cache::{Ask, Table};
use crate::counters::Tally;
use crate::event_list::EventList;
use crate::failure::Failure;
use crate::http::Reply;
use crate::log;
use crate::query::{Query, TrailSpan};
use crate::wire::{self, Monitors, Row};

/// Everything known, and how SLMM is doing.
pub(crate) struct Desk {
    pub(crate) clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
    pub(crate) breaker: Breaker,
    pub(crate) tally: Tally,
    pub(crate) monitors: Table<(), Arc<Monitors>>,
    pub(crate) status: Table<UnitId, Row>,
    pub(crate) limits: Table<UnitId, Arc<[Limit]>>,
    pub(crate) events: Table<UnitId, EventList>,
    trails: Trails,
    /// When SLMM last gave a good answer, ms of `Clock::elapsed` plus one; 0 never.
    last_good: AtomicU64,
}

/// A table a span, so that a look-up needs no key made for it.
struct Trails {
    two_hours: Table<UnitId, Arc<[TrailPoint]>>,
    day: Table<UnitId, Arc<[TrailPoint]>>,
    two_days: Table<UnitId, Arc<[TrailPoint]>>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}

impl Desk {
    pub(crate) fn new(clock: Arc<dyn Clock>, random: Arc<dyn RandomSource>) -> Self {
        const SECOND: Duration = Duration::from_secs(1);
        // A day's trail takes about 140 kB here.
        let trail = || Table::new(30 * SECOND, 256);
        Self {
            clock,
            random,
            breaker: Breaker::default(),
            tally: Tally::default(),
            monitors: Table::new(SECOND, 1),
            status: Table::new(SECOND, 1024),
            limits: Table::new(10 * SECOND, 512),
            events: Table::new(10 * SECOND, 512),
            trails: Trails {
                two_hours: trail(),
                day: trail(),
                two_days: trail(),
            },
            last_good: AtomicU64::new(0),
        }
    }

    pub(crate) fn trail(&self, span: TrailSpan) -> &Table<UnitId, Arc<[TrailPoint]>> {
        match span {
            TrailSpan::TwoHours => &self.trails.two_hours,
            TrailSpan::Day => &self.trails.day,
            TrailSpan::TwoDays => &self.trails.two_days,
        }
    }

    /// Whether a request that was to be sent may still be.
    pub(crate) fn admits(&self, ask: Ask) -> bool {
        ask == Ask::Probe || !self.breaker.standing().open
    }

    /// A request is being sent: from now on it is SLMM that keeps those who wait.
    pub(crate) fn was_sent(&self, query: &Query) {
        match query {
            Query::Monitors => self.monitors.was_sent(&()),
            Query::Status(unit) => self.status.was_sent(unit),
            Query::Limits(unit) => self.limits.was_sent(unit),
            Query::Events(unit) => self.events.was_sent(unit),
            Query::Trail(unit, span) => self.trail(*span).was_sent(unit),
        }
    }

    /// How long ago SLMM last gave a good answer.
    pub(crate) fn since_good(&self) -> Option<Duration> {
        let at = self.last_good.load(Ordering::Relaxed).checked_sub(1)?;
        Some(
            self.clock
                .elapsed()
                .saturating_sub(Duration::from_millis(at)),
        )
    }

    /// Reads a reply, keeps what it says, and takes note of how it went.
    pub(crate) fn settle(&self, query: &Query, ask: Ask, reply: Result<Reply, Failure>) {
        match query {
            Query::Monitors => {
                let monitors = reply.and_then(|reply| wire::monitors(&reply)).map(Arc::new);
                self.land(&self.monitors, &(), query, ask, monitors);
            }
            Query::Status(unit) => {
                let status = reply.and_then(|reply| wire::status(&reply, unit));
                self.land(&self.status, unit, query, ask, status);
            }
            Query::Limits(unit) => {
                let limits = reply.and_then(|reply| wire::limits(&reply, unit));
                self.land(&self.limits, unit, query, ask, limits.map(Arc::from));
            }
            Query::Events(unit) => {
                let events = reply.and_then(|reply| wire::events(&reply, unit));
                self.land(&self.events, unit, query, ask, events);
            }
            Query::Trail(unit, span) => {
                let trail = reply.and_then(|reply| wire::trail(&reply, unit));
                self.land(self.trail(*span), unit, query, ask, trail.map(Arc::from));
            }
        }
    }

    fn land<K: Clone + Eq + std::hash::Hash, V: Clone>(
        &self,
        table: &Table<K, V>,
        key: &K,
        query: &Query,
        ask: Ask,
        result: Result<V, Failure>,
    ) {
        let now = self.clock.elapsed();
        let jitter = self.jitter();
        let went = result.as_ref().map(|_| ()).map_err(|failure| *failure);
        let shift = self.breaker.record(went, ask == Ask::Probe, now, jitter);
        self.count(went, shift, now);
        let standing = self.breaker.standing();
        let turn = table.settle(key, result, now, standing, jitter);
        log::tell(query, went, shift, turn, standing.open);
    }

    fn count(&self, went: Result<(), Failure>, shift: Option<Shift>, now: Duration) {
        if shift == Some(Shift::Opened) {
            Tally::count(&self.tally.breaker_opens);
        }
        match went {
            Ok(()) => {
                let millis = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
                self.last_good
                    .store(millis.saturating_add(1), Ordering::Relaxed);
            }
            Err(failure) => {
                Tally::count(&self.tally.failures);
                if failure == Failure::TimedOut {
                    Tally::count(&self.tally.timeouts);
                }
            }
        }
    }

    /// A fraction in [0, 1). Without randomness there is no jitter, which does no harm.
    pub(crate) fn jitter(&self) -> f64 {
        let mut bytes = [0; 4];
        match self.random.fill(&mut bytes) {
            Ok(()) => f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0),
            Err(_no_randomness) => 0.0,
        }
    }
}
