//! Turning the second factor on.

use std::time::Duration;

use auth::{CLOCK_SKEW, PasswordHash, RecoveryCode, TotpCode, TotpSecret};
use domain::Timestamp;
use store::internal::{millis, time};

use super::Asker;
use super::recovery::replace_codes;
use super::stored::{StoredAccount, expect_account};
use crate::Operator;
use crate::error::OperatorError;

/// For how long an offered secret can be confirmed, and is shown once more.
const OFFERED_FOR: Duration = Duration::from_mins(10);

/// All of these are for the account's owner alone, and answer [`OperatorError::NotFound`] where
/// there is no such account and [`OperatorError::Conflict`] to a session that has ended.
impl Operator {
    /// Makes a new secret for one's app, in the place of one that was offered before: it can be
    /// confirmed for ten minutes. Nothing is asked for yet at a sign-in. `proven` is the hash that
    /// the password was checked against ([`Self::begin_proof`]).
    ///
    /// # Errors
    /// [`OperatorError::Conflict`] while the second factor is on, and when the password was
    /// replaced meanwhile.
    pub fn offer_second_factor(
        &self,
        asker: Asker,
        proven: &PasswordHash,
    ) -> Result<TotpSecret, OperatorError> {
        let now = self.now();
        let secret = TotpSecret::generate(&*self.random)?;
        self.change_own("operator.second-factor-offer", asker, |_db, row| {
            row.still_has(proven)?;
            refuse_if_on(row)?;
            row.totp_secret = Some(secret.to_base32());
            row.totp_offered_at = Some(millis(now));
            row.totp_last_step = None;
            Ok(secret)
        })
    }

    /// The secret that was offered and not yet confirmed: for the page that shows it once more
    /// after a wrong code. `None` where there is none, also while the second factor is on and when
    /// the offer is too old.
    ///
    /// # Errors
    /// Those of all.
    pub fn offered_second_factor(&self, asker: Asker) -> Result<Option<TotpSecret>, OperatorError> {
        let now = self.now();
        let row = self.read(|db| expect_account(db, asker.account))?;
        asker.still_in(&row)?;
        row.offered_secret(now)
    }

    /// Turns the second factor on, the app having shown a code of the offered secret. Answers the
    /// recovery codes, which are to be shown once.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] (`code`) for a code that is not of it or not of now,
    /// [`OperatorError::Conflict`] where nothing was offered, or too long ago, or it is on already.
    pub fn confirm_second_factor(
        &self,
        asker: Asker,
        code: TotpCode,
    ) -> Result<Vec<RecoveryCode>, OperatorError> {
        let codes = RecoveryCode::generate_set(&*self.random)?;
        self.change_own("operator.second-factor-on", asker, |db, row| {
            self.confirm(row, code)?;
            replace_codes(db, &row.id, &codes)?;
            Ok(codes)
        })
    }

    fn confirm(&self, row: &mut StoredAccount, code: TotpCode) -> Result<(), OperatorError> {
        refuse_if_on(row)?;
        let now = self.now();
        let Some(secret) = row.offered_secret(now)? else {
            let words = "begin with a new QR code".to_owned();
            return Err(OperatorError::Conflict(words));
        };
        let step = secret.accept(code, now, row.totp_last_step);
        let step = step.ok_or_else(|| {
            OperatorError::invalid(
                "code",
                "it is not the code that the app shows now: check the phone's clock, and try the next one",
            )
        })?;
        row.totp_enabled = true;
        row.totp_offered_at = None;
        row.totp_last_step = Some(step);
        Ok(())
    }
}

impl StoredAccount {
    /// The secret that can be confirmed now. An offer from further ahead than clocks differ
    /// ([`CLOCK_SKEW`]) is none: its age cannot be told.
    fn offered_secret(&self, now: Timestamp) -> Result<Option<TotpSecret>, OperatorError> {
        let offered = self.totp_offered_at.filter(|_| !self.totp_enabled);
        let stands = offered.and_then(time).is_some_and(|offered| {
            let age = now.duration_since(offered);
            let limit = if age.is_negative() {
                CLOCK_SKEW
            } else {
                OFFERED_FOR
            };
            age.unsigned_abs() < limit
        });
        if stands { self.totp_secret() } else { Ok(None) }
    }
}

fn refuse_if_on(row: &StoredAccount) -> Result<(), OperatorError> {
    if row.totp_enabled {
        let words = "the second factor is on: turn it off first".to_owned();
        return Err(OperatorError::Conflict(words));
    }
    Ok(())
}
