//! The inside, for `store-operator` and for nobody else.
//!
//! What is here reads and writes without a scope. The public portal must not name it; a test of
//! the workspace's boundaries looks for whoever does.

#[expect(
    missing_docs,
    reason = "diesel's macro documents what it makes, not what it is given"
)]
pub mod schema;

pub use crate::dialect::{Db, announce, management, serialise_key, snapshot, write};
pub use crate::scope::standing::{begun, standing};
pub use crate::times::{millis, time};

use crate::database::Database;
use crate::error::StoreError;

/// What diesel answers instead of rows.
pub type QueryError = diesel::result::Error;

/// The status of an assignment that is in force within its window.
pub const ASSIGNMENT_ACTIVE: &str = crate::scope::ACTIVE;
/// The status of an assignment that is over.
pub const ASSIGNMENT_COMPLETED: &str = "completed";

/// Runs a management transaction on this thread: none other runs meanwhile, and all of it takes
/// effect or nothing.
///
/// # Errors
/// What `work` answers, after everything was rolled back; [`StoreError`] from the engine.
pub fn manage<T, E: From<StoreError>>(
    database: &Database,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    database.here(|db| management(db, work))
}

/// Runs unscoped reads on this thread.
///
/// # Errors
/// What `work` answers; [`StoreError`] from the engine.
pub fn read<T, E: From<StoreError>>(
    database: &Database,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    database.here(work)
}

/// Runs a short indexed read for which nobody waits in line: on SQLite here and now, by this thread's
/// own reader; on PostgreSQL on a thread that may block. For what every request asks.
///
/// # Errors
/// What `work` answers; [`StoreError`] from the engine.
pub async fn look<T: Send + 'static>(
    database: &Database,
    work: impl FnOnce(&mut Db) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    database.read(work).await
}

/// Runs a transaction that writes on this thread. Others may run meanwhile: whoever counts on what
/// was read takes turns by [`serialise_key`].
///
/// # Errors
/// What `work` answers, after everything was rolled back; [`StoreError`] from the engine.
pub fn write_here<T, E: From<StoreError>>(
    database: &Database,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    database.here(|db| write(db, work))
}

/// Runs unscoped reads on this thread that see one and the same state of the database.
///
/// # Errors
/// As [`read()`].
pub fn read_snapshot<T, E: From<StoreError>>(
    database: &Database,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    database.here(|db| snapshot(db, work))
}
