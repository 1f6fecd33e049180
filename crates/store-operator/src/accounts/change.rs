//! How an account is changed: under its lock, by the rules, and on the record.

use auth::{LoginRecord, Role};
use diesel::dsl::count_star;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{OperatorUserId, Timestamp};
use store::internal::schema::operator_users;
use store::internal::{Db, announce, millis, time};

use super::Asker;
use super::stored::{StoredAccount, hold_account};
use crate::Operator;
use crate::act::Change;
use crate::audit::{Changes, State};
use crate::error::OperatorError;

impl Operator {
    /// Changes an account. `work` is given the row and writes into it; what it changed is stored,
    /// told and put on the record, unless all was so already.
    pub(super) fn change_account<T>(
        &self,
        action: &'static str,
        account: OperatorUserId,
        work: impl FnOnce(&mut Db, &mut StoredAccount) -> Result<T, OperatorError>,
    ) -> Result<T, OperatorError> {
        self.act(|db| {
            let before = hold_account(db, account)?;
            let mut after = before.clone();
            let value = work(db, &mut after)?;
            if after == before {
                return Ok((value, None));
            }
            keep_a_superadmin(db, &before, &after)?;
            store(db, &after)?;
            if before.sessions_valid_from != after.sessions_valid_from {
                announce(db)?;
            }
            Ok((value, Some(written(action, &before, &after))))
        })
    }
}

impl Operator {
    /// As [`Self::change_account`], of one's own account, by a session that has not ended.
    pub(super) fn change_own<T>(
        &self,
        action: &'static str,
        asker: Asker,
        work: impl FnOnce(&mut Db, &mut StoredAccount) -> Result<T, OperatorError>,
    ) -> Result<T, OperatorError> {
        self.change_account(action, asker.account, |db, row| {
            asker.still_in(row)?;
            work(db, row)
        })
    }
}

impl StoredAccount {
    /// Ends every session. The new moment is later than the old also where the clock is not, for
    /// sessions are told apart by it.
    pub(super) fn end_sessions(&mut self, now: Timestamp) {
        let next = self.sessions_valid_from.saturating_add(1);
        self.sessions_valid_from = millis(now).max(next);
    }

    pub(super) fn forget_failures(&mut self) {
        self.count(LoginRecord::default());
    }

    pub(super) fn count(&mut self, record: LoginRecord) {
        self.failed_login_count = record.failures;
        self.lockouts_in_a_row = record.lockouts;
        self.locked_until = record.locked_until.map(millis);
    }

    pub(super) fn remove_totp(&mut self) {
        self.totp_secret = None;
        self.totp_offered_at = None;
        self.totp_enabled = false;
        self.totp_last_step = None;
    }
}

pub(super) fn store(db: &mut Db, account: &StoredAccount) -> Result<(), OperatorError> {
    diesel::update(operator_users::table.find(&account.id))
        .set(account)
        .execute(db)?;
    Ok(())
}

/// Somebody has to be left who can manage accounts. No other management act runs meanwhile.
fn keep_a_superadmin(
    db: &mut Db,
    before: &StoredAccount,
    after: &StoredAccount,
) -> Result<(), OperatorError> {
    if !before.is_active_superadmin() || after.is_active_superadmin() {
        return Ok(());
    }
    let others: i64 = operator_users::table
        .filter(operator_users::id.ne(&before.id))
        .filter(operator_users::active.eq(true))
        .filter(operator_users::role.eq(Role::Superadmin.as_str()))
        .select(count_star())
        .first(db)?;
    if others > 0 {
        return Ok(());
    }
    let words = format!(
        "{} is the last superadmin who can sign in: make another one first",
        before.email
    );
    Err(OperatorError::Conflict(words))
}

/// What of a change may be written down. Of a secret there is only whether it is new or gone.
fn written(action: &'static str, before: &StoredAccount, after: &StoredAccount) -> Change {
    let differs = |differ: bool, old: &'static str, new: &'static str| {
        (differ.then_some(old), differ.then_some(new))
    };
    let password = differs(before.password_hash != after.password_hash, "old", "new");
    let is_offered = after.totp_secret.is_some() && !after.totp_enabled;
    let is_another = before.totp_secret != after.totp_secret;
    let offer = differs(is_offered && is_another, "none", "new");
    let on_off = |account: &StoredAccount| if account.totp_enabled { "on" } else { "off" };
    let valid_from = |account: &StoredAccount| time(account.sessions_valid_from);
    let locks = |account: &StoredAccount| (account.failed_login_count, account.lockouts_in_a_row);
    let cleared = locks(before) != locks(after) && locks(after) == (0, 0);
    let lockout = differs(cleared, "counting", "cleared");
    let changes = Changes::default()
        .text("name", &before.display_name, &after.display_name)
        .plain("role", Some(&before.role), Some(&after.role))
        .plain("active", Some(before.active), Some(after.active))
        .plain("password", password.0, password.1)
        .plain("second_factor_offer", offer.0, offer.1)
        .plain("second_factor", Some(on_off(before)), Some(on_off(after)))
        .plain("failures", lockout.0, lockout.1)
        .plain("sessions_valid_from", valid_from(before), valid_from(after));
    let (old, new): (Option<State>, Option<State>) = changes.states().unzip();
    Change {
        action,
        subject: after.id.clone(),
        projects: Vec::new(),
        before: old,
        after: new,
    }
}
