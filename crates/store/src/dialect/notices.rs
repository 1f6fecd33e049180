//! How PostgreSQL tells its clients of a change. SQLite has [`super::data_version`] instead.

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Bool, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

use super::Db;
use crate::error::StoreError;

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
