//! What holds for whatever bytes come: called by `fuzz/`, and by the tests over its seeds.
//!
//! Each function panics where a promise is broken.
#![allow(
    clippy::missing_panics_doc,
    reason = "it is how a broken promise is told"
)]

mod schedule;
mod words;

pub use schedule::schedule;
pub use words::word;
