//! When SLMM as a whole is left alone.
//!
//! A pressed SLMM stays deaf for as long as it is pressed, so after a few failures in a row, over
//! whatever keys, one request at a time asks whether it is back, more and more seldom.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::failure::{Blame, Failure};

/// After how many failures in a row, over any keys, SLMM is given up.
const FAILURES: u32 = 3;
/// The shortest time between two attempts at something that fails.
const FIRST_DELAY: Duration = Duration::from_secs(1);
/// The longest time between two attempts to reach SLMM.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// How long to wait after the `failures`-th failure in a row: from a second, doubling, never
/// beyond `longest`. `jitter` in [0, 1) spreads the attempts of several servers.
pub(crate) fn delay(failures: u32, longest: Duration, jitter: f64) -> Duration {
    let doublings = failures.saturating_sub(1).min(10);
    let full = FIRST_DELAY.saturating_mul(1 << doublings).min(longest);
    full.mul_f64(1.0 - jitter.clamp(0.0, 1.0) / 4.0)
        .max(FIRST_DELAY)
}

/// How SLMM as a whole stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Whether SLMM is being left alone.
    pub(crate) open: bool,
    /// How often SLMM has come back. What failed in an earlier era is not held against a key.
    pub(crate) era: u64,
}

/// What a result changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shift {
    Opened,
    Closed,
}

#[derive(Debug, Default)]
pub(crate) struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    in_a_row: u32,
    era: u64,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    attempts: u32,
    not_before: Duration,
    probing: bool,
}

impl Breaker {
    pub(crate) fn standing(&self) -> Standing {
        let state = self.state();
        Standing {
            open: state.open.is_some(),
            era: state.era,
        }
    }

    /// Claims the one request that may ask whether SLMM is back. `false` while it is not time, or
    /// another has claimed it. Whoever claims it must `record` what came of it.
    pub(crate) fn try_probe(&self, now: Duration) -> bool {
        match &mut self.state().open {
            Some(open) if !open.probing && open.not_before <= now => {
                open.probing = true;
                true
            }
            _ => false,
        }
    }

    /// Takes note of how a request went.
    pub(crate) fn record(
        &self,
        result: Result<(), Failure>,
        probe: bool,
        now: Duration,
        jitter: f64,
    ) -> Option<Shift> {
        let mut state = self.state();
        match result.err().map(Failure::blame) {
            None | Some(Blame::Key) => state.spoke(),
            Some(Blame::Upstream | Blame::Nobody) if probe => {
                state.still_away(now, jitter);
                None
            }
            Some(Blame::Upstream) => state.did_not_speak(now, jitter),
            Some(Blame::Nobody) => None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn spoke(&mut self) -> Option<Shift> {
        self.in_a_row = 0;
        self.open.take().map(|_away| {
            self.era += 1;
            Shift::Closed
        })
    }

    fn still_away(&mut self, now: Duration, jitter: f64) {
        if let Some(open) = &mut self.open {
            open.attempts = open.attempts.saturating_add(1);
            open.not_before = now + delay(open.attempts, LONGEST_DELAY, jitter);
            open.probing = false;
        }
    }

    /// A request that was under way when SLMM was given up changes nothing.
    fn did_not_speak(&mut self, now: Duration, jitter: f64) -> Option<Shift> {
        if self.open.is_some() {
            return None;
        }
        self.in_a_row += 1;
        if self.in_a_row < FAILURES {
            return None;
        }
        self.open = Some(Open {
            attempts: 1,
            not_before: now + delay(1, LONGEST_DELAY, jitter),
            probing: false,
        });
        Some(Shift::Opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: Duration = Duration::from_secs(1);
    const DOWN: Result<(), Failure> = Err(Failure::TimedOut);

    fn just_before(due: Duration) -> Duration {
        due.saturating_sub(Duration::from_millis(1))
    }

    fn opened() -> Breaker {
        let breaker = Breaker::default();
        for _ in 0..3 {
            breaker.record(DOWN, false, SECOND, 0.0);
        }
        breaker
    }

    #[test]
    fn three_failures_in_a_row_open_it_and_contact_starts_the_count_anew() {
        let breaker = Breaker::default();
        let garbage = Err(Failure::Malformed);
        for result in [DOWN, DOWN, garbage, DOWN, DOWN, Ok(()), DOWN, DOWN] {
            assert_eq!(breaker.record(result, false, SECOND, 0.0), None);
        }
        assert!(!breaker.standing().open);
        assert_eq!(
            breaker.record(DOWN, false, SECOND, 0.0),
            Some(Shift::Opened)
        );
        assert!(breaker.standing().open);
    }

    #[test]
    fn what_was_never_sent_says_nothing_of_slmm() {
        let breaker = Breaker::default();
        for failure in [Failure::Crowded, Failure::Held, Failure::Crowded] {
            assert_eq!(breaker.record(Err(failure), false, SECOND, 0.0), None);
        }
        assert!(!breaker.standing().open);
    }

    #[test]
    fn one_request_at_a_time_asks_whether_it_is_back_and_more_and_more_seldom() {
        let breaker = opened();
        let mut now = SECOND;
        for wait in [1, 2, 4, 8, 16, 30, 30] {
            let due = now + Duration::from_secs(wait);
            assert!(!breaker.try_probe(just_before(due)), "{wait}");
            assert!(breaker.try_probe(due));
            assert!(!breaker.try_probe(due), "a second one at once");
            breaker.record(DOWN, true, due, 0.0);
            now = due;
        }
    }

    #[test]
    fn requests_that_were_under_way_do_not_put_the_next_attempt_off() {
        let breaker = opened();
        breaker.record(DOWN, false, SECOND * 9, 0.0);
        assert!(breaker.try_probe(SECOND * 2));
    }

    #[test]
    fn any_word_of_slmm_closes_it_and_begins_an_era() {
        let breaker = opened();
        let before = breaker.standing().era;
        assert_eq!(
            breaker.record(Ok(()), false, SECOND, 0.0),
            Some(Shift::Closed)
        );
        assert!(!breaker.standing().open && breaker.standing().era != before);
        assert_eq!(breaker.record(Ok(()), false, SECOND, 0.0), None);
    }

    #[test]
    fn a_probe_that_was_never_sent_is_given_back() {
        let breaker = opened();
        assert!(breaker.try_probe(SECOND * 2));
        breaker.record(Err(Failure::Crowded), true, SECOND * 2, 0.0);
        assert!(breaker.try_probe(SECOND * 4));
    }

    proptest! {
        #[test]
        fn a_delay_stays_within_its_bounds(failures in 0..u32::MAX, longest in 1..60_u64, jitter in 0.0..1.0) {
            let longest = Duration::from_secs(longest);
            let delay = delay(failures, longest, jitter);
            prop_assert!(FIRST_DELAY <= delay && delay <= longest.max(FIRST_DELAY));
        }
    }
}
