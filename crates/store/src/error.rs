//! What can go wrong with a database.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Why the database did not do what was asked. No variant means "not found": that is a result.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database could not be opened. The address is shown without its password.
    #[error("cannot open {place}: {reason}")]
    Open {
        /// The address.
        place: String,
        /// What the engine or the system said.
        reason: String,
    },
    /// Others kept the database, or every connection to it, for longer than we wait.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// There is no room for what was to be written; what is there can still be read.
    #[error("the database is full: {0}")]
    Full(String),
    /// The connection broke, or none could be made.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// A stored value is none that this program writes.
    #[error("{table} {id}: the stored {column} is not usable")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
        /// The column. Its value is not shown: it may be a secret.
        column: &'static str,
    },
    /// A migration failed; none of those that were to be applied took effect.
    #[error("migration: {0}")]
    Migration(String),
    /// The engine refused the statement.
    #[error("query: {0}")]
    Query(#[source] DieselError),
    /// The thread that spoke to the database is gone.
    #[error("the database thread ended: {0}")]
    Thread(#[from] tokio::task::JoinError),
}

impl StoreError {
    pub(crate) fn corrupt(table: &'static str, id: &str, column: &'static str) -> Self {
        Self::Corrupt {
            table,
            id: id.to_owned(),
            column,
        }
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(kind, information) = &error else {
            return Self::Query(error);
        };
        let message = information.message();
        match kind {
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                Self::Unreachable(message.to_owned())
            }
            DatabaseErrorKind::SerializationFailure => Self::Busy(message.to_owned()),
            // Diesel keeps neither SQLite's result code nor PostgreSQL's SQLSTATE.
            DatabaseErrorKind::Unknown if is_wait_that_ended(message) => {
                Self::Busy(message.to_owned())
            }
            DatabaseErrorKind::Unknown if is_want_of_room(message) => {
                Self::Full(message.to_owned())
            }
            _ => Self::Query(error),
        }
    }
}

/// SQLITE_FULL; PostgreSQL's 53100, in which the system's words stand.
fn is_want_of_room(message: &str) -> bool {
    ["database or disk is full", "No space left on device"]
        .iter()
        .any(|words| message.contains(words))
}

fn is_wait_that_ended(message: &str) -> bool {
    [
        "database is locked",
        "database table is locked",
        "due to lock timeout",
        "due to statement timeout",
        "deadlock detected",
    ]
    .iter()
    .any(|words| message.contains(words))
}
