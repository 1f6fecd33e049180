//! What can be counted of the traffic to SLMM.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts since the start. Each number is exact; together they are a snapshot of a moving thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Requests sent to SLMM.
    pub requests: u64,
    /// Fetches that gave no good answer, for whatever reason.
    pub failures: u64,
    /// Those of the failures that were sent and ran out of time.
    pub timeouts: u64,
    /// Callers that waited for a request another one had caused.
    pub joins: u64,
    /// How often SLMM as a whole was given up for a while.
    pub breaker_opens: u64,
    /// Requests in flight now.
    pub in_flight: u64,
    /// The most requests that were ever in flight at once.
    pub max_in_flight: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) requests: AtomicU64,
    pub(crate) failures: AtomicU64,
    pub(crate) timeouts: AtomicU64,
    pub(crate) joins: AtomicU64,
    pub(crate) breaker_opens: AtomicU64,
    in_flight: AtomicU64,
    max_in_flight: AtomicU64,
}

/// A request in flight, for as long as this lives.
#[derive(Debug)]
pub(crate) struct InFlight<'a>(&'a Tally);

impl Tally {
    pub(crate) fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn depart(&self) -> InFlight<'_> {
        Self::count(&self.requests);
        let now = self.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        self.max_in_flight.fetch_max(now, Ordering::Relaxed);
        InFlight(self)
    }

    pub(crate) fn read(&self) -> Counters {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counters {
            requests: of(&self.requests),
            failures: of(&self.failures),
            timeouts: of(&self.timeouts),
            joins: of(&self.joins),
            breaker_opens: of(&self.breaker_opens),
            in_flight: of(&self.in_flight),
            max_in_flight: of(&self.max_in_flight),
        }
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}
