//! How one key has done lately, and so whether it is asked and waited for.

use std::time::Duration;

use crate::breaker::delay;
use crate::failure::{Blame, Failure};

/// The longest time between two attempts at a key that keeps failing.
const LONGEST_DELAY: Duration = Duration::from_secs(10);

/// What a result changed for its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Broke,
    Mended,
    Same,
}

/// How one key has done lately.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Health {
    era: u64,
    failures: u32,
    not_before: Duration,
    slow: bool,
}

impl Health {
    /// Forgets what happened before SLMM last came back: then it was not the key's fault.
    pub(crate) fn enter(&mut self, era: u64) {
        if self.era != era {
            *self = Self {
                era,
                ..Self::default()
            };
        }
    }

    /// Whether the key may be asked.
    pub(crate) fn may_ask(&self, now: Duration) -> bool {
        self.failures == 0 || self.not_before <= now
    }

    /// Whether a caller may be let wait, given whether it has something remembered.
    pub(crate) fn may_wait(&self, remembers: bool) -> bool {
        self.failures == 0 && !(remembers && self.slow)
    }

    /// A caller with something remembered has waited in vain: the next ones need not.
    pub(crate) fn was_slow(&mut self) {
        self.slow = true;
    }

    pub(crate) fn succeeded(&mut self, slow: bool) -> Turn {
        let was_failing = self.failures > 0;
        (self.failures, self.slow) = (0, slow);
        if was_failing {
            Turn::Mended
        } else {
            Turn::Same
        }
    }

    pub(crate) fn failed(&mut self, failure: Failure, now: Duration, jitter: f64) -> Turn {
        if failure.blame() == Blame::Nobody {
            self.slow |= failure == Failure::Crowded;
            return Turn::Same;
        }
        self.failures = self.failures.saturating_add(1);
        self.not_before = now + delay(self.failures, LONGEST_DELAY, jitter);
        if self.failures == 1 {
            Turn::Broke
        } else {
            Turn::Same
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: fn(u64) -> Duration = Duration::from_secs;

    fn just_before(due: Duration) -> Duration {
        due.saturating_sub(Duration::from_millis(1))
    }

    #[test]
    fn a_failing_key_is_asked_once_a_second_and_then_more_seldom() {
        let mut health = Health::default();
        let mut now = AT(100);
        for (wait, turn) in [
            (1, Turn::Broke),
            (2, Turn::Same),
            (4, Turn::Same),
            (8, Turn::Same),
            (10, Turn::Same),
            (10, Turn::Same),
        ] {
            assert_eq!(health.failed(Failure::Status(500), now, 0.0), turn);
            let due = now + AT(wait);
            assert!(
                !health.may_ask(just_before(due)) && health.may_ask(due),
                "{wait}"
            );
            now = due;
        }
        assert_eq!(health.succeeded(false), Turn::Mended);
        assert!(health.may_ask(now) && health.may_wait(true));
    }

    #[test]
    fn nobody_waits_for_a_failing_key_and_nobody_who_remembers_for_a_slow_one() {
        let mut health = Health::default();
        health.was_slow();
        assert!(health.may_wait(false) && !health.may_wait(true));
        health.failed(Failure::Malformed, AT(1), 0.0);
        assert!(!health.may_wait(false) && !health.may_wait(true));
    }

    #[test]
    fn a_request_that_was_never_sent_is_not_held_against_the_key() {
        let mut health = Health::default();
        assert_eq!(health.failed(Failure::Held, AT(1), 0.0), Turn::Same);
        assert!(health.may_ask(AT(1)) && health.may_wait(true));
        health.failed(Failure::Crowded, AT(1), 0.0);
        assert!(health.may_ask(AT(1)) && !health.may_wait(true));
    }

    #[test]
    fn a_new_era_forgives() {
        let mut health = Health::default();
        health.failed(Failure::TimedOut, AT(1), 0.0);
        health.enter(0);
        assert!(!health.may_ask(AT(1)));
        health.enter(1);
        assert!(health.may_ask(AT(1)) && health.may_wait(true));
    }
}
