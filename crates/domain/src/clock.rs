//! The one door through which time enters.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// A source of time. Everything that asks what time it is holds one, so that tests own the time.
pub trait Clock: Send + Sync + 'static {
    /// The time of day, UTC. It may be stepped, forwards or back, by whoever keeps the machine.
    fn now(&self) -> Timestamp;

    /// Time since some fixed moment. It never goes back: ages of cached things are told by it.
    fn elapsed(&self) -> Duration;
}

/// The machine's own clocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the door itself")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door itself")]
    fn elapsed(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }
}
