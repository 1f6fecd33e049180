//! Who received what, and when.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use domain::{Clock, SystemClock};

use crate::crowd::Witness;
use crate::upstream::{Content, Polls};

/// A frame is told apart by its location (their number) and its text.
type Received = HashMap<(usize, Bytes), Vec<i64>>;

/// All receipts, µs since 1970, by frame.
#[derive(Debug, Default)]
pub struct Tally(Mutex<Received>);

/// How long things took, µs, in rising order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delays(Vec<i64>);

/// What a stretch of time came to.
#[derive(Debug)]
pub struct Summary {
    /// Different frames.
    pub frames: usize,
    /// Receipts of all viewers.
    pub receipts: usize,
    /// What it would be if every viewer had received every frame of their location.
    pub expected: usize,
    /// From the first viewer's receipt of a frame to each viewer's.
    pub since_first: Delays,
    /// From SLMM's poll of the meter to each viewer's receipt, where the poll is known.
    pub since_poll: Delays,
}

/// µs since 1970.
pub fn now() -> i64 {
    SystemClock.now().as_microsecond()
}

impl Witness for Tally {
    fn receive(&self, _viewer: usize, location: usize, frame: Bytes) {
        let mut received = self.0.lock().expect("receipts");
        received.entry((location, frame)).or_default().push(now());
    }
}

impl Tally {
    /// What became of the frames whose first receipt is in this stretch of time, µs since 1970.
    /// Forgets everything.
    pub fn summary(&self, stretch: &Range<i64>, seated: &[usize], polls: &Polls) -> Summary {
        let received = std::mem::take(&mut *self.0.lock().expect("receipts"));
        let mut summary = Summary {
            frames: 0,
            receipts: 0,
            expected: 0,
            since_first: Delays::default(),
            since_poll: Delays::default(),
        };
        for ((location, text), receipts) in received {
            let Some(&first) = receipts.iter().min() else {
                continue;
            };
            if !stretch.contains(&first) {
                continue;
            }
            summary.frames += 1;
            summary.receipts += receipts.len();
            summary.expected += seated[location];
            summary.since_first.add(&receipts, first);
            if let Some(polled) = Content::of(&text).and_then(|content| polls.time_of(&content)) {
                summary.since_poll.add(&receipts, polled);
            }
        }
        summary.since_first.0.sort_unstable();
        summary.since_poll.0.sort_unstable();
        summary
    }
}

impl FromIterator<Duration> for Delays {
    fn from_iter<I: IntoIterator<Item = Duration>>(delays: I) -> Self {
        let micros = |delay: Duration| i64::try_from(delay.as_micros()).unwrap_or(i64::MAX);
        let mut delays: Vec<i64> = delays.into_iter().map(micros).collect();
        delays.sort_unstable();
        Self(delays)
    }
}

impl Delays {
    fn add(&mut self, receipts: &[i64], since: i64) {
        self.0
            .extend(receipts.iter().map(|receipt| receipt - since));
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The delay that this share of them did not exceed, ms; nothing where there are none.
    pub fn quantile_ms(&self, numerator: usize, denominator: usize) -> Option<f64> {
        let rank = (self.0.len() * numerator).div_ceil(denominator).max(1);
        let delay = *self.0.get(rank - 1)?;
        // Delays are far below 2^52 µs.
        #[expect(clippy::cast_precision_loss, reason = "delays are far below 2^52 µs")]
        Some(delay as f64 / 1000.0)
    }
}

impl fmt::Display for Delays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quantiles = [(1, 2), (99, 100), (999, 1000), (1, 1)];
        match quantiles.map(|(n, d)| self.quantile_ms(n, d)) {
            [Some(p50), Some(p99), Some(p999), Some(longest)] => write!(
                f,
                "p50 {p50:.1} ms, p99 {p99:.1} ms, p99.9 {p999:.1} ms, longest {longest:.1} ms, of {}",
                self.count()
            ),
            _ => write!(f, "none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_by_nearest_rank() {
        let delays = Delays((1..=200).map(|ms| ms * 1000).collect());
        assert_eq!(delays.quantile_ms(1, 2), Some(100.0));
        assert_eq!(delays.quantile_ms(99, 100), Some(198.0));
        assert_eq!(delays.quantile_ms(1, 1), Some(200.0));
        assert_eq!(Delays::default().quantile_ms(1, 2), None);
    }

    #[test]
    fn frames_that_began_outside_the_stretch_do_not_count() {
        let tally = Tally::default();
        let before = now();
        tally.receive(7, 0, Bytes::from_static(b"one"));
        tally.receive(7, 0, Bytes::from_static(b"one"));
        tally.receive(7, 1, Bytes::from_static(b"one"));
        let after = now() + 1;
        let all = tally.summary(&(before..after), &[3, 1], &Polls::default());
        assert_eq!((all.frames, all.receipts, all.expected), (2, 3, 4));
        tally.receive(7, 0, Bytes::from_static(b"two"));
        let none = tally.summary(&(before..before), &[3, 1], &Polls::default());
        assert_eq!((none.frames, none.receipts, none.expected), (0, 0, 0));
    }
}
