//! What the live sockets did.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts as it goes.
#[derive(Debug, Default)]
pub(super) struct LiveTally {
    pub(super) viewers: AtomicU64,
    pub(super) admitted: AtomicU64,
    pub(super) refused: AtomicU64,
    pub(super) frames: AtomicU64,
    pub(super) skipped: AtomicU64,
    pub(super) lost: AtomicU64,
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LiveCounters {
    /// Channels open now.
    pub channels: u64,
    /// Viewers now.
    pub viewers: u64,
    /// Viewers let in so far.
    pub admitted: u64,
    /// Viewers turned away for want of a place.
    pub refused: u64,
    /// Frames handed to viewers' sockets.
    pub frames: u64,
    /// Frames that slow viewers never got.
    pub skipped: u64,
    /// Viewers given up because nothing was heard of them.
    pub lost: u64,
}

impl LiveTally {
    pub(super) fn read(&self, channels: usize) -> LiveCounters {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        LiveCounters {
            channels: u64::try_from(channels).unwrap_or(u64::MAX),
            viewers: read(&self.viewers),
            admitted: read(&self.admitted),
            refused: read(&self.refused),
            frames: read(&self.frames),
            skipped: read(&self.skipped),
            lost: read(&self.lost),
        }
    }
}

pub(super) fn count(counter: &AtomicU64, by: u64) {
    counter.fetch_add(by, Ordering::Relaxed);
}
