//! How PostgreSQL tells its clients of a change, and how either engine is asked. SQLite tells only
//! that something was committed ([`super::data_version`]).

use std::hash::{DefaultHasher, Hash, Hasher};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{ExpressionMethods, QueryDsl, SelectableHelper};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use super::Db;
use crate::error::StoreError;
use crate::internal::schema::projects;
use crate::scope::StoredProject;

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

/// The same of SQLite, of the same columns: a few microseconds a project.
pub(crate) fn sqlite_mark(connection: &mut SqliteConnection) -> Result<u64, StoreError> {
    let rows: Vec<StoredProject> = projects::table
        .order(projects::id.asc())
        .select(StoredProject::as_select())
        .load(connection)?;
    let mut hasher = DefaultHasher::new();
    rows.hash(&mut hasher);
    Ok(hasher.finish())
}
