//! What can be counted of the feeds.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts since the start. Each number is exact; together they are a snapshot of a moving thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeedCounters {
    /// Sockets to SLMM that are open now.
    pub open: u64,
    /// Sockets opened in all.
    pub opened: u64,
    /// Those of them that were opened in place of one that broke.
    pub reconnects: u64,
    /// Watchers now.
    pub watchers: u64,
    /// Meters that wait for a free feed now.
    pub waiting: u64,
    /// Frames that came, heartbeats among them.
    pub frames: u64,
    /// Those of the frames that made no sense and were skipped.
    pub garbage: u64,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) open: AtomicU64,
    pub(super) opened: AtomicU64,
    pub(super) reconnects: AtomicU64,
    pub(super) waiting: AtomicU64,
    pub(super) frames: AtomicU64,
    pub(super) garbage: AtomicU64,
}

/// Something that goes on now, for as long as this lives.
#[derive(Debug)]
pub(super) struct Ongoing<'a>(&'a AtomicU64);

impl Tally {
    pub(super) fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn begin(gauge: &AtomicU64) -> Ongoing<'_> {
        Self::count(gauge);
        Ongoing(gauge)
    }

    pub(super) fn read(&self, watchers: usize) -> FeedCounters {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        FeedCounters {
            open: of(&self.open),
            opened: of(&self.opened),
            reconnects: of(&self.reconnects),
            watchers: u64::try_from(watchers).unwrap_or(u64::MAX),
            waiting: of(&self.waiting),
            frames: of(&self.frames),
            garbage: of(&self.garbage),
        }
    }
}

impl Drop for Ongoing<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
