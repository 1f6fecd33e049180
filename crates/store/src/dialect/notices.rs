//! How PostgreSQL tells its clients of a change, and how either engine is asked. SQLite tells only
//! that something was committed ([`super::data_version`]).

use std::hash::{DefaultHasher, Hash, Hasher};

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Bool, Text};
use diesel::{ExpressionMethods, QueryDsl, SelectableHelper};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use super::Db;
use crate::error::StoreError;
use crate::internal::schema::{operator_users, projects};
use crate::scope::StoredProject;

/// Tells every process, when the transaction commits and not before, that the portal may now show
/// something else, or that sessions of staff have ended. On SQLite the commit itself is the notice.
///
/// # Errors
/// [`StoreError`] from the engine.
pub fn announce(db: &mut Db) -> Result<(), StoreError> {
    if let Db::PostgreSql(connection) = db {
        connection.batch_execute("NOTIFY portal_changed")?;
    }
    Ok(())
}

/// Has the connection receive what [`announce`] tells from now on.
pub(crate) fn listen(connection: &mut PgConnection) -> Result<(), StoreError> {
    Ok(connection.batch_execute("LISTEN portal_changed")?)
}

/// Whether a notice has come in since this was last asked. It takes them all, and waits for none.
pub(crate) fn take_notices(connection: &mut PgConnection) -> Result<bool, StoreError> {
    let mut any = false;
    for notice in connection.notifications_iter() {
        notice?;
        any = true;
    }
    Ok(any)
}

#[derive(QueryableByName)]
struct Mark {
    #[diesel(sql_type = Text)]
    mark: String,
}

/// Whether this role may read the accounts of staff: the operator app's may, the portal's not.
pub(crate) fn may_see_accounts(connection: &mut PgConnection) -> Result<bool, StoreError> {
    let row: Allowed = sql_query(
        "SELECT coalesce(has_table_privilege(to_regclass('operator_users'), 'SELECT'), FALSE) \
         AS allowed",
    )
    .get_result(connection)?;
    Ok(row.allowed)
}

#[derive(QueryableByName)]
struct Allowed {
    #[diesel(sql_type = Bool)]
    allowed: bool,
}

/// A text that changes with whatever makes the check of a session answer otherwise, `with_accounts`
/// the check of a session of staff too: the columns are those of the rows that it compares. Of what
/// they hold only the sum of their hashes leaves the server.
pub(crate) fn mark(
    connection: &mut PgConnection,
    with_accounts: bool,
) -> Result<String, StoreError> {
    let accounts = if with_accounts {
        " || (SELECT '+' || coalesce(sum(hashtextextended(ROW(id, role, active, \
         sessions_valid_from)::text, 0)), 0)::text FROM operator_users)"
    } else {
        ""
    };
    let row: Mark = sql_query(format!(
        "SELECT coalesce(sum(hashtextextended(ROW(id, name, status, time_zone, portal_enabled, \
         portal_link_token, portal_epoch, revision)::text, 0)), 0)::text{accounts} \
         AS mark FROM projects"
    ))
    .get_result(connection)?;
    Ok(row.mark)
}

/// The same of SQLite, of the same columns and with accounts: a few microseconds a row.
pub(crate) fn sqlite_mark(connection: &mut SqliteConnection) -> Result<u64, StoreError> {
    let rows: Vec<StoredProject> = projects::table
        .order(projects::id.asc())
        .select(StoredProject::as_select())
        .load(connection)?;
    let accounts: Vec<(String, String, bool, i64)> = operator_users::table
        .order(operator_users::id.asc())
        .select((
            operator_users::id,
            operator_users::role,
            operator_users::active,
            operator_users::sessions_valid_from,
        ))
        .load(connection)?;
    let mut hasher = DefaultHasher::new();
    (rows, accounts).hash(&mut hasher);
    Ok(hasher.finish())
}
