//! Between the password and the code: proof that the password was right.

use std::time::Duration;

use domain::{OperatorUserId, Timestamp};

use crate::CLOCK_SKEW;
use crate::encoding::take;
use crate::signer::{Purpose, Signer, TokenError};

/// What the cookie between the two steps of a sign-in says. It opens nothing but the second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFactorDue {
    /// Whose password was right.
    pub user: OperatorUserId,
    /// When, UTC; whole milliseconds survive sealing.
    pub issued_at: Timestamp,
    /// The account's `sessions_valid_from` at that time: a password that was replaced meanwhile
    /// proves nothing any more.
    pub valid_from: Timestamp,
    /// How often the account's owner had come in by then: a sign-in uses up every such word that
    /// was given before it.
    pub sign_ins: i64,
}

impl SecondFactorDue {
    /// How long the second step may take.
    pub const LIFETIME: Duration = Duration::from_mins(5);

    const VERSION: u8 = 1;

    /// The word as a signed token.
    pub fn seal(&self, signer: &Signer) -> String {
        let payload = [
            [Self::VERSION].as_slice(),
            &self.user.to_bytes(),
            &self.issued_at.as_millisecond().to_be_bytes(),
            &self.valid_from.as_millisecond().to_be_bytes(),
            &self.sign_ins.to_be_bytes(),
        ]
        .concat();
        signer.sign(Purpose::OperatorSecondFactor, &payload)
    }

    /// Opens a token whose signature is good. Nothing is said yet of its age or of the database.
    ///
    /// # Errors
    /// [`TokenError`] for a text that is no such token of ours.
    pub fn open(signer: &Signer, token: &str) -> Result<Self, TokenError> {
        let payload = signer.verify(Purpose::OperatorSecondFactor, token)?;
        Self::read(&payload).ok_or(TokenError::Malformed)
    }

    fn read(mut payload: &[u8]) -> Option<Self> {
        let bytes = &mut payload;
        let [version] = take(bytes)?;
        let due = Self {
            user: OperatorUserId::from_bytes(take(bytes)?),
            issued_at: Timestamp::from_millisecond(i64::from_be_bytes(take(bytes)?)).ok()?,
            valid_from: Timestamp::from_millisecond(i64::from_be_bytes(take(bytes)?)).ok()?,
            sign_ins: i64::from_be_bytes(take(bytes)?),
        };
        (version == Self::VERSION && bytes.is_empty()).then_some(due)
    }

    /// Whether it is too late, or the time so far off that it cannot be told.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        age(self.issued_at, now).is_none_or(|age| age >= Self::LIFETIME)
    }
}

/// How long ago something was; nothing for what a faster clock, give or take [`CLOCK_SKEW`], says
/// is still to come, and `None` beyond that.
pub(super) fn age(since: Timestamp, now: Timestamp) -> Option<Duration> {
    let age = now.duration_since(since);
    if age.is_negative() {
        return (age.unsigned_abs() <= CLOCK_SKEW).then_some(Duration::ZERO);
    }
    Some(age.unsigned_abs())
}
