//! Why the device layer cannot be set up. (A request that fails is no error here: see `Answer`.)

use std::time::Duration;

/// What keeps the device layer from starting. Each says what would be right.
#[derive(Debug, thiserror::Error)]
pub enum SlmmError {
    /// The base URL is none.
    #[error(
        "SLMM's base URL {got:?} {wrong}; it is written http://host:port, perhaps with a path, such as http://127.0.0.1:8100"
    )]
    BaseUrl {
        /// What was given.
        got: String,
        /// What is wrong with it.
        wrong: &'static str,
    },
    /// The time-out is out of range.
    #[error("SLMM's time-out of {got:?} is out of range; it is from 10 ms to 60 s")]
    Timeout {
        /// What was given.
        got: Duration,
    },
    /// The number of requests is out of range.
    #[error(
        "{got} requests to SLMM at once is out of range; from 1 to 64 are allowed, 4 are right"
    )]
    MaxRequests {
        /// What was given.
        got: usize,
    },
    /// The number of feeds is out of range.
    #[error("{got} meters watched at once is out of range; from 1 to 256 are allowed, 8 are right")]
    MaxFeeds {
        /// What was given.
        got: usize,
    },
    /// The thread or its runtime could not be had.
    #[error("the thread that talks to SLMM could not be started")]
    Start(#[source] std::io::Error),
}
