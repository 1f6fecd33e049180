//! SLMM's monitor of a unit: one poll loop, fanned out to its subscribers.

use bytestring::ByteString;
use domain::Timestamp;
use jiff::SignedDuration;
use tokio::sync::mpsc::Sender;

use crate::snapshot::Snapshot;

/// A frame as it is kept for the next subscriber.
#[derive(Debug, Clone)]
pub(crate) enum Frame {
    /// What the meter said.
    Data {
        at: Timestamp,
        state: String,
        start: Option<Timestamp>,
        snapshot: Box<Snapshot>,
    },
    /// The meter was lost.
    Unreachable { at: Timestamp },
    /// Something put in by hand.
    Text(ByteString),
}

/// A loop that polls one unit, registered or not.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches, as SLMM tells them"
)]
pub(crate) struct Monitor {
    pub(crate) running: bool,
    pub(crate) keepalive: bool,
    pub(crate) reachable: bool,
    pub(crate) failures: u32,
    pub(crate) due: Timestamp,
    /// The silent meter is being waited for; the poll fails when it is due next.
    pub(crate) waiting: bool,
    /// The loop hangs, as in a long back-off.
    pub(crate) stalled: bool,
    pub(crate) last: Option<Frame>,
    pub(crate) sent_at: Timestamp,
    /// The run state, asked for every 30 s.
    pub(crate) state: Option<(String, Timestamp)>,
    pub(crate) subscribers: Vec<(u64, Sender<ByteString>)>,
}

impl Monitor {
    pub(crate) const STATE_REFRESH: SignedDuration = SignedDuration::from_secs(30);
    pub(crate) const HEARTBEAT: SignedDuration = SignedDuration::from_secs(25);
    pub(crate) const TIME_OUT: SignedDuration = SignedDuration::from_millis(8_500);
    const WATCHED: SignedDuration = SignedDuration::from_millis(1_040);
    const IDLE: SignedDuration = SignedDuration::from_millis(10_040);
    const STATE_QUERY: SignedDuration = SignedDuration::from_millis(1_030);
    const BACK_OFF_WATCHED_S: i64 = 5;
    const BACK_OFF_S: i64 = 60;

    /// A monitor that does not run yet.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            running: false,
            keepalive: false,
            reachable: true,
            failures: 0,
            due: now,
            waiting: false,
            stalled: false,
            last: None,
            sent_at: now,
            state: None,
            subscribers: Vec::new(),
        }
    }

    /// Starts the loop if it does not run. It polls at once then, and only then.
    pub(crate) fn ensure_running(&mut self, now: Timestamp) {
        if !self.running {
            self.running = true;
            self.due = now;
            self.sent_at = now;
        }
    }

    pub(crate) fn is_wanted(&self) -> bool {
        self.keepalive || !self.subscribers.is_empty()
    }

    pub(crate) fn mode(&self) -> &'static str {
        match (self.failures, self.subscribers.is_empty()) {
            (1.., _) => "backoff",
            (0, false) => "watched",
            (0, true) => "idle",
        }
    }

    /// How long after a poll the next one is: doubling up to a minute after failures, 5 s while
    /// watched; a poll that also asks for the run state takes a second more.
    pub(crate) fn pause(&self, at: Timestamp) -> SignedDuration {
        let watched = !self.subscribers.is_empty();
        if self.failures > 0 {
            let longest = if watched {
                Self::BACK_OFF_WATCHED_S
            } else {
                Self::BACK_OFF_S
            };
            let doubled = 1_i64 << (self.failures - 1).min(6);
            return SignedDuration::from_secs(doubled.min(longest));
        }
        let pause = if watched { Self::WATCHED } else { Self::IDLE };
        let asks_state =
            |asked: Timestamp| (at + pause).duration_since(asked) >= Self::STATE_REFRESH;
        if self
            .state
            .as_ref()
            .is_none_or(|(_, asked)| asks_state(*asked))
        {
            pause + Self::STATE_QUERY
        } else {
            pause
        }
    }

    /// Offers a frame to each subscriber. SLMM's queues hold five and lose the newest.
    pub(crate) fn offer(&mut self, frame: &ByteString) {
        self.subscribers.retain(|(_, queue)| {
            !matches!(
                queue.try_send(frame.clone()),
                Err(tokio::sync::mpsc::error::TrySendError::Closed(_))
            )
        });
    }
}
