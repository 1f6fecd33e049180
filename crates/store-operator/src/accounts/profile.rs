//! What everybody may see and change of their own account.

use auth::PasswordHash;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{OperatorUserId, Timestamp};
use store::internal::Db;
use store::internal::schema::operator_recovery_codes;

use super::stored::expect_account;
use super::{AccountRecord, Asker};
use crate::Operator;
use crate::error::OperatorError;

/// One account, and what its owner wants to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountDetail {
    /// The account.
    pub account: AccountRecord,
    /// How many recovery codes have not been used.
    pub recovery_codes_left: usize,
}

impl Operator {
    /// One account, and what its owner wants to know of it.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn account_detail(&self, account: OperatorUserId) -> Result<AccountDetail, OperatorError> {
        let now = self.now();
        self.snapshot(|db| {
            Ok(AccountDetail {
                account: expect_account(db, account)?.read(now)?,
                recovery_codes_left: recovery_codes_left(db, account)?,
            })
        })
    }

    /// Gives one's own account another password; every session ends. `proven` is the hash that the
    /// old password was checked against ([`Self::begin_proof`]). Answers the moment from which on
    /// sessions count: the one in which this was asked for goes on with it as its `valid_from`.
    ///
    /// # Errors
    /// [`OperatorError::Conflict`] when the password was replaced or the session ended meanwhile; [`OperatorError::NotFound`].
    pub fn change_own_password(
        &self,
        asker: Asker,
        proven: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<Timestamp, OperatorError> {
        let now = self.now();
        self.change_own("operator.password", asker, |_db, row| {
            row.still_has(proven)?;
            new.as_str().clone_into(&mut row.password_hash);
            row.end_sessions(now);
            row.valid_from()
        })
    }
}

pub(super) fn recovery_codes_left(
    db: &mut Db,
    account: OperatorUserId,
) -> Result<usize, OperatorError> {
    let left: i64 = operator_recovery_codes::table
        .filter(operator_recovery_codes::user_id.eq(account.to_string()))
        .count()
        .get_result(db)?;
    Ok(usize::try_from(left).unwrap_or(0))
}
