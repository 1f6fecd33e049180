//! Crowds of live viewers, and requests at a steady pace, for a running portal.

pub mod crowd;
pub mod metrics;
pub mod portal;
pub mod process;
pub mod regulars;
pub mod socket;
pub mod stages;
pub mod steady;
pub mod tally;
pub mod upstream;
