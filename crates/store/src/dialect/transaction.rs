//! Transactions, as each engine wants them begun.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::result::Error as DieselError;

use super::Db;
use crate::error::StoreError;

/// The advisory lock under which management writes on PostgreSQL take turns.
const MANAGEMENT_LOCK: i64 = 0x7465_7272_6176_6965;

/// Runs a transaction that writes.
///
/// On SQLite it holds the write lock from the beginning: a transaction that first reads and then
/// wants to write cannot wait for another writer, it fails.
///
/// # Errors
/// What `work` answers, after everything was rolled back; [`StoreError`] from the engine.
pub fn write<T, E: From<StoreError>>(
    db: &mut Db,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    within(db, "BEGIN IMMEDIATE", "BEGIN", work)
}

/// Runs a transaction that writes, no other such running meanwhile on either engine: what it
/// reads and finds to be in order is so until its end.
///
/// # Errors
/// As [`write()`].
pub fn management<T, E: From<StoreError>>(
    db: &mut Db,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    write(db, |db| {
        if let Db::PostgreSql(connection) = db {
            connection
                .batch_execute(&format!("SELECT pg_advisory_xact_lock({MANAGEMENT_LOCK})"))
                .map_err(StoreError::from)?;
        }
        work(db)
    })
}

/// Runs several reads that see one and the same state of the database.
///
/// # Errors
/// As [`write()`].
pub fn snapshot<T, E: From<StoreError>>(
    db: &mut Db,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    let postgresql = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    within(db, "BEGIN", postgresql, work)
}

fn within<T, E: From<StoreError>>(
    db: &mut Db,
    sqlite: &str,
    postgresql: &str,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    let begun = match db {
        Db::Sqlite(connection) => AnsiTransactionManager::begin_transaction_sql(connection, sqlite),
        Db::PostgreSql(connection) => {
            AnsiTransactionManager::begin_transaction_sql(connection, postgresql)
        }
    };
    begun.map_err(StoreError::from)?;
    match work(db) {
        Ok(value) => {
            end(db, End::Commit).map_err(StoreError::from)?;
            Ok(value)
        }
        Err(error) => {
            // The first error says what happened. A connection that cannot roll back is broken,
            // and the pool does not take it back.
            if let Err(second) = end(db, End::RollBack) {
                tracing::warn!(error = %second, "a transaction could not be rolled back");
            }
            Err(error)
        }
    }
}

#[derive(Clone, Copy)]
enum End {
    Commit,
    RollBack,
}

fn end(db: &mut Db, end: End) -> Result<(), DieselError> {
    match (db, end) {
        (Db::Sqlite(connection), End::Commit) => {
            AnsiTransactionManager::commit_transaction(connection)
        }
        (Db::Sqlite(connection), End::RollBack) => {
            AnsiTransactionManager::rollback_transaction(connection)
        }
        (Db::PostgreSql(connection), End::Commit) => {
            AnsiTransactionManager::commit_transaction(connection)
        }
        (Db::PostgreSql(connection), End::RollBack) => {
            AnsiTransactionManager::rollback_transaction(connection)
        }
    }
}
