//! Meters watched live: one socket to SLMM for each meter that has a watcher in this process.
//!
//! A watched meter is polled ten times as often as an idle one, over a cellular line that the firm
//! pays for, and holds one of the few database sessions that SLMM has. So a feed is open while
//! somebody watches and for a short linger, no meter has two, and there are never more than
//! [`Config::max_feeds`]: the meters beyond are served from the status cache.
//!
//! The `Board` has a `Post` for each watched meter, where its last item hangs. The `Exchange` runs
//! on SLMM's thread and gives each post a `Keeper`, which waits for a slot, opens the socket,
//! reads it greedily, and takes it down when the watchers have left.
//!
//! [`Config::max_feeds`]: crate::Config::max_feeds

mod board;
mod counters;
mod exchange;
mod item;
mod keeper;
mod pace;
mod post;
mod socket;
mod times;

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::config::Config;
use crate::enquiry::Enquiry;
use board::Board;
pub(crate) use board::Feeds;
pub use counters::FeedCounters;
pub(crate) use exchange::Exchange;
pub use item::FeedItem;
pub use post::Watch;
pub use times::FeedTimes;

/// The two sides of the board: the one watchers come to, and the one that serves it.
pub(crate) fn new(config: &Config, enquiry: &Enquiry) -> (Feeds, Exchange) {
    // Unbounded, but there is one message for each meter that begins to be watched.
    let (openings, opened) = mpsc::unbounded_channel();
    let board = Arc::new(Board::new(config));
    (
        Feeds::new(Arc::clone(&board), openings),
        Exchange::new(board, enquiry.clone(), opened),
    )
}
