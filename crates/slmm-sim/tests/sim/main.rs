//! The simulator against what was captured from the real SLMM.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic, that is how it speaks"
)]

mod capacity;
mod engine;
mod faults;
mod feed;
mod harness;
mod history;
mod meter;
mod rules;
mod shapes;
mod world;
