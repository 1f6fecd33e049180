//! The way in, second step: a code of the app, or a recovery code.

use auth::{Admission, OperatorSession, RecoveryCode, SecondFactorDue, TotpCode};
use domain::Timestamp;
use store::internal::{Db, write_here};

use super::attempts::{Target, reserve};
use super::profile::recovery_codes_left;
use super::recovery::use_up;
use super::stored::{StoredAccount, find_account, take_turn};
use crate::Operator;
use crate::audit::State;
use crate::error::OperatorError;

/// What somebody shows after the password.
#[derive(Debug, Clone)]
pub enum SecondFactor {
    /// A code of the app.
    Code(TotpCode),
    /// A recovery code, which is used up by it.
    Recovery(RecoveryCode),
}

/// What the second step has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondStep {
    /// Its owner is in.
    SignedIn {
        /// Their session.
        session: OperatorSession,
        /// How many recovery codes are left, where one was used.
        recovery_codes_left: Option<usize>,
    },
    /// It was no code of now, or one that was used before.
    Wrong {
        /// Until when nobody may try again, UTC, if this was one too many.
        locked_until: Option<Timestamp>,
    },
    /// Nothing was looked at, even a right code.
    Locked {
        /// Until when, UTC.
        until: Timestamp,
    },
    /// The first step counts no more: it is too long ago or was used, or the account was changed meanwhile.
    Over,
}

impl Operator {
    /// Takes the second step. A code that is accepted is used up; failures are counted with those
    /// of the password.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when it cannot be written: then nobody is in.
    pub fn second_step(
        &self,
        due: &SecondFactorDue,
        shown: &SecondFactor,
    ) -> Result<SecondStep, OperatorError> {
        let now = self.now();
        if due.is_expired(now) {
            return Ok(SecondStep::Over);
        }
        write_here(&self.database, |db| {
            let Some(account) = due_account(db, due)? else {
                return Ok(SecondStep::Over);
            };
            let target = Target {
                email: account.email()?,
                account: Some(account.id.clone()),
            };
            match reserve(db, &target, account.login_record(), now)? {
                Admission::Locked { until } => Ok(SecondStep::Locked { until }),
                Admission::Admitted(record) => {
                    let step = self.show(db, account, shown, now)?;
                    let locked_until = record.locked_until;
                    if let (None, Some(until)) = (step, locked_until) {
                        self.tell_lock(db, &due.user.to_string(), until)?;
                    }
                    Ok(step.unwrap_or(SecondStep::Wrong { locked_until }))
                }
            }
        })
    }

    /// `None` for what does not let in.
    fn show(
        &self,
        db: &mut Db,
        mut account: StoredAccount,
        shown: &SecondFactor,
        now: Timestamp,
    ) -> Result<Option<SecondStep>, OperatorError> {
        let mut left = None;
        let by = match shown {
            SecondFactor::Code(code) => {
                let secret = account.totp_secret()?;
                let step =
                    secret.and_then(|secret| secret.accept(*code, now, account.totp_last_step));
                let Some(step) = step else { return Ok(None) };
                account.totp_last_step = Some(step);
                State::default().plain("second_factor", "code")
            }
            SecondFactor::Recovery(code) => {
                if !use_up(db, &account, code)? {
                    return Ok(None);
                }
                let count = recovery_codes_left(db, account.id()?)?;
                left = Some(count);
                State::default()
                    .plain("second_factor", "recovery code")
                    .plain("recovery_codes_left", count)
            }
        };
        let session = self.let_in(db, account, now, by)?;
        Ok(Some(SecondStep::SignedIn {
            session,
            recovery_codes_left: left,
        }))
    }
}

/// The account, held, if the first step still counts for it.
fn due_account(db: &mut Db, due: &SecondFactorDue) -> Result<Option<StoredAccount>, OperatorError> {
    let Some(found) = find_account(db, due.user)? else {
        return Ok(None);
    };
    take_turn(db, &found.email)?;
    let account = find_account(db, due.user)?;
    let valid_from = account
        .as_ref()
        .map(StoredAccount::valid_from)
        .transpose()?;
    let counts = valid_from == Some(due.valid_from);
    let is_unused = |account: &StoredAccount| account.sign_in_count == due.sign_ins;
    let may = |account: &StoredAccount| account.active && account.totp_enabled;
    Ok(account.filter(|account| counts && is_unused(account) && may(account)))
}
