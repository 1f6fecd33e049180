//! A new account.

use auth::{DisplayName, EmailAddress, PasswordHash, Role};
use diesel::dsl::exists;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, select};
use domain::OperatorUserId;
use store::internal::schema::operator_users;
use store::internal::{Db, millis};

use super::Authority;
use super::attempts::forget_unknown;
use super::stored::{StoredAccount, take_turn};
use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;

/// What is said of a new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The name by which its owner signs in; capitals do not count.
    pub email: String,
    /// What the others call its owner.
    pub name: String,
    /// What its owner may do.
    pub role: Role,
}

impl Operator {
    /// Creates an account. `password` is the hash of one that the caller has made and shows once,
    /// or that the owner has chosen ([`auth::Password::chosen`]).
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a field that cannot be taken, an address that somebody has
    /// included; [`OperatorError::Conflict`] for who may not.
    pub fn create_account(
        &self,
        by: Authority,
        new: &NewAccount,
        password: &PasswordHash,
    ) -> Result<OperatorUserId, OperatorError> {
        let email = email(&new.email)?;
        let name = display_name(&new.name)?;
        let id = OperatorUserId::generate(&*self.clock, &*self.random)?;
        let now = millis(self.now());
        let row = StoredAccount {
            id: id.to_string(),
            email: email.as_str().to_owned(),
            display_name: name.as_str().to_owned(),
            password_hash: password.as_str().to_owned(),
            role: new.role.as_str().to_owned(),
            active: true,
            created_at: now,
            last_login_at: None,
            sign_in_count: 0,
            sessions_valid_from: now,
            failed_login_count: 0,
            lockouts_in_a_row: 0,
            locked_until: None,
            totp_secret: None,
            totp_offered_at: None,
            totp_enabled: false,
            totp_last_step: None,
        };
        self.act(|db| {
            by.manage(db)?;
            insert(db, &row, &email)?;
            Ok((id, Some(created(row))))
        })
    }
}

fn insert(db: &mut Db, row: &StoredAccount, email: &EmailAddress) -> Result<(), OperatorError> {
    take_turn(db, &row.email)?;
    let same = operator_users::table.filter(operator_users::email.eq(&row.email));
    if select(exists(same)).get_result(db)? {
        return Err(OperatorError::invalid(
            "email",
            "an account has that address already",
        ));
    }
    forget_unknown(db, email)?;
    diesel::insert_into(operator_users::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

fn created(row: StoredAccount) -> Change {
    let after = State::default()
        .text("email", &row.email)
        .text("name", &row.display_name)
        .plain("role", &row.role);
    Change {
        action: "operator.create",
        subject: row.id,
        projects: Vec::new(),
        before: None,
        after: Some(after),
    }
}

pub(super) fn email(text: &str) -> Result<EmailAddress, OperatorError> {
    EmailAddress::parse(text).map_err(|error| OperatorError::invalid("email", error.to_string()))
}

pub(super) fn display_name(text: &str) -> Result<DisplayName, OperatorError> {
    DisplayName::parse(text).map_err(|error| OperatorError::invalid("name", error.to_string()))
}
