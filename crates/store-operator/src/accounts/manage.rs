//! What superadmins and the command line do to accounts.

use auth::{PasswordHash, Role};
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{OperatorUserId, Timestamp};
use store::internal::Db;
use store::internal::schema::operator_recovery_codes;

use super::Authority;
use super::create::display_name;
use super::stored::StoredAccount;
use crate::Operator;
use crate::error::OperatorError;

/// What a reset of the password does to the second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactorThen {
    /// It is asked for as before.
    Kept,
    /// It is off, its recovery codes are void: its owner has lost both.
    Removed,
}

/// Each of these may be refused with [`OperatorError::NotFound`], and with
/// [`OperatorError::Conflict`] for who may not do it, or is signed in no more. A role, a password
/// and the access as such are never one's own to change here: the command line or somebody else does.
impl Operator {
    /// Says anew what the others call an account's owner, who may do it too.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for what is no name.
    pub fn rename_account(
        &self,
        by: Authority,
        account: OperatorUserId,
        name: &str,
    ) -> Result<(), OperatorError> {
        let name = display_name(name)?;
        self.change_account("operator.edit", account, |db, row| {
            by.manage_or_own(db, account, row)?;
            name.as_str().clone_into(&mut row.display_name);
            Ok(())
        })
    }

    /// Says anew what an account's owner may do; every session of theirs ends.
    ///
    /// # Errors
    /// [`OperatorError::Conflict`] if nobody were left who can manage accounts.
    pub fn set_role(
        &self,
        by: Authority,
        account: OperatorUserId,
        role: Role,
    ) -> Result<(), OperatorError> {
        let now = self.now();
        self.change_account("operator.role", account, |db, row| {
            by.manage_another(db, account)?;
            if row.role()? != role {
                role.as_str().clone_into(&mut row.role);
                row.end_sessions(now);
            }
            Ok(())
        })
    }

    /// Lets an account's owner in no more; every session of theirs ends.
    ///
    /// # Errors
    /// As [`Self::set_role`].
    pub fn disable_account(
        &self,
        by: Authority,
        account: OperatorUserId,
    ) -> Result<(), OperatorError> {
        let now = self.now();
        self.change_account("operator.disable", account, |db, row| {
            by.manage_another(db, account)?;
            if row.active {
                row.active = false;
                row.end_sessions(now);
            }
            Ok(())
        })
    }

    /// Lets an account's owner in again, with the password and the second factor they had.
    ///
    /// # Errors
    /// Those of all.
    pub fn enable_account(
        &self,
        by: Authority,
        account: OperatorUserId,
    ) -> Result<(), OperatorError> {
        self.change_account("operator.enable", account, |db, row| {
            by.manage(db)?;
            row.active = true;
            Ok(())
        })
    }

    /// Gives an account another password and ends its lockout; every session ends. An account that
    /// is disabled stays so.
    ///
    /// # Errors
    /// Those of all.
    pub fn reset_password(
        &self,
        by: Authority,
        account: OperatorUserId,
        password: &PasswordHash,
        second_factor: SecondFactorThen,
    ) -> Result<(), OperatorError> {
        let now = self.now();
        self.change_account("operator.reset-password", account, |db, row| {
            by.manage_another(db, account)?;
            password.as_str().clone_into(&mut row.password_hash);
            row.forget_failures();
            row.end_sessions(now);
            if second_factor == SecondFactorThen::Removed {
                remove_second_factor(db, row)?;
            }
            Ok(())
        })
    }

    /// Forgets the failures of an account: a lockout ends now, and the next one is the first.
    ///
    /// # Errors
    /// Those of all.
    pub fn end_lockout(&self, by: Authority, account: OperatorUserId) -> Result<(), OperatorError> {
        self.change_account("operator.end-lockout", account, |db, row| {
            by.manage(db)?;
            row.forget_failures();
            Ok(())
        })
    }

    /// Asks for no code any more when an account's owner signs in, who may say so too, having
    /// shown the password once more; the recovery codes are void. Sessions stay.
    ///
    /// # Errors
    /// Those of all.
    pub fn remove_second_factor(
        &self,
        by: Authority,
        account: OperatorUserId,
    ) -> Result<(), OperatorError> {
        self.change_account("operator.second-factor-off", account, |db, row| {
            by.manage_or_own(db, account, row)?;
            remove_second_factor(db, row)
        })
    }

    /// Ends every session of an account, whose owner may do it too. Answers the moment from which
    /// on sessions count: the owner's own goes on with it as its `valid_from`.
    ///
    /// # Errors
    /// Those of all.
    pub fn sign_out_everywhere(
        &self,
        by: Authority,
        account: OperatorUserId,
    ) -> Result<Timestamp, OperatorError> {
        let now = self.now();
        self.change_account("operator.sign-out-everywhere", account, |db, row| {
            by.manage_or_own(db, account, row)?;
            row.end_sessions(now);
            row.valid_from()
        })
    }
}

fn remove_second_factor(db: &mut Db, row: &mut StoredAccount) -> Result<(), OperatorError> {
    row.remove_totp();
    let codes = operator_recovery_codes::table.filter(operator_recovery_codes::user_id.eq(&row.id));
    diesel::delete(codes).execute(db)?;
    Ok(())
}
