//! A clock that runs like a wall clock until it is told to stand.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use domain::{Clock, SystemClock};
use testkit::ManualClock;

const STEP: Duration = Duration::from_millis(50);

/// Moves a manual clock as real time passes. Dropping it stops that.
pub(crate) struct Flow {
    flows: Arc<AtomicBool>,
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Flow {
    pub(crate) fn of(clock: Arc<ManualClock>) -> Self {
        let flows = Arc::new(AtomicBool::new(true));
        let (stop, stopped) = mpsc::channel();
        let switch = flows.clone();
        let thread = std::thread::spawn(move || {
            let mut before = SystemClock.elapsed();
            while stopped.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
                let now = SystemClock.elapsed();
                if switch.load(Ordering::Relaxed) {
                    clock.advance(now.saturating_sub(before));
                }
                before = now;
            }
        });
        Self {
            flows,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub(crate) fn set(&self, flows: bool) {
        self.flows.store(flows, Ordering::Relaxed);
    }
}

impl Drop for Flow {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the clock's thread ends well");
        }
    }
}
