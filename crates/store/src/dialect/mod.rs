//! Everything that differs between SQLite and PostgreSQL.
//!
//! Queries are written once, for [`Db`]. What cannot be said for both at once is said here.

mod connect;
mod copy;
mod locks;
mod notices;
mod schema_version;
mod transaction;

use diesel::{MultiConnection, PgConnection, SqliteConnection};

pub(crate) use connect::{Role, connect};
pub(crate) use copy::copy_into;
pub use locks::serialise_key;
pub(crate) use locks::{data_version, engine_version, prune_failures};
pub use notices::announce;
pub(crate) use notices::{listen, mark, may_see_accounts, sqlite_mark, take_notices};
pub(crate) use schema_version::{applied_versions, known_migrations, migrate};
pub use transaction::{management, snapshot, write};

/// A connection to either engine. Queries take `&mut Db`.
#[derive(MultiConnection)]
pub enum Db {
    /// To PostgreSQL.
    PostgreSql(PgConnection),
    /// To SQLite.
    Sqlite(SqliteConnection),
}

/// One expression, compiled once for each engine: for what diesel cannot say for both at once,
/// such as an upsert.
macro_rules! both_engines {
    ($db:expr, $connection:ident => $expression:expr) => {
        match $db {
            $crate::dialect::Db::PostgreSql($connection) => $expression,
            $crate::dialect::Db::Sqlite($connection) => $expression,
        }
    };
}
pub(crate) use both_engines;
