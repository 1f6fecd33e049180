//! How often somebody may guess.
//!
//! An attempt is *reserved*, which is to say counted as a failure, in a transaction of the database
//! before anything is computed; a success deletes the record, and a check that never took place
//! gives the reservation back. So however many guesses come at once, no more are computed than the
//! policy allows.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use domain::Timestamp;

use crate::CLOCK_SKEW;
use crate::encoding::encode;
use crate::link::LinkFingerprint;

/// How many failures are too many, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockoutPolicy {
    /// Failures that lock; zero counts as one.
    pub attempts: u32,
    /// For how long nothing is verified then, and how long a failure counts.
    pub lock_for: Duration,
}

/// What the database remembers of one key's failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockoutRecord {
    /// Failures and reservations in the window.
    pub count: i64,
    /// When the window began, UTC.
    pub window_started_at: Timestamp,
    /// Until when nothing is verified, UTC.
    pub locked_until: Option<Timestamp>,
}

/// Whether an attempt may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission<Record = LockoutRecord> {
    /// It may, once this record is stored.
    Admitted(Record),
    /// It may not, even with the right password; the record stays as it is.
    Locked {
        /// Until when, UTC; never further off than the policy's duration.
        until: Timestamp,
    },
}

impl LockoutPolicy {
    /// Judges an attempt, the record of whose key is `known`.
    ///
    /// A record whose window or lock is over counts no more. Nor does one of a time that this
    /// clock, give or take [`CLOCK_SKEW`], has not reached: the clock was set back, and nobody
    /// must wait until it has caught up. (A lock is [rebased](Self::rebased) before.)
    pub fn admit(&self, known: Option<LockoutRecord>, now: Timestamp) -> Admission {
        let known = known.filter(|record| self.counts(record, now));
        let latest = later(now, self.lock_for);
        if let Some(until) = known.and_then(|record| record.locked_until) {
            return Admission::Locked {
                until: until.min(latest),
            };
        }
        let (count, window_started_at) = known.map_or((0, now), |record| {
            (record.count.max(0), record.window_started_at)
        });
        let count = count.saturating_add(1);
        Admission::Admitted(LockoutRecord {
            count,
            window_started_at,
            locked_until: self.locks(count).then_some(latest),
        })
    }

    /// The record as it is to be judged and kept. A lock that lies further in the future than it
    /// can have been set, give or take [`CLOCK_SKEW`], begins anew: the clock was set back, by
    /// which no lock opens and none lasts until the clock has caught up.
    #[must_use]
    pub fn rebased(&self, record: LockoutRecord, now: Timestamp) -> LockoutRecord {
        let latest = later(now, self.lock_for);
        match record.locked_until {
            Some(until) if until > later(latest, CLOCK_SKEW) => LockoutRecord {
                window_started_at: now,
                locked_until: Some(latest),
                ..record
            },
            _ => record,
        }
    }

    /// The record without one reservation, whose attempt was never made, and without the lock if
    /// the attempts left do not earn it. `None` where nothing is left to remember.
    pub fn refund(&self, record: LockoutRecord) -> Option<LockoutRecord> {
        let count = record.count.saturating_sub(1);
        (count > 0).then_some(LockoutRecord {
            count,
            window_started_at: record.window_started_at,
            locked_until: record.locked_until.filter(|_| self.locks(count)),
        })
    }

    fn locks(&self, count: i64) -> bool {
        count >= i64::from(self.attempts.max(1))
    }

    fn counts(&self, record: &LockoutRecord, now: Timestamp) -> bool {
        let plausible = later(now, CLOCK_SKEW);
        match record.locked_until {
            Some(until) => now < until && until <= later(plausible, self.lock_for),
            None => {
                now < later(record.window_started_at, self.lock_for)
                    && record.window_started_at <= plausible
            }
        }
    }
}

/// At the end of the calendar time stands still.
pub(crate) fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// Whom an address belongs to: of IPv6 the /64, which is what one customer has; an IPv4 address is
/// itself, however it is written.
pub fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
    }
}

/// Whose failures are counted together, as an opaque text for the database.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LockoutKey(String);

impl LockoutKey {
    /// One visitor at one portal link.
    pub fn portal(link: &LinkFingerprint, address: IpAddr) -> Self {
        let link = encode(&link.to_bytes());
        Self(match subscriber(address) {
            IpAddr::V4(address) => format!("portal {link} {address}"),
            IpAddr::V6(network) => format!("portal {link} {network}/64"),
        })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LockoutKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
