//! Connections that are kept.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use diesel::r2d2::{HandleError, ManageConnection, Pool, PooledConnection, R2D2Connection};
use domain::Clock;

use crate::dialect::{self, Db, Role};
use crate::error::StoreError;
use crate::url::{DatabaseUrl, Place};

/// A connection that answered this recently is believed to be alive. An older one is asked first,
/// which costs a round trip: the server may have been restarted meanwhile.
const BELIEVED_FOR: Duration = Duration::from_secs(1);

pub(crate) type ConnectionPool = Pool<Manager>;

/// Makes connections of the engine that the address names.
pub(crate) struct Manager {
    url: DatabaseUrl,
    patience: Duration,
    clock: Arc<dyn Clock>,
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
        let db = dialect::connect(&self.url, Role::Writer, self.patience)?;
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
    builder.build_unchecked(Manager {
        url: url.clone(),
        patience,
        clock,
    })
}

pub(crate) fn take(pool: &ConnectionPool) -> Result<PooledConnection<Manager>, StoreError> {
    pool.get().map_err(|error| {
        if pool.state().connections == 0 {
            StoreError::Unreachable(error.to_string())
        } else {
            StoreError::Busy("every connection is in use".to_owned())
        }
    })
}
