//! Hearing of what others commit.
//!
//! An open socket shows what a session was allowed when it was last checked. Whoever commits a
//! revocation is another process, often on another machine; so each process has one thread that
//! hears of commits, and wakes whoever has something to check anew. Nothing is asked per socket.

mod counters;
mod eye;
mod thread;

use std::convert::Infallible;
use std::fmt;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use tokio::sync::watch::{self, Receiver};

use self::counters::Tally;
pub use self::counters::WatchCounters;
use self::thread::Watcher;
use crate::database::{Database, DatabaseOptions};
use crate::error::StoreError;
use crate::url::DatabaseUrl;

/// How often those who wait are told to look for themselves, should the thread have died.
const WITHOUT_THREAD: Duration = Duration::from_secs(1);

impl Database {
    /// Tells of every change that is committed, by this process or another, to what the portal may
    /// show, and of every end of sessions of staff. The first call starts a thread with a connection of its own, which is one for all
    /// handles; it ends when the last [`Database`] and the last [`ChangeWatch`] have gone.
    ///
    /// A database that is away is no error: the thread tries until it is back, and then tells of a
    /// change.
    ///
    /// # Errors
    /// [`StoreError::Open`] when the system has no thread to give.
    pub fn watch_changes(&self) -> Result<ChangeWatch, StoreError> {
        let common = self.0.watch.common(&self.0.url, &self.0.options)?;
        let mut changes = common.changes.clone();
        changes.mark_unchanged();
        Ok(ChangeWatch { common, changes })
    }
}

/// Tells of changes to what the portal may show. Each clone tells of each change.
///
/// A change is told within [`DatabaseOptions::watch_every`] of its commit, and when it is told,
/// every check of a session ([`Database::check_session`]) sees it. Told is also what is only
/// suspected: when the watch begins or has lost its connection for a while. Not told is what the
/// portal itself writes: a counted guess, a used ticket, a visit, a report of its process.
#[derive(Clone)]
pub struct ChangeWatch {
    common: Arc<Common>,
    changes: Receiver<()>,
}

impl ChangeWatch {
    /// Waits for a change that this handle has not yet told of. Many at once are told as one; one
    /// that is committed after this has returned is told by the next call. A wait that is given
    /// up has missed nothing.
    pub async fn changed(&mut self) {
        if self.changes.changed().await.is_err() {
            // Only a fault of ours ends the thread before its handles. Revocations still count.
            tracing::error!("the thread that watches for changes is gone");
            tokio::time::sleep(WITHOUT_THREAD).await;
        }
    }

    /// What the watch has done so far, for all handles together.
    pub fn counters(&self) -> WatchCounters {
        self.common.tally.read()
    }
}

impl fmt::Debug for ChangeWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChangeWatch({:?})", self.counters())
    }
}

/// The watch that a database has, once somebody has asked for it.
#[derive(Default)]
pub(crate) struct WatchSlot(Mutex<Option<Arc<Common>>>);

impl WatchSlot {
    fn common(
        &self,
        url: &DatabaseUrl,
        options: &DatabaseOptions,
    ) -> Result<Arc<Common>, StoreError> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(common) = &*slot {
            return Ok(Arc::clone(common));
        }
        let (common, _thread) = start(url, options)?;
        Ok(Arc::clone(slot.insert(Arc::new(common))))
    }
}

/// What all handles of a watch have in common. The thread ends with it.
struct Common {
    changes: Receiver<()>,
    tally: Arc<Tally>,
    _alive: Sender<Infallible>,
}

fn start(
    url: &DatabaseUrl,
    options: &DatabaseOptions,
) -> Result<(Common, JoinHandle<()>), StoreError> {
    let (alive, handles) = channel();
    let (sender, changes) = watch::channel(());
    let tally = Arc::<Tally>::default();
    let watcher = Watcher::new(url.clone(), options.clone(), sender, Arc::clone(&tally));
    let thread = Builder::new()
        .name("change-watch".to_owned())
        .spawn(move || watcher.run(&handles))
        .map_err(|error| StoreError::Open {
            place: url.to_string(),
            reason: format!("no thread to watch it: {error}"),
        })?;
    let common = Common {
        changes,
        tally,
        _alive: alive,
    };
    Ok((common, thread))
}

#[cfg(test)]
mod tests {
    use domain::SystemClock;

    use super::*;

    /// However long it would have waited for its next look.
    #[tokio::test]
    async fn the_thread_ends_with_the_last_handle() {
        let folder = tempfile::tempdir().unwrap();
        let mut options = DatabaseOptions::new(Arc::new(SystemClock));
        options.watch_every = Duration::from_hours(24);
        let url = DatabaseUrl::sqlite(folder.path().join("terra-view.db"));
        let database = Database::open(&url, options.clone()).unwrap();
        database.migrate().unwrap();
        let (common, thread) = start(&url, &options).unwrap();
        let mut changes = common.changes.clone();
        changes.changed().await.unwrap();
        assert!(!thread.is_finished());
        drop(common);
        thread.join().unwrap();
        assert!(changes.changed().await.is_err());
    }
}
