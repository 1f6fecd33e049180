//! A clock that stands still until it is told otherwise.

use std::sync::Mutex;
use std::time::Duration;

use domain::{Clock, Timestamp};

/// A clock for tests. It starts at 2026-11-21T04:00:00Z and moves only when told.
#[derive(Debug)]
pub struct ManualClock {
    times: Mutex<Times>,
}

#[derive(Debug, Clone, Copy)]
struct Times {
    now: Timestamp,
    elapsed: Duration,
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::at("2026-11-21T04:00:00Z")
    }
}

impl ManualClock {
    /// A clock that shows this RFC 3339 time.
    ///
    /// # Panics
    /// When the text is no time.
    pub fn at(text: &str) -> Self {
        let now = text.parse().expect("an RFC 3339 time");
        Self {
            times: Mutex::new(Times {
                now,
                elapsed: Duration::from_secs(1),
            }),
        }
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let mut times = self
            .times
            .lock()
            .expect("no test panicked while holding the clock");
        times.now = times
            .now
            .checked_add(by)
            .expect("a time within the calendar");
        times.elapsed += by;
    }

    /// Steps the time of day without time passing, as whoever keeps the machine may do.
    pub fn step_to(&self, now: Timestamp) {
        self.times
            .lock()
            .expect("no test panicked while holding the clock")
            .now = now;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        self.times
            .lock()
            .expect("no test panicked while holding the clock")
            .now
    }

    fn elapsed(&self) -> Duration {
        self.times
            .lock()
            .expect("no test panicked while holding the clock")
            .elapsed
    }
}
