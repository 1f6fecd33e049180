//! Connections that are kept.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::r2d2::{HandleError, ManageConnection, Pool, PooledConnection, R2D2Connection};
use domain::Clock;

use crate::dialect::{self, Db, Role};
use crate::error::StoreError;
use crate::url::{DatabaseUrl, Place};

/// A connection that answered this recently is believed to be alive. An older one is asked first,
/// which costs a round trip: the server may have been restarted meanwhile.
const BELIEVED_FOR: Duration = Duration::from_secs(1);

/// How often somebody who waits for a connection looks whether there is a server at all.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Connections that are kept, and whether any can be made.
pub(crate) struct ConnectionPool {
    pool: Pool<Manager>,
    patience: Duration,
    away: Arc<AtomicBool>,
}

/// Makes connections of the engine that the address names.
pub(crate) struct Manager {
    url: DatabaseUrl,
    patience: Duration,
    clock: Arc<dyn Clock>,
    /// Whether the last attempt at a connection failed.
    away: Arc<AtomicBool>,
}

/// A pooled connection, and when it was last handed out.
pub(crate) struct Kept {
    db: Db,
    used_at: Duration,
}

impl Deref for Kept {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

impl DerefMut for Kept {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.db
    }
}

impl ManageConnection for Manager {
    type Connection = Kept;
    type Error = StoreError;

    fn connect(&self) -> Result<Kept, StoreError> {
        let opened = dialect::connect(&self.url, Role::Writer, self.patience);
        self.away.store(opened.is_err(), Ordering::Relaxed);
        let db = opened?;
        let used_at = self.clock.elapsed();
        Ok(Kept { db, used_at })
    }

    fn is_valid(&self, kept: &mut Kept) -> Result<(), StoreError> {
        let now = self.clock.elapsed();
        if now.saturating_sub(kept.used_at) >= BELIEVED_FOR {
            kept.db.ping()?;
        }
        kept.used_at = now;
        Ok(())
    }

    fn has_broken(&self, kept: &mut Kept) -> bool {
        std::thread::panicking() || kept.db.is_broken()
    }
}

#[derive(Debug)]
struct Log;

impl HandleError<StoreError> for Log {
    fn handle_error(&self, error: StoreError) {
        tracing::warn!(%error, "no database connection");
    }
}

/// A pool that makes its connections when they are first wanted.
pub(crate) fn build(
    url: &DatabaseUrl,
    size: u32,
    patience: Duration,
    clock: Arc<dyn Clock>,
) -> ConnectionPool {
    let builder = Pool::builder()
        .max_size(size)
        .min_idle(Some(0))
        .connection_timeout(patience)
        .error_handler(Box::new(Log));
    // A file does not go away as a server does.
    let builder = match url.0 {
        Place::Sqlite(_) => builder
            .test_on_check_out(false)
            .idle_timeout(None)
            .max_lifetime(None),
        Place::PostgreSql(_) => builder,
    };
    let away = Arc::<AtomicBool>::default();
    let pool = builder.build_unchecked(Manager {
        url: url.clone(),
        patience,
        clock,
        away: Arc::clone(&away),
    });
    ConnectionPool {
        pool,
        patience,
        away,
    }
}

/// A connection, which is waited for. While the server is away, the last connection lost and no
/// new one to be had, nobody waits long: the pool goes on trying by itself.
pub(crate) fn take(from: &ConnectionPool) -> Result<PooledConnection<Manager>, StoreError> {
    let ConnectionPool {
        pool,
        patience,
        away,
    } = from;
    let mut waited = Duration::ZERO;
    loop {
        let wait = LOOK_EVERY.min(patience.saturating_sub(waited));
        match pool.get_timeout(wait) {
            Ok(connection) => return Ok(connection),
            Err(error) if away.load(Ordering::Relaxed) && pool.state().connections == 0 => {
                return Err(StoreError::Unreachable(error.to_string()));
            }
            Err(_none) if waited >= *patience => {
                return Err(StoreError::Busy("every connection is in use".to_owned()));
            }
            Err(_none) => waited += wait,
        }
    }
}
