//! How PostgreSQL tells its clients of a change. SQLite has [`super::data_version`] instead.

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

use super::Db;
use crate::error::StoreError;

/// Tells every process, when the transaction commits and not before, that the portal may now show
/// something else. On SQLite the commit itself is the notice.
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

/// A text that changes with whatever makes the check of a session answer otherwise: the columns
/// are those of the row that it compares. Of what they hold only the sum of their hashes leaves
/// the server.
pub(crate) fn projects_mark(connection: &mut PgConnection) -> Result<String, StoreError> {
    let row: Mark = sql_query(
        "SELECT coalesce(sum(hashtextextended(ROW(id, name, status, time_zone, portal_enabled, \
         portal_link_token, portal_epoch, revision)::text, 0)), 0)::text AS mark FROM projects",
    )
    .get_result(connection)?;
    Ok(row.mark)
}
