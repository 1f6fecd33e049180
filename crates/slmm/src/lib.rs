//! The only way to the device layer.
//!
//! SLMM is a small service that talks to the meters, and it is easily overwhelmed: beyond about
//! fourteen requests and watched meters together it goes deaf for minutes. So this crate never
//! presses it. Few requests are in flight at once, each key (a meter's status, its rules, ...) has
//! one request at most, answers are kept for a moment and remembered for an hour, and what fails
//! is asked more and more seldom. Callers with something remembered hardly ever wait.
//!
//! A request's way: [`Slmm`] looks into the `cache`; what is missing or too old becomes a `Job`
//! for the `hub`, a thread of its own with the one HTTP client; the `desk` turns the reply into
//! domain values (`wire`), puts them where the next caller finds them, and tells the `breaker`.
//!
//! A meter that somebody watches has a `feed` besides: one socket to SLMM, however many watch, and
//! a limited number of them in all, since each weighs as much as a request that never ends.
//!
//! What SLMM sends is read here: its JSON does not leave this crate. Nothing here changes anything
//! at SLMM. What the firm's staff may ask and change stands in `slmm-operator`, which the public
//! portal does not link; it has its tools from [`plumbing`].

mod answer;
mod breaker;
mod cache;
mod config;
mod counters;
mod desk;
mod enquiry;
mod error;
mod event_list;
mod failure;
mod feed;
mod flight;
mod handle;
mod health;
mod http;
mod hub;
mod log;
pub mod plumbing;
#[cfg(any(test, fuzzing))]
pub mod properties;
mod query;
mod thread;
mod wire;

pub use answer::Answer;
pub use cache::MEMORY;
pub use config::Config;
pub use counters::Counters;
pub use error::SlmmError;
pub use event_list::{EventList, Seen};
pub use feed::{FeedCounters, FeedItem, FeedTimes, Watch};
pub use handle::Slmm;
pub use query::TrailSpan;
