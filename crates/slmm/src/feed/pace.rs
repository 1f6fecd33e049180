//! When the next item out of the status cache is due.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Sleep, sleep};

/// When the next item out of the status cache is due. Once due it stays so until it is put off, so
/// that what is interrupted is not forgotten.
#[derive(Debug)]
pub(super) struct Pace(Pin<Box<Sleep>>);

impl Pace {
    pub(super) fn due_now() -> Self {
        Self(Box::pin(sleep(Duration::ZERO)))
    }

    pub(super) fn put_off(&mut self, by: Duration) {
        self.0.set(sleep(by));
    }

    pub(super) async fn due(&mut self) {
        (&mut self.0).await;
    }
}
