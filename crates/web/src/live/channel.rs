//! The newest frame of one subject, and who waits for the next.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use bytes::Bytes;
use tokio::sync::Notify;

use super::frame::{CloseCode, TextFrame};

/// How many frames and beats there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Version {
    frames: u64,
    beats: u64,
}

/// What a channel has for a viewer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum News {
    /// A frame, and how many older ones the viewer missed.
    Frame { frame: Bytes, skipped: u64 },
    /// The channel is at its end.
    End(CloseCode),
    /// Nothing yet; the waker is kept.
    None,
}

/// The newest frame and the waiting viewers.
#[derive(Debug, Default)]
pub(super) struct Channel {
    state: Mutex<State>,
    /// Rings when the last viewer has left.
    deserted: Notify,
}

#[derive(Debug, Default)]
struct State {
    frame: Bytes,
    /// A sign of life for times without a frame. It never takes a frame's place.
    beat: Bytes,
    /// Counts both; 0 before the first frame.
    version: Version,
    end: Option<CloseCode>,
    /// One slot a viewer.
    waiting: Vec<Option<Waker>>,
    free: Vec<usize>,
}

impl Channel {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A slot for one more viewer.
    pub(super) fn enter(&self) -> usize {
        let mut state = self.state();
        state.free.pop().unwrap_or_else(|| {
            state.waiting.push(None);
            state.waiting.len() - 1
        })
    }

    /// Gives the slot back; true when nobody is left.
    pub(super) fn leave(&self, slot: usize) -> bool {
        let mut state = self.state();
        if let Some(waker) = state.waiting.get_mut(slot) {
            *waker = None;
            state.free.push(slot);
        }
        state.free.len() == state.waiting.len()
    }

    /// Lets the publisher know that nobody is left.
    pub(super) fn desert(&self) {
        self.deserted.notify_one();
    }

    /// What there is beyond `seen`, which is brought up to date; or the waker is kept. A viewer
    /// who is new or behind is given the newest frame, and beats only when up to date.
    pub(super) fn poll(&self, slot: usize, seen: &mut Version, waker: &Waker) -> News {
        let mut state = self.state();
        if let Some(code) = state.end {
            return News::End(code);
        }
        let before = std::mem::replace(seen, state.version);
        if state.version.frames > before.frames {
            // What was there before the viewer came was not missed.
            let skipped = match before.frames {
                0 => 0,
                frames => state.version.frames - frames - 1,
            };
            return News::Frame {
                frame: state.frame.clone(),
                skipped,
            };
        }
        if state.version.beats > before.beats {
            return News::Frame {
                frame: state.beat.clone(),
                skipped: 0,
            };
        }
        match state.waiting.get_mut(slot) {
            Some(Some(known)) => known.clone_from(waker),
            Some(empty) => *empty = Some(waker.clone()),
            None => {}
        }
        News::None
    }

    fn publish(&self, frame: TextFrame) {
        let mut state = self.state();
        state.frame = frame.0;
        state.version.frames += 1;
        wake(state);
    }

    fn beat(&self, beat: TextFrame) {
        let mut state = self.state();
        state.beat = beat.0;
        state.version.beats += 1;
        wake(state);
    }

    /// Whether nothing more will come.
    pub(super) fn has_ended(&self) -> bool {
        self.state().end.is_some()
    }

    /// Ends the channel; the first reason given counts.
    pub(super) fn end(&self, code: CloseCode) {
        let mut state = self.state();
        state.end.get_or_insert(code);
        wake(state);
    }
}

/// Wakes whoever waits, after the lock is given back: a woken viewer wants it at once.
fn wake(mut state: MutexGuard<'_, State>) {
    let woken: Vec<Waker> = state.waiting.iter_mut().filter_map(Option::take).collect();
    drop(state);
    woken.into_iter().for_each(Waker::wake);
}

/// The one who speaks on a channel. When it is dropped without a word of farewell, the viewers are
/// asked to try again later.
#[derive(Debug)]
pub struct Publisher {
    pub(super) channel: Arc<Channel>,
}

