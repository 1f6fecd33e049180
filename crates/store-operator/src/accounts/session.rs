//! Whether somebody is signed in: asked for every request.

use auth::{OperatorSession, Role};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{OperatorUserId, Timestamp};
use store::internal::schema::operator_users;
use store::internal::{look, millis};
use store::{Database, StoreError};

use super::Asker;

/// Somebody who is signed in, as their account is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveAccount {
    /// Their account.
    pub id: OperatorUserId,
    /// As the audit log names them.
    pub email: String,
    /// What the others call them.
    pub display_name: String,
    /// What they may do: `role >= Role::Admin` is the whole check.
    pub role: Role,
    /// Whether a code is asked for after the password.
    pub has_second_factor: bool,
    /// Under which moment their session was made, UTC: acts on accounts name it ([`Asker`]).
    pub valid_from: Timestamp,
}

impl LiveAccount {
    /// By which session they act.
    pub fn asker(&self) -> Asker {
        Asker {
            account: self.id,
            valid_from: self.valid_from,
        }
    }
}

/// Who a session is of, if it lives: it is not over, its account is active, and nothing has ended
/// the account's sessions since it was made. One indexed read; on SQLite on the thread that asks.
///
/// Whoever keeps something open asks again when [`Database::watch_changes`] tells of a change:
/// each act that ends sessions is told within 250 ms.
///
/// # Errors
/// [`StoreError`] when the database does not answer: then nobody is signed in.
pub async fn check_operator_session(
    database: &Database,
    session: &OperatorSession,
    now: Timestamp,
) -> Result<Option<LiveAccount>, StoreError> {
    if session.is_expired(now) {
        return Ok(None);
    }
    let (id, valid_from) = (session.user, millis(session.valid_from));
    let found: Option<(String, String, String, bool)> = look(database, move |db| {
        Ok(operator_users::table
            .find(id.to_string())
            .filter(operator_users::active.eq(true))
            .filter(operator_users::sessions_valid_from.eq(valid_from))
            .select((
                operator_users::email,
                operator_users::display_name,
                operator_users::role,
                operator_users::totp_enabled,
            ))
            .first(db)
            .optional()?)
    })
    .await?;
    let Some((email, display_name, role, has_second_factor)) = found else {
        return Ok(None);
    };
    let role = role.parse().map_err(|_unknown| StoreError::Corrupt {
        table: "operator_users",
        id: id.to_string(),
        column: "role",
    })?;
    Ok(Some(LiveAccount {
        id,
        email,
        display_name,
        role,
        has_second_factor,
        valid_from: session.valid_from,
    }))
}
