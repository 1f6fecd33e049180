//! Every time-out and interval of a feed.

use std::time::Duration;

/// Every time-out and interval of a feed. The defaults are right for SLMM 0.4.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedTimes {
    /// How long a feed stays after its last watcher left, so that a reload finds it open. With
    /// [`farewell`](Self::farewell), twice, it is less than the 5 s within which a feed must be closed.
    pub linger: Duration,
    /// How long SLMM has to answer the close frame. Until then the feed counts as open.
    pub farewell: Duration,
    /// Between two items out of the status cache.
    pub slow: Duration,
    /// Between two looks at the status cache while SLMM does not answer. (The cache asks SLMM
    /// itself more and more seldom.)
    pub ask_again: Duration,
    /// Between two looks at a meter of which SLMM has no row.
    pub look_again: Duration,
    /// Before the first attempt to open a broken feed again; doubled for each further one.
    pub first_retry: Duration,
    /// The longest time between two such attempts.
    pub longest_retry: Duration,
    /// With nothing at all from SLMM for this long the connection is dead. SLMM pings every 20 s.
    pub silence: Duration,
    /// With neither a frame nor a heartbeat for this long it is dead too. SLMM's loop may sleep for
    /// a minute, and sends a heartbeat after 25 s only when it comes round.
    pub idle: Duration,
    /// After this long without any word of SLMM it is gone for good.
    pub lost: Duration,
}

impl Default for FeedTimes {
    fn default() -> Self {
        Self {
            linger: Duration::from_millis(2500),
            farewell: Duration::from_secs(1),
            slow: Duration::from_secs(5),
            ask_again: Duration::from_secs(1),
            look_again: Duration::from_secs(10),
            first_retry: Duration::from_millis(500),
            longest_retry: Duration::from_secs(30),
            silence: Duration::from_mins(1),
            idle: Duration::from_secs(90),
            lost: Duration::from_mins(5),
        }
    }
}

impl FeedTimes {
    /// How long to wait before the attempt after `failures` in a row. `jitter` in [0, 1) spreads
    /// the attempts of several feeds over the second half of it.
    pub(super) fn retry(&self, failures: u32, jitter: f64) -> Duration {
        let doublings = failures.saturating_sub(1).min(16);
        let full = self
            .first_retry
            .saturating_mul(1 << doublings)
            .min(self.longest_retry);
        full.mul_f64(1.0 - jitter.clamp(0.0, 1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn attempts_become_rarer_up_to_half_a_minute() {
        let times = FeedTimes::default();
        let waits: Vec<f64> = (1..9).map(|n| times.retry(n, 0.0).as_secs_f64()).collect();
        assert_eq!(waits, [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]);
    }

    #[test]
    fn a_feed_without_watchers_is_closed_within_five_seconds() {
        let times = FeedTimes::default();
        // A socket that was just being opened has to open first, and then to close.
        assert!(times.linger + times.farewell * 2 < Duration::from_secs(5));
    }

    proptest! {
        #[test]
        fn an_attempt_comes_in_the_second_half_of_its_wait(failures in 0..u32::MAX, jitter in 0.0..1.0) {
            let times = FeedTimes::default();
            let full = times.retry(failures, 0.0);
            let spread = times.retry(failures, jitter);
            prop_assert!(full / 2 <= spread && spread <= full && full <= times.longest_retry);
        }
    }
}
