//! How often somebody may guess a member of staff's password or code.
//!
//! As at the gate ([`crate::lockout`]) an attempt is reserved, counted as a failure, before it is
//! made. Here failures do not grow old: only a success forgets them. Each lockout that follows
//! another without a success between them lasts twice as long.

use std::time::Duration;

use domain::Timestamp;

use crate::CLOCK_SKEW;
use crate::lockout::{Admission, later};

/// How many failures are too many, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginPolicy {
    /// Failures that lock; zero counts as one.
    pub attempts: u32,
    /// For how long nothing is verified after the first of them.
    pub first: Duration,
    /// The longest lock that doubling comes to.
    pub longest: Duration,
}

/// What the database remembers of one account's failures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LoginRecord {
    /// Failures and reservations since the last success or the last lock.
    pub failures: i64,
    /// Locks since the last success, the one that stands included.
    pub lockouts: i64,
    /// Until when nothing is verified, UTC.
    pub locked_until: Option<Timestamp>,
}

impl LoginPolicy {
    /// Five failures, then 15 minutes, 30, an hour and so on up to a day.
    pub const STAFF: Self = Self {
        attempts: 5,
        first: Duration::from_mins(15),
        longest: Duration::from_hours(24),
    };

    /// Judges an attempt on an account whose record is `known`.
    ///
    /// A lock that is over leaves its number behind and no failures. One that lies further in the
    /// future than it can have been set, give or take [`CLOCK_SKEW`], counts as over: the clock
    /// was set back, and nobody must wait until it has caught up. (It is
    /// [rebased](Self::rebased) before.)
    pub fn admit(&self, known: LoginRecord, now: Timestamp) -> Admission<LoginRecord> {
        if let Some(until) = self.standing_lock(&known, now) {
            return Admission::Locked { until };
        }
        let lockouts = known.lockouts.max(0);
        let failures = match known.locked_until {
            Some(_over) => 1,
            None => known.failures.max(0).saturating_add(1),
        };
        if !self.locks(failures) {
            return Admission::Admitted(LoginRecord {
                failures,
                lockouts,
                locked_until: None,
            });
        }
        let lockouts = lockouts.saturating_add(1);
        Admission::Admitted(LoginRecord {
            failures,
            lockouts,
            locked_until: Some(later(now, self.lock_for(lockouts))),
        })
    }

    /// The record as it is to be judged and kept: a lock that lies further in the future than it
    /// can have been set, give or take [`CLOCK_SKEW`], begins anew, as at the gate
    /// ([`crate::LockoutPolicy::rebased`]).
    #[must_use]
    pub fn rebased(&self, record: LoginRecord, now: Timestamp) -> LoginRecord {
        let latest = later(now, self.lock_for(record.lockouts));
        match record.locked_until {
            Some(until) if until > later(latest, CLOCK_SKEW) => LoginRecord {
                locked_until: Some(latest),
                ..record
            },
            _ => record,
        }
    }

    /// The record without one reservation, whose attempt was never made or was none that failed;
    /// and without the lock if the failures left do not earn it.
    #[must_use]
    pub fn refund(&self, record: LoginRecord) -> LoginRecord {
        let failures = record.failures.saturating_sub(1).max(0);
        if record.locked_until.is_none() || self.locks(failures) {
            return LoginRecord { failures, ..record };
        }
        LoginRecord {
            failures,
            lockouts: record.lockouts.saturating_sub(1).max(0),
            locked_until: None,
        }
    }

    /// How long the lock of that number lasts, the first being 1.
    pub fn lock_for(&self, number: i64) -> Duration {
        // Beyond that many doublings every lock is the longest.
        let doublings = u32::try_from(number.clamp(1, 32) - 1).unwrap_or(0);
        let factor = 2_u32.saturating_pow(doublings);
        self.first.saturating_mul(factor).min(self.longest)
    }

    fn standing_lock(&self, known: &LoginRecord, now: Timestamp) -> Option<Timestamp> {
        let until = known.locked_until?;
        let latest = later(now, self.lock_for(known.lockouts));
        let stands = now < until && until <= later(latest, CLOCK_SKEW);
        stands.then(|| until.min(latest))
    }

    fn locks(&self, failures: i64) -> bool {
        failures >= i64::from(self.attempts.max(1))
    }
}
