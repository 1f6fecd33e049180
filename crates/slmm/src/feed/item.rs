//! What a watcher is told.

use domain::{MeterStatus, Timestamp};

/// How a watched meter stands. Only [`Live`](Self::Live) and [`Slow`](Self::Slow) carry a reading,
/// and nothing but a word of SLMM makes one of them: a connection that comes or goes does not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FeedItem {
    /// Nothing is known yet, or SLMM has no row of the meter. SLMM is asked again every 10 s.
    Waiting,
    /// What the meter said, about once a second: out of a frame or, until the first one comes, out
    /// of SLMM's row. It may be old, which its own time tells: SLMM begins with its last frame.
    Live(MeterStatus),
    /// What SLMM's row says, about every 5 s, while the meter has no feed: too many others are
    /// watched, or the feed broke.
    Slow(MeterStatus),
    /// SLMM cannot reach the meter.
    Offline {
        /// Since when, UTC.
        at: Timestamp,
    },
    /// SLMM has not said a word for five minutes, or the last [`Slmm`](crate::Slmm) was dropped.
    Lost,
}

impl FeedItem {
    /// The time of what it tells of the meter, if it tells anything.
    pub(super) fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Live(status) | Self::Slow(status) => status.reading.map(|reading| reading.at),
            Self::Offline { at } => Some(*at),
            Self::Waiting | Self::Lost => None,
        }
    }
}
