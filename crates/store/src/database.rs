//! The handle by which everything reaches the database.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use diesel::r2d2::R2D2Connection;
use domain::Clock;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::dialect::{self, Db, Role};
use crate::error::StoreError;
use crate::pool::{self, ConnectionPool};
use crate::reader;
use crate::schema_status::SchemaStatus;
use crate::scope::SharedSnapshots;
use crate::url::{DatabaseUrl, Place};
use crate::watch::WatchSlot;

/// How a database is used.
#[derive(Clone)]
pub struct DatabaseOptions {
    /// Where times come from.
    pub clock: Arc<dyn Clock>,
    /// The longest single wait: for a connection, for a lock, for a statement.
    pub patience: Duration,
    /// PostgreSQL connections of this process. SQLite has one writer, and a reader a thread.
    pub connections: u32,
    /// How often [`Database::watch_changes`] looks whether it was told of a change; on SQLite,
    /// whether anybody has committed anything, and if so whether it is a change.
    pub watch_every: Duration,
    /// How often it asks a PostgreSQL server all the same, should a notice have been lost.
    pub recheck_every: Duration,
}

impl DatabaseOptions {
    /// Waits of five seconds at most, eight connections, four looks for changes a second and a
    /// question every five seconds.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            patience: Duration::from_secs(5),
            connections: 8,
            watch_every: Duration::from_millis(250),
            recheck_every: Duration::from_secs(5),
        }
    }
}

/// A database. Cloning it clones the handle.
///
/// No method waits for longer than a few seconds ([`DatabaseOptions::patience`] for each wait):
/// then it answers [`StoreError::Busy`] or [`StoreError::Unreachable`].
#[derive(Clone)]
pub struct Database(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    /// Tells the databases of one process apart.
    pub(crate) number: u64,
    pub(crate) url: DatabaseUrl,
    pub(crate) options: DatabaseOptions,
    /// What PostgreSQL's readers share; SQLite's have theirs each.
    pub(crate) snapshots: SharedSnapshots,
    pub(crate) watch: WatchSlot,
    pool: ConnectionPool,
    permits: Arc<Semaphore>,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Database({})", self.0.url)
    }
}

impl Database {
    /// Opens the database, whatever the state of its schema. A SQLite file and its folder are
    /// created. It blocks for a moment: for the start of a program.
    ///
    /// # Errors
    /// [`StoreError::Open`] when there is no such server, or the file cannot be used.
    pub fn open(url: &DatabaseUrl, options: DatabaseOptions) -> Result<Self, StoreError> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let mut probe = dialect::connect(url, Role::Writer, options.patience)?;
        probe.ping()?;
        let size = match url.0 {
            // Writers of one process that take turns here need not poll for SQLite's lock.
            Place::Sqlite(_) => 1,
            Place::PostgreSql(_) => options.connections.max(1),
        };
        let permits = usize::try_from(size).unwrap_or(1);
        Ok(Self(Arc::new(Inner {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            url: url.clone(),
            snapshots: SharedSnapshots::default(),
            watch: WatchSlot::default(),
            pool: pool::build(url, size, options.patience, options.clock.clone()),
            permits: Arc::new(Semaphore::new(permits)),
            options,
        })))
    }

    /// Where the database is; printing it shows no password.
    pub fn url(&self) -> &DatabaseUrl {
        &self.0.url
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`StoreError`] when it gives none in time.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read(|db| Ok(db.ping()?)).await
    }

    /// Compares the database's schema with the one this program was built for. It blocks for a
    /// moment, and changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be asked.
    pub fn schema_status(&self) -> Result<SchemaStatus, StoreError> {
        let mut db = pool::take(&self.0.pool)?;
        SchemaStatus::of(&mut db)
    }

    /// The version of the engine, such as `3.50.4` of SQLite or `17.6` of PostgreSQL. It blocks for
    /// a moment.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be asked.
    pub fn engine_version(&self) -> Result<String, StoreError> {
        self.here(dialect::engine_version)
    }

    /// Applies the migrations that the database lacks, all or none, and answers their names. It
    /// blocks until they are done.
    ///
    /// # Errors
    /// [`StoreError::Migration`] for one that fails; [`StoreError::Busy`] when others keep the
    /// database.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let Inner { url, options, .. } = &*self.0;
        let mut db = dialect::connect(url, Role::Migrator, options.patience)?;
        dialect::migrate(&mut db)
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.0.url.0, Place::Sqlite(_))
    }

    /// A short indexed read: on SQLite here and now, on PostgreSQL on a thread that may block.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        if self.is_sqlite() {
            reader::with(&self.0, |reader| work(reader.db()))
        } else {
            self.on_a_thread(work).await
        }
    }

    /// A transaction that writes.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.on_a_thread(|db| dialect::write(db, work)).await
    }

    /// Runs with a pooled connection on a thread that may block. No more threads are taken than
    /// there are connections.
    pub(crate) async fn on_a_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = self.permit().await?;
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            let answer = pool::take(&inner.pool).and_then(|mut db| work(&mut db));
            drop(permit);
            answer
        })
        .await?
    }

    /// Runs with a pooled connection on this thread.
    pub(crate) fn here<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut db = pool::take(&self.0.pool)?;
        work(&mut db)
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        let permit = Arc::clone(&self.0.permits).acquire_owned();
        tokio::time::timeout(self.0.options.patience, permit)
            .await
            .ok()
            .and_then(Result::ok)
            .ok_or_else(|| StoreError::Busy("too many wait for a connection".to_owned()))
    }
}
