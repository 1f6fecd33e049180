//! How a connection is made and set up.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};

use super::Db;
use crate::error::StoreError;
use crate::url::{DatabaseUrl, Place};

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reads and writes.
    Writer,
    /// Reads on the thread that asks; SQLite refuses it every write.
    Reader,
    /// Changes the schema: takes its time, and checks foreign keys once at the end.
    Migrator,
}

/// How long a reader on a server's own thread waits for SQLite. Under WAL a reader waits for
/// nothing but recovery after a crash.
const READER_PATIENCE: Duration = Duration::from_millis(250);

/// Opens a connection that waits for nothing longer than `patience`.
pub(crate) fn connect(url: &DatabaseUrl, role: Role, patience: Duration) -> Result<Db, StoreError> {
    let opened = match &url.0 {
        Place::Sqlite(path) => sqlite(path, role, patience).map(Db::Sqlite),
        Place::PostgreSql(address) => postgresql(address, role, patience).map(Db::PostgreSql),
    };
    opened.map_err(|reason| StoreError::Open {
        place: url.to_string(),
        reason,
    })
}

fn sqlite(path: &Path, role: Role, patience: Duration) -> Result<SqliteConnection, String> {
    // An absolute path is never taken for a URI, whatever the file is called.
    let path = std::path::absolute(path).map_err(|error| error.to_string())?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("folder {}: {error}", folder.display()))?;
    }
    make_private(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let path = path.to_str().ok_or("the path is not UTF-8")?;
    let mut connection = SqliteConnection::establish(path).map_err(|error| error.to_string())?;
    connection
        .batch_execute(&sqlite_settings(role, patience))
        .map_err(|error| error.to_string())?;
    Ok(connection)
}

/// A database that is not there yet is made for its owner alone; SQLite gives the files beside it the
/// same rights. One that is there keeps the rights it was given.
fn make_private(path: &Path) -> std::io::Result<()> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn sqlite_settings(role: Role, patience: Duration) -> String {
    let (patience, writes) = match role {
        Role::Writer => (patience, "PRAGMA foreign_keys=ON;"),
        // Rebuilding a table, as SQLite's ALTER TABLE asks for, drops what others refer to.
        Role::Migrator => (patience, "PRAGMA foreign_keys=OFF;"),
        Role::Reader => (READER_PATIENCE.min(patience), "PRAGMA query_only=ON;"),
    };
    // The timeout comes first: the switch to WAL has to wait its turn too.
    format!(
        "PRAGMA busy_timeout={}; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {writes} \
         PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;",
        patience.as_millis()
    )
}

fn postgresql(address: &str, role: Role, patience: Duration) -> Result<PgConnection, String> {
    let mut connection = PgConnection::establish(&with_timeouts(address, patience))
        .map_err(|error| error.to_string())?;
    let millis = patience.as_millis();
    let settings = match role {
        Role::Writer | Role::Reader => {
            format!("SET statement_timeout={millis}; SET lock_timeout={millis};")
        }
        Role::Migrator => "SET statement_timeout=0; SET lock_timeout='1min';".to_owned(),
    };
    connection
        .batch_execute(&settings)
        .map_err(|error| error.to_string())?;
    Ok(connection)
}

/// Bounds what libpq does before and beneath a statement, unless the URL says otherwise.
fn with_timeouts(address: &str, patience: Duration) -> String {
    // libpq takes whole seconds, at least two.
    let connect = patience.as_secs().max(2).to_string();
    let unacknowledged = patience.as_millis().to_string();
    let settings = [
        ("connect_timeout", connect.as_str()),
        ("tcp_user_timeout", unacknowledged.as_str()),
        ("application_name", "terra-view"),
    ];
    let mut address = address.to_owned();
    for (name, value) in settings {
        if !address.contains(&format!("{name}=")) {
            let joint = if address.contains('?') { "&" } else { "?" };
            address = [&address, joint, name, "=", value].concat();
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_bounded_unless_the_url_says_otherwise() {
        let patience = Duration::from_millis(1500);
        assert_eq!(
            with_timeouts("postgres://h/d", patience),
            "postgres://h/d?connect_timeout=2&tcp_user_timeout=1500&application_name=terra-view"
        );
        assert_eq!(
            with_timeouts(
                "postgres://h/d?connect_timeout=9&tcp_user_timeout=1",
                patience
            ),
            "postgres://h/d?connect_timeout=9&tcp_user_timeout=1&application_name=terra-view"
        );
    }
}