impl Publisher {
    /// Makes this the newest frame.
    pub fn publish(&self, frame: TextFrame) {
        self.channel.publish(frame);
    }

    /// Gives a sign of life to whoever has the newest frame already.
    pub fn beat(&self, beat: TextFrame) {
        self.channel.beat(beat);
    }

    /// Ends the channel for everybody on it.
    pub fn end(&self, code: CloseCode) {
        self.channel.end(code);
    }

    /// Resolves when the last viewer has left. The channel then is of no more use: whoever comes
    /// next opens another.
    pub async fn deserted(&self) {
        self.channel.deserted.notified().await;
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.channel.end(CloseCode::TryAgainLater);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;

    #[derive(Default)]
    struct Bell(AtomicUsize);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn frame(text: &str) -> TextFrame {
        TextFrame::new(text.to_owned())
    }

    #[test]
    fn a_slow_viewer_skips_to_the_newest_frame() {
        let channel = Channel::default();
        let bell = Arc::new(Bell::default());
        let waker = Waker::from(bell.clone());
        let (slot, mut seen) = (channel.enter(), Version::default());
        channel.publish(frame("before"));
        let first = channel.poll(slot, &mut seen, &waker);
        assert_eq!(
            first,
            News::Frame {
                frame: frame("before").0,
                skipped: 0
            }
        );
        assert_eq!(channel.poll(slot, &mut seen, &waker), News::None);
        for text in ["one", "two", "three"] {
            channel.publish(frame(text));
        }
        assert_eq!(
            bell.0.load(Ordering::Relaxed),
            1,
            "woken once, however much there is"
        );
        let next = channel.poll(slot, &mut seen, &waker);
        assert_eq!(
            next,
            News::Frame {
                frame: frame("three").0,
                skipped: 2
            }
        );
    }

    #[test]
    fn a_beat_never_takes_a_frames_place() {
        let channel = Channel::default();
        let waker = Waker::noop();
        channel.publish(frame("offline"));
        channel.beat(frame("beat"));
        let (slot, mut seen) = (channel.enter(), Version::default());
        let first = channel.poll(slot, &mut seen, waker);
        assert_eq!(
            first,
            News::Frame {
                frame: frame("offline").0,
                skipped: 0
            }
        );
        assert_eq!(
            channel.poll(slot, &mut seen, waker),
            News::None,
            "old beats are of no use"
        );
        channel.beat(frame("beat"));
        let next = channel.poll(slot, &mut seen, waker);
        assert_eq!(
            next,
            News::Frame {
                frame: frame("beat").0,
                skipped: 0
            }
        );
        channel.beat(frame("beat"));
        channel.publish(frame("back"));
        let next = channel.poll(slot, &mut seen, waker);
        assert_eq!(
            next,
            News::Frame {
                frame: frame("back").0,
                skipped: 0
            }
        );
        assert_eq!(channel.poll(slot, &mut seen, waker), News::None);
    }

    #[test]
    fn the_first_reason_to_end_counts() {
        let channel = Arc::new(Channel::default());
        let (slot, mut seen) = (channel.enter(), Version::default());
        let publisher = Publisher {
            channel: channel.clone(),
        };
        publisher.end(CloseCode::SessionEnded);
        drop(publisher);
        let waker = Waker::noop();
        assert_eq!(
            channel.poll(slot, &mut seen, waker),
            News::End(CloseCode::SessionEnded)
        );
    }

    #[test]
    fn a_publisher_that_falls_silent_ends_the_channel() {
        let channel = Arc::new(Channel::default());
        let (slot, mut seen) = (channel.enter(), Version::default());
        drop(Publisher {
            channel: channel.clone(),
        });
        let waker = Waker::noop();
        assert_eq!(
            channel.poll(slot, &mut seen, waker),
            News::End(CloseCode::TryAgainLater)
        );
    }

    #[test]
    fn slots_are_used_again() {
        let channel = Channel::default();
        let (first, second) = (channel.enter(), channel.enter());
        assert!(!channel.leave(first));
        assert_eq!(channel.enter(), first);
        assert!(!channel.leave(first));
        assert!(channel.leave(second));
    }
}
