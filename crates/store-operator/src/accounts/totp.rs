//! Turning the second factor on.

use auth::{RecoveryCode, TotpCode, TotpSecret};
use domain::OperatorUserId;

use super::recovery::replace_codes;
use super::stored::{StoredAccount, expect_account};
use crate::Operator;
use crate::error::OperatorError;

/// All of these are for the account's owner alone, and answer [`OperatorError::NotFound`] where
/// there is no such account.
impl Operator {
    /// Makes a new secret for one's app, in the place of one that was offered before. Nothing is
    /// asked for yet at a sign-in.
    ///
    /// # Errors
    /// [`OperatorError::Conflict`] while the second factor is on.
    pub fn offer_second_factor(
        &self,
        account: OperatorUserId,
    ) -> Result<TotpSecret, OperatorError> {
        let secret = TotpSecret::generate(&*self.random)?;
        self.change_account("operator.second-factor-offer", account, |_db, row| {
            refuse_if_on(row)?;
            row.totp_secret = Some(secret.to_base32());
            row.totp_last_step = None;
            Ok(secret)
        })
    }

    /// The secret that was offered and not yet confirmed: for the page that shows it once more
    /// after a wrong code. `None` where there is none, also while the second factor is on.
    ///
    /// # Errors
    /// Those of all.
    pub fn offered_second_factor(
        &self,
        account: OperatorUserId,
    ) -> Result<Option<TotpSecret>, OperatorError> {
        let row = self.read(|db| expect_account(db, account))?;
        if row.totp_enabled {
            return Ok(None);
        }
        row.totp_secret()
    }

    /// Turns the second factor on, the app having shown a code of the offered secret. Answers the
    /// recovery codes, which are to be shown once.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] (`code`) for a code that is not of it or not of now,
    /// [`OperatorError::Conflict`] where nothing was offered or it is on already.
    pub fn confirm_second_factor(
        &self,
        account: OperatorUserId,
        code: TotpCode,
    ) -> Result<Vec<RecoveryCode>, OperatorError> {
        let codes = RecoveryCode::generate_set(&*self.random)?;
        self.change_account("operator.second-factor-on", account, |db, row| {
            self.confirm(row, code)?;
            replace_codes(db, &row.id, &codes)?;
            Ok(codes)
        })
    }

    fn confirm(&self, row: &mut StoredAccount, code: TotpCode) -> Result<(), OperatorError> {
        refuse_if_on(row)?;
        let Some(secret) = row.totp_secret()? else {
            let words = "begin with a new QR code".to_owned();
            return Err(OperatorError::Conflict(words));
        };
        let step = secret.accept(code, self.now(), row.totp_last_step);
        let step = step.ok_or_else(|| {
            OperatorError::invalid(
                "code",
                "it is not the code that the app shows now: check the phone's clock, and try the next one",
            )
        })?;
        row.totp_enabled = true;
        row.totp_last_step = Some(step);
        Ok(())
    }
}

fn refuse_if_on(row: &StoredAccount) -> Result<(), OperatorError> {
    if row.totp_enabled {
        let words = "the second factor is on: turn it off first".to_owned();
        return Err(OperatorError::Conflict(words));
    }
    Ok(())
}
