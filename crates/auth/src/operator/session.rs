//! A member of staff's session: proof that somebody signed in, and has not been away for long.

use std::time::Duration;

use domain::{OperatorUserId, Timestamp};

use super::second_factor::age;
use crate::encoding::take;
use crate::signer::{Purpose, Signer, TokenError, log_tag};

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

    const VERSION: u8 = 1;

    /// The session of somebody who signs in now.
    pub fn new(user: OperatorUserId, valid_from: Timestamp, now: Timestamp) -> Self {
        Self {
            user,
            issued_at: now,
            last_seen_at: now,
            valid_from,
        }
    }

    /// The session as a signed token.
    pub fn seal(&self, signer: &Signer) -> String {
        let payload = [
            [Self::VERSION].as_slice(),
            &self.user.to_bytes(),
            &self.issued_at.as_millisecond().to_be_bytes(),
            &self.last_seen_at.as_millisecond().to_be_bytes(),
            &self.valid_from.as_millisecond().to_be_bytes(),
        ]
        .concat();
        signer.sign(Purpose::OperatorSession, &payload)
    }

    /// Opens a token whose signature is good. Nothing is said yet of its age or of the database.
    ///
    /// # Errors
    /// [`TokenError`] for a text that is no operator session of ours.
    pub fn open(signer: &Signer, token: &str) -> Result<Self, TokenError> {
        let payload = signer.verify(Purpose::OperatorSession, token)?;
        Self::read(&payload).ok_or(TokenError::Malformed)
    }

    fn read(mut payload: &[u8]) -> Option<Self> {
        let bytes = &mut payload;
        let [version] = take(bytes)?;
        let session = Self {
            user: OperatorUserId::from_bytes(take(bytes)?),
            issued_at: Timestamp::from_millisecond(i64::from_be_bytes(take(bytes)?)).ok()?,
            last_seen_at: Timestamp::from_millisecond(i64::from_be_bytes(take(bytes)?)).ok()?,
            valid_from: Timestamp::from_millisecond(i64::from_be_bytes(take(bytes)?)).ok()?,
        };
        (version == Self::VERSION && bytes.is_empty()).then_some(session)
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

    /// Eight characters that stand for a session token in a log.
    pub fn log_tag(token: &str) -> String {
        log_tag(token)
    }
}
