//! Thousands of live viewers in one process, and what they saw of a running portal: for measuring.
//!
//! Build it with `--release`. A viewer takes a file descriptor here and one in the server: raise
//! `ulimit -n` for both. `MAX_STREAMS` and `MAX_STREAMS_PER_SESSION` must have room.

pub mod crowd;
pub mod metrics;
pub mod portal;
pub mod process;
pub mod regulars;
pub mod socket;
pub mod steady;
pub mod tally;
pub mod upstream;

pub use crowd::{Crowd, Fate, Group, Witness};
pub use metrics::Metrics;
pub use portal::{Portal, Session};
pub use process::Process;
pub use regulars::Regulars;
pub use steady::Steady;
pub use tally::{Delays, Tally};
pub use upstream::{Polls, Slmm};
