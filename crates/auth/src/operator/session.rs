//! A member of staff's session: proof that somebody signed in, and has not been away for long.

use std::time::Duration;

use domain::{OperatorUserId, Timestamp};

use crate::encoding::take;
use crate::signer::Purpose;
use crate::token::{Fields, age, take_time, write_time};

/// What the session cookie says. It is believed only together with the database: the account must
/// be active, and its `sessions_valid_from` be the one under which the session was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperatorSession {
    /// Whose it is.
    pub user: OperatorUserId,
    /// When they signed in, UTC. Of this time and the others whole milliseconds survive sealing.
    pub issued_at: Timestamp,
    /// When they were last known to be there, UTC.
    pub last_seen_at: Timestamp,
    /// The account's `sessions_valid_from` at sign-in. Every act that ends sessions sets another;
    /// so a session is compared with the moment under which it was made, and neither two things of
    /// one millisecond nor servers whose clocks differ can let one live that was made before.
    pub valid_from: Timestamp,
}

impl OperatorSession {
    /// For how long somebody may be away.
    pub const IDLE: Duration = Duration::from_hours(12);
    /// For how long a session may last at all.
    pub const MAX_AGE: Duration = Duration::from_hours(7 * 24);
    /// How old the word of somebody's being there may grow: an answer to a request after that
    /// carries a renewed cookie.
    pub const RENEW_AFTER: Duration = Duration::from_mins(5);

    /// The session of somebody who signs in now.
    pub fn new(user: OperatorUserId, valid_from: Timestamp, now: Timestamp) -> Self {
        Self {
            user,
            issued_at: now,
            last_seen_at: now,
            valid_from,
        }
    }

    /// How much of its life is left if nobody comes back: nothing for a session that is over, or
    /// from so far in the future ([`crate::CLOCK_SKEW`]) that its age cannot be told.
    pub fn time_left(&self, now: Timestamp) -> Duration {
        let left = |since, longest: Duration| {
            age(since, now).map_or(Duration::ZERO, |age| longest.saturating_sub(age))
        };
        left(self.issued_at, Self::MAX_AGE).min(left(self.last_seen_at, Self::IDLE))
    }

    /// Whether it is over.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.time_left(now).is_zero()
    }

    /// The same session with its owner seen now, where that is worth a new cookie. `None` for one
    /// that is over, too.
    pub fn renewed(&self, now: Timestamp) -> Option<Self> {
        let unseen = age(self.last_seen_at, now)?;
        (unseen >= Self::RENEW_AFTER && !self.is_expired(now)).then_some(Self {
            last_seen_at: now,
            ..*self
        })
    }
}

impl Fields for OperatorSession {
    const PURPOSE: Purpose = Purpose::OperatorSession;
    const VERSION: u8 = 1;

    fn write(&self, payload: &mut Vec<u8>) {
        payload.extend(self.user.to_bytes());
        payload.extend(write_time(self.issued_at));
        payload.extend(write_time(self.last_seen_at));
        payload.extend(write_time(self.valid_from));
    }

    fn read(payload: &mut &[u8]) -> Option<Self> {
        Some(Self {
            user: OperatorUserId::from_bytes(take(payload)?),
            issued_at: take_time(payload)?,
            last_seen_at: take_time(payload)?,
            valid_from: take_time(payload)?,
        })
    }
}
