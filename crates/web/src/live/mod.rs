//! Live fan-out: one channel a subject, any number of viewers.
//!
//! A frame is encoded once; every viewer gets the same bytes. The newest frame is all that a
//! channel keeps, so a slow viewer skips to it, and whoever publishes never waits for anybody.
//! A viewer is the body of its own upgraded answer: no task, no queue of its own, no copy of the
//! frame until it is written to the socket. What the socket's small buffers hold is all that a
//! slow viewer can be behind.

mod channel;
mod counters;
mod frame;
mod hub;
mod viewer;
mod voice;

pub use channel::Publisher;
pub use counters::LiveCounters;
pub use frame::{CloseCode, TextFrame};
pub use hub::{Full, Hub, HubError, Key, LiveLimits, Place};
pub use viewer::{Handshake, ViewerTimes};
pub use voice::{REVIEW, Tells, Voice};
