//! What tests need and nobody ships: time and chance that obey, and fresh databases.

pub mod build;
pub mod clock;
pub mod database;
pub mod engine;
pub mod random;

pub use build::{Site, TestPortal, at, cheap_hash, unit_id};
pub use clock::ManualClock;
pub use database::{RawConnection, TestDatabase};
pub use engine::{Engine, OnEngine};
pub use random::SeededRandom;
