//! An account's row.

use auth::{
    Admission, DisplayName, EmailAddress, LoginPolicy, LoginRecord, PasswordHash, Role, TotpSecret,
};
use diesel::{AsChangeset, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::{OperatorUserId, Timestamp};
use store::internal::schema::operator_users;
use store::internal::{Db, serialise_key, time};

use super::AccountRecord;
use crate::error::OperatorError;
use crate::field::{corrupt, stored_id, stored_time};

const TABLE: &str = "operator_users";

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone, PartialEq, Eq)]
#[diesel(table_name = operator_users, treat_none_as_null = true)]
pub(super) struct StoredAccount {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) display_name: String,
    pub(super) password_hash: String,
    pub(super) role: String,
    pub(super) active: bool,
    pub(super) created_at: i64,
    pub(super) last_login_at: Option<i64>,
    pub(super) sign_in_count: i64,
    pub(super) sessions_valid_from: i64,
    pub(super) failed_login_count: i64,
    pub(super) lockouts_in_a_row: i64,
    pub(super) locked_until: Option<i64>,
    pub(super) totp_secret: Option<String>,
    pub(super) totp_offered_at: Option<i64>,
    pub(super) totp_enabled: bool,
    pub(super) totp_last_step: Option<i64>,
}

impl StoredAccount {
    pub(super) fn id(&self) -> Result<OperatorUserId, OperatorError> {
        stored_id(TABLE, "id", &self.id)
    }

    pub(super) fn role(&self) -> Result<Role, OperatorError> {
        self.role.parse().map_err(|_unknown| self.corrupt("role"))
    }

    pub(super) fn email(&self) -> Result<EmailAddress, OperatorError> {
        EmailAddress::parse(&self.email).map_err(|_malformed| self.corrupt("email"))
    }

    pub(super) fn display_name(&self) -> Result<DisplayName, OperatorError> {
        DisplayName::parse(&self.display_name).map_err(|_refused| self.corrupt("display_name"))
    }

    /// What the password has to match; nothing does where the account is disabled.
    pub(super) fn usable_hash(&self) -> Result<Option<PasswordHash>, OperatorError> {
        let read = PasswordHash::parse(&self.password_hash);
        let hash = read.map_err(|_unreadable| self.corrupt("password_hash"))?;
        Ok(self.active.then_some(hash))
    }

    /// Refuses a proof of a password that was replaced since.
    pub(super) fn still_has(&self, proven: &PasswordHash) -> Result<(), OperatorError> {
        if self.password_hash == proven.as_str() {
            return Ok(());
        }
        let words = "the password was changed meanwhile: sign in again".to_owned();
        Err(OperatorError::Conflict(words))
    }

    pub(super) fn totp_secret(&self) -> Result<Option<TotpSecret>, OperatorError> {
        let read = |text: &String| {
            TotpSecret::parse(text).map_err(|_malformed| self.corrupt("totp_secret"))
        };
        self.totp_secret.as_ref().map(read).transpose()
    }

    pub(super) fn valid_from(&self) -> Result<Timestamp, OperatorError> {
        let at = self.sessions_valid_from;
        stored_time(TABLE, &self.id, "sessions_valid_from", at)
    }

    pub(super) fn is_active_superadmin(&self) -> bool {
        self.active && self.role == Role::Superadmin.as_str()
    }

    /// A lock with an impossible time is none: it must lock nobody out for good.
    pub(super) fn login_record(&self) -> LoginRecord {
        LoginRecord {
            failures: self.failed_login_count,
            lockouts: self.lockouts_in_a_row,
            locked_until: self.locked_until.and_then(time),
        }
    }

    pub(super) fn read(self, now: Timestamp) -> Result<AccountRecord, OperatorError> {
        let locked_until = match LoginPolicy::STAFF.admit(self.login_record(), now) {
            Admission::Locked { until } => Some(until),
            Admission::Admitted(_) => None,
        };
        Ok(AccountRecord {
            id: self.id()?,
            email: self.email()?,
            display_name: self.display_name()?,
            role: self.role()?,
            active: self.active,
            created_at: stored_time(TABLE, &self.id, "created_at", self.created_at)?,
            last_login_at: self
                .last_login_at
                .map(|at| stored_time(TABLE, &self.id, "last_login_at", at))
                .transpose()?,
            locked_until,
            has_second_factor: self.totp_enabled,
        })
    }

    fn corrupt(&self, column: &'static str) -> OperatorError {
        corrupt(TABLE, &self.id, column)
    }
}

pub(super) fn find_account(
    db: &mut Db,
    id: OperatorUserId,
) -> Result<Option<StoredAccount>, OperatorError> {
    Ok(operator_users::table
        .find(id.to_string())
        .select(StoredAccount::as_select())
        .first(db)
        .optional()?)
}

pub(super) fn expect_account(
    db: &mut Db,
    id: OperatorUserId,
) -> Result<StoredAccount, OperatorError> {
    find_account(db, id)?.ok_or_else(|| OperatorError::not_found("operator", id.to_string()))
}

/// Makes transactions that read an account and write what follows take turns.
pub(super) fn take_turn(db: &mut Db, email: &str) -> Result<(), OperatorError> {
    Ok(serialise_key(db, &format!("operator account {email}"))?)
}

/// The account, which nobody else changes until this transaction ends.
pub(super) fn hold_account(
    db: &mut Db,
    id: OperatorUserId,
) -> Result<StoredAccount, OperatorError> {
    let email = expect_account(db, id)?.email;
    take_turn(db, &email)?;
    expect_account(db, id)
}
