//! What tests need and nobody ships: time and chance that obey, and fresh databases.

pub mod clock;
pub mod random;

pub use clock::ManualClock;
pub use random::SeededRandom;
