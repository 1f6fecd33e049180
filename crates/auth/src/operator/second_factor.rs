//! Between the password and the code: proof that the password was right.

use std::time::Duration;

use domain::{OperatorUserId, Timestamp};

use crate::encoding::take;
use crate::signer::Purpose;
use crate::token::{Fields, age, take_number, take_time, write_time};

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

    /// Whether it is too late, or the time so far off that it cannot be told.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        age(self.issued_at, now).is_none_or(|age| age >= Self::LIFETIME)
    }
}

impl Fields for SecondFactorDue {
    const PURPOSE: Purpose = Purpose::OperatorSecondFactor;
    const VERSION: u8 = 1;

    fn write(&self, payload: &mut Vec<u8>) {
        payload.extend(self.user.to_bytes());
        payload.extend(write_time(self.issued_at));
        payload.extend(write_time(self.valid_from));
        payload.extend(self.sign_ins.to_be_bytes());
    }

    fn read(payload: &mut &[u8]) -> Option<Self> {
        Some(Self {
            user: OperatorUserId::from_bytes(take(payload)?),
            issued_at: take_time(payload)?,
            valid_from: take_time(payload)?,
            sign_ins: take_number(payload)?,
        })
    }
}
