//! How often one address may ask: so much at once, and so much a second after that.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use auth::subscriber;
use domain::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter as Buckets};

use crate::WebError;

/// What one address may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests a second in the long run.
    pub per_s: NonZeroU32,
    /// Requests at once after a while of silence.
    pub burst: NonZeroU32,
}

impl RateLimit {
    /// 20 a second, 100 at once: an office full of people who look at one wall screen each.
    pub const USUAL: Self = Self {
        per_s: NonZeroU32::MIN.saturating_add(19),
        burst: NonZeroU32::MIN.saturating_add(99),
    };
}

/// After so many requests the addresses that have been silent long enough are forgotten. Of the
/// others there are at most as many, and as many as ask anew within `burst / per_s` seconds.
const FORGET_EVERY: u32 = 8192;

/// Counts requests by address; of IPv6 by the /64, which is what one customer has.
pub struct RateLimiter {
    buckets: Buckets<IpAddr, DashMapStateStore<IpAddr>, Ticks, NoOpMiddleware<Duration>>,
    ticks: Ticks,
    admitted: AtomicU32,
}

impl RateLimiter {
    /// A limiter that has seen nobody.
    pub fn new(limit: RateLimit, clock: Arc<dyn Clock>) -> Self {
        let quota = Quota::per_second(limit.per_s).allow_burst(limit.burst);
        let ticks = Ticks(clock);
        Self {
            buckets: Buckets::new(quota, DashMapStateStore::default(), ticks.clone()),
            ticks,
            admitted: AtomicU32::new(0),
        }
    }

    /// Lets a request of this address in.
    ///
    /// # Errors
    /// [`WebError::TooMany`] with when the next would be let in. A request that is turned away
    /// counts for nothing.
    pub fn admit(&self, address: IpAddr) -> Result<(), WebError> {
        if self.admitted.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.buckets.retain_recent();
        }
        self.buckets
            .check_key(&subscriber(address))
            .map_err(|refusal| {
                let wait = refusal.wait_time_from(governor::clock::Clock::now(&self.ticks));
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                WebError::TooMany {
                    retry_after_s: u32::try_from(seconds.max(1)).unwrap_or(u32::MAX),
                }
            })
    }

    /// How many addresses are remembered.
    pub fn remembered(&self) -> usize {
        self.buckets.len()
    }
}

/// Our clock, as the limiter's library reads one.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

impl governor::clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use domain::Timestamp;

    use super::*;

    #[derive(Default)]
    struct Hand(Mutex<Duration>);

    impl Hand {
        fn turn(&self, by: Duration) {
            *self.0.lock().unwrap() += by;
        }
    }

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }

        fn elapsed(&self) -> Duration {
            *self.0.lock().unwrap()
        }
    }

    const ONE: RateLimit = RateLimit {
        per_s: NonZeroU32::MIN,
        burst: NonZeroU32::MIN,
    };

    fn limiter(limit: RateLimit) -> (Arc<Hand>, RateLimiter) {
        let hand = Arc::new(Hand::default());
        (hand.clone(), RateLimiter::new(limit, hand))
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_burst_is_let_in_and_then_so_much_a_second() {
        let (hand, limiter) = limiter(RateLimit::USUAL);
        let address = ip("203.0.113.9");
        for _ in 0..100 {
            limiter.admit(address).unwrap();
        }
        let refused = limiter.admit(address).unwrap_err();
        assert!(
            matches!(refused, WebError::TooMany { retry_after_s: 1 }),
            "{refused:?}"
        );
        limiter.admit(ip("203.0.113.10")).unwrap();
        hand.turn(Duration::from_secs(1));
        for _ in 0..20 {
            limiter.admit(address).unwrap();
        }
        limiter.admit(address).unwrap_err();
    }

    #[test]
    fn who_asks_less_than_once_a_second_is_told_for_how_long_to_wait() {
        let (hand, limiter) = limiter(ONE);
        let address = ip("203.0.113.9");
        limiter.admit(address).unwrap();
        let refused = limiter.admit(address).unwrap_err();
        assert!(
            matches!(refused, WebError::TooMany { retry_after_s: 1 }),
            "{refused:?}"
        );
        hand.turn(Duration::from_secs(1));
        limiter.admit(address).unwrap();
    }

    #[test]
    fn a_customers_ipv6_network_is_one_and_ipv4_is_itself_however_written() {
        let (_, limiter) = limiter(ONE);
        limiter.admit(ip("2001:db8:1:2::1")).unwrap();
        limiter.admit(ip("2001:db8:1:2:ffff::9")).unwrap_err();
        limiter.admit(ip("2001:db8:1:3::1")).unwrap();
        limiter.admit(ip("198.51.100.7")).unwrap();
        limiter.admit(ip("::ffff:198.51.100.7")).unwrap_err();
    }

    #[test]
    fn who_has_been_silent_is_forgotten() {
        let (hand, limiter) = limiter(RateLimit::USUAL);
        for address in 0..FORGET_EVERY - 2 {
            limiter.admit(IpAddr::from(address.to_be_bytes())).unwrap();
        }
        assert_eq!(limiter.remembered(), 8190);
        hand.turn(Duration::from_secs(10));
        for _ in 0..2 {
            limiter.admit(ip("203.0.113.9")).unwrap();
        }
        assert_eq!(limiter.remembered(), 1);
    }
}
