//! What a watch has done so far.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What the watch of a database has done since it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchCounters {
    /// Looks at the database, those included that could not be had.
    pub looks: u64,
    /// Changes told, those included that are only suspected.
    pub changes: u64,
    /// Connections that broke.
    pub losses: u64,
    /// Whether the last look succeeded. While it did not, nothing is told.
    pub in_sight: bool,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    looks: AtomicU64,
    changes: AtomicU64,
    losses: AtomicU64,
    in_sight: AtomicBool,
}

impl Tally {
    pub(super) fn sight(&self, succeeded: bool) {
        self.in_sight.store(succeeded, Ordering::Relaxed);
    }

    /// Counts a look that is over: who reads this number sees all that came of the look.
    pub(super) fn look(&self) {
        self.looks.fetch_add(1, Ordering::Release);
    }

    pub(super) fn change(&self) {
        self.changes.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn loss(&self) {
        self.losses.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn read(&self) -> WatchCounters {
        WatchCounters {
            looks: self.looks.load(Ordering::Acquire),
            changes: self.changes.load(Ordering::Relaxed),
            losses: self.losses.load(Ordering::Relaxed),
            in_sight: self.in_sight.load(Ordering::Relaxed),
        }
    }
}
