//! The database: SQLite or PostgreSQL, one set of queries.
//!
//! Everything that the portal may read of a project is reached through a [`ProjectScope`], which
//! only [`Database::check_session`] makes. Beside that stands what the gate needs before there is
//! a session: links, lockouts, preview tickets.

mod backup;
mod database;
mod dialect;
mod error;
mod gate;
pub mod internal;
mod lockout;
mod pool;
mod process;
mod reader;
mod schema_status;
pub mod scope;
mod tickets;
mod times;
mod url;
mod watch;

pub use backup::BackupError;
pub use database::{Database, DatabaseOptions};
pub use error::StoreError;
pub use gate::Gate;
pub use process::{ProcessReport, Watching};
pub use schema_status::SchemaStatus;
pub use scope::{Location, ProjectEdition, ProjectKey, ProjectScope, SessionCheck, Stay};
pub use url::{DatabaseUrl, DatabaseUrlError};
pub use watch::{ChangeWatch, WatchCounters};
