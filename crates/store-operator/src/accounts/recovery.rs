//! Codes for whoever has lost the phone.

use auth::RecoveryCode;
use diesel::{ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};
use store::internal::Db;
use store::internal::schema::operator_recovery_codes as codes;

use super::Asker;
use super::stored::{StoredAccount, hold_account};
use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;

#[derive(Insertable)]
#[diesel(table_name = codes)]
struct StoredCode<'a> {
    user_id: &'a str,
    digest: String,
}

impl Operator {
    /// Makes new recovery codes for one's own account; the old ones are void. They are to be shown
    /// once.
    ///
    /// # Errors
    /// [`OperatorError::Conflict`] while the second factor is off, and by a session that has
    /// ended; [`OperatorError::NotFound`].
    pub fn renew_recovery_codes(&self, asker: Asker) -> Result<Vec<RecoveryCode>, OperatorError> {
        let made = RecoveryCode::generate_set(&*self.random)?;
        self.act(|db| {
            let row = hold_account(db, asker.account)?;
            asker.still_in(&row)?;
            if !row.totp_enabled {
                let words = "the second factor is off: there is nothing to recover".to_owned();
                return Err(OperatorError::Conflict(words));
            }
            let void = replace_codes(db, &row.id, &made)?;
            let change = Change {
                action: "operator.recovery-codes",
                subject: row.id,
                projects: Vec::new(),
                before: Some(State::default().plain("left", void)),
                after: Some(State::default().plain("left", made.len())),
            };
            Ok((made, Some(change)))
        })
    }
}

/// Puts new codes in the place of those that are left. Answers how many those were.
pub(super) fn replace_codes(
    db: &mut Db,
    account: &str,
    new: &[RecoveryCode],
) -> Result<usize, OperatorError> {
    let void = diesel::delete(codes::table.filter(codes::user_id.eq(account))).execute(db)?;
    for code in new {
        let row = StoredCode {
            user_id: account,
            digest: code.digest().as_str().to_owned(),
        };
        diesel::insert_into(codes::table).values(row).execute(db)?;
    }
    Ok(void)
}

/// Uses a code up: whether it was one of those that were left.
pub(super) fn use_up(
    db: &mut Db,
    account: &StoredAccount,
    code: &RecoveryCode,
) -> Result<bool, OperatorError> {
    let digest = code.digest();
    let used = diesel::delete(codes::table.find((&account.id, digest.as_str()))).execute(db)?;
    Ok(used == 1)
}
