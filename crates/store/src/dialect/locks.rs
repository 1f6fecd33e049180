//! Single statements that one engine has and the other has not.

use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::Sqlite;
use diesel::{QueryResult, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use super::Db;
use crate::error::StoreError;

/// Makes transactions that name the same key take turns, whether or not a row of that key exists.
/// SQLite has but one writer anyway.
///
/// # Errors
/// [`StoreError::Busy`] when the turn does not come in time.
pub fn serialise_key(db: &mut Db, key: &str) -> Result<(), StoreError> {
    if let Db::PostgreSql(connection) = db {
        sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind::<Text, _>(key)
            .execute(connection)?;
    }
    Ok(())
}

/// Deletes up to `limit` lockout records whose window began before `began_before` and whose lock,
/// if any, is over at `now` (both ms UTC), and none that somebody is about to write.
pub(crate) fn prune_failures(
    db: &mut Db,
    began_before: i64,
    now: i64,
    limit: i64,
) -> Result<usize, StoreError> {
    // Two prunings that met the same rows in different order would wait for each other for good.
    let skip = match db {
        Db::Sqlite(_) => "",
        Db::PostgreSql(_) => "FOR UPDATE SKIP LOCKED",
    };
    let statement = format!(
        "DELETE FROM login_failures WHERE key IN (SELECT key FROM login_failures \
         WHERE window_started_at < $1 AND (locked_until IS NULL OR locked_until <= $2) \
         ORDER BY window_started_at LIMIT $3 {skip})"
    );
    Ok(sql_query(statement)
        .bind::<BigInt, _>(began_before)
        .bind::<BigInt, _>(now)
        .bind::<BigInt, _>(limit)
        .execute(db)?)
}

#[derive(QueryableByName)]
struct EngineVersion {
    #[diesel(sql_type = Text)]
    version: String,
}

/// The engine's own version, such as `3.50.4` or `17.6`.
pub(crate) fn engine_version(db: &mut Db) -> Result<String, StoreError> {
    let question = match db {
        Db::Sqlite(_) => "SELECT sqlite_version() AS version",
        Db::PostgreSql(_) => {
            "SELECT split_part(current_setting('server_version'), ' ', 1) AS version"
        }
    };
    let row: EngineVersion = sql_query(question).get_result(db)?;
    Ok(row.version)
}

/// `PRAGMA data_version`, as a query that diesel keeps prepared, which `sql_query` is not: it is
/// asked at every request, and to prepare it takes longer than to ask.
#[derive(QueryId)]
struct DataVersion;

impl QueryFragment<Sqlite> for DataVersion {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        pass.push_sql("PRAGMA data_version");
        Ok(())
    }
}

impl Query for DataVersion {
    type SqlType = BigInt;
}

impl RunQueryDsl<SqliteConnection> for DataVersion {}

/// A number that changes whenever another connection, of this process or another, has committed.
pub(crate) fn data_version(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    Ok(DataVersion.get_result(connection)?)
}
