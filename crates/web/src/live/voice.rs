//! What a publisher has said, and since when nothing.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Sleep, sleep};

use super::channel::Publisher;
use super::frame::TextFrame;

/// How soon after the last word of a meter it is looked at whether that word still holds.
pub const REVIEW: Duration = Duration::from_secs(5);

/// A frame as it goes out, with the state of its subject that it tells.
pub trait Tells {
    /// The state, by which it is known whether a frame says anything new.
    fn state(&self) -> &'static str;

    /// Encodes the frame, once for all viewers.
    fn encode(&self) -> TextFrame;
}

/// Speaks on a channel, and knows when a sign of life is due.
pub struct Voice<'a> {
    publisher: &'a Publisher,
    heartbeat: Duration,
    silence: Pin<Box<Sleep>>,
    state: Option<&'static str>,
}

impl<'a> Voice<'a> {
    /// A voice that has said nothing yet; a heartbeat is due after so much silence.
    pub fn new(publisher: &'a Publisher, heartbeat: Duration) -> Self {
        Self {
            publisher,
            heartbeat,
            silence: Box::pin(sleep(heartbeat)),
            state: None,
        }
    }

    /// The state told last; `None` before the first frame.
    pub fn state(&self) -> Option<&'static str> {
        self.state
    }

    /// Makes this the newest frame.
    pub fn say(&mut self, frame: &impl Tells) {
        self.state = Some(frame.state());
        self.publisher.publish(frame.encode());
        self.silence.set(sleep(self.heartbeat));
    }

    /// Gives a sign of life.
    pub fn beat(&mut self, frame: &impl Tells) {
        self.publisher.beat(frame.encode());
        self.silence.set(sleep(self.heartbeat));
    }

    /// Resolves when a sign of life is due.
    pub async fn silence(&mut self) {
        self.silence.as_mut().await;
    }
}
