//! The thread that looks.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tokio::sync::watch::Sender;

use super::counters::Tally;
use super::eye::Eye;
use crate::database::DatabaseOptions;
use crate::error::StoreError;
use crate::url::DatabaseUrl;

/// The longest wait between two attempts to reach a database that is away.
const LONGEST_BACK_OFF: Duration = Duration::from_secs(2);

/// What the thread has. It holds no handle to the database, which would keep that alive.
pub(super) struct Watcher {
    url: DatabaseUrl,
    options: DatabaseOptions,
    changes: Sender<()>,
    tally: Arc<Tally>,
    eye: Option<Eye>,
    back_off: Duration,
    away: bool,
}

impl Watcher {
    pub(super) fn new(
        url: DatabaseUrl,
        mut options: DatabaseOptions,
        changes: Sender<()>,
        tally: Arc<Tally>,
    ) -> Self {
        options.watch_every = options.watch_every.max(Duration::from_millis(1));
        Self {
            url,
            back_off: options.watch_every,
            options,
            changes,
            tally,
            eye: None,
            away: false,
        }
    }

    /// Looks until nobody holds the other end of `handles`, and tells what it sees.
    pub(super) fn run(mut self, handles: &Receiver<Infallible>) {
        let mut wait = Duration::ZERO;
        while is_wanted(handles, wait) {
            wait = match self.look() {
                Ok(changed) => self.seen(changed),
                Err(error) => self.missed(&error),
            };
        }
    }

    fn look(&mut self) -> Result<bool, StoreError> {
        if let Some(eye) = &mut self.eye {
            return eye.look();
        }
        self.eye = Some(Eye::open(&self.url, &self.options)?);
        // What was committed while nobody looked is not known: it may be anything.
        Ok(true)
    }

    /// Tells what was seen. Answers how long to wait for the next look.
    fn seen(&mut self, changed: bool) -> Duration {
        if std::mem::take(&mut self.away) {
            tracing::info!("the database is watched for changes again");
        }
        self.tally.sight(true);
        if changed {
            self.tally.change();
            self.changes.send_replace(());
        }
        self.tally.look();
        self.back_off = self.options.watch_every;
        self.back_off
    }

    /// Gets over a look that failed. Answers how long to wait for the next.
    fn missed(&mut self, error: &StoreError) -> Duration {
        if self.eye.take().is_some() {
            self.tally.loss();
            tracing::debug!(%error, "the connection of the change watch broke");
            // Often that is all that broke: a new one may be had at once.
            return Duration::ZERO;
        }
        if !std::mem::replace(&mut self.away, true) {
            tracing::warn!(%error, "the database cannot be watched for changes");
        }
        self.tally.sight(false);
        self.tally.look();
        let wait = self.back_off;
        self.back_off = wait.saturating_mul(2).min(LONGEST_BACK_OFF);
        wait
    }
}

/// Waits; the wait ends early, and answers no, when the last handle goes.
fn is_wanted(handles: &Receiver<Infallible>, wait: Duration) -> bool {
    match handles.recv_timeout(wait) {
        Err(RecvTimeoutError::Timeout) => true,
        Err(RecvTimeoutError::Disconnected) => false,
        Ok(never) => match never {},
    }
}
