//! The trail: a sample a minute, kept for a day.

use std::collections::VecDeque;

use domain::Timestamp;
use jiff::{SignedDuration, Span};
use serde::Deserialize;

use crate::meter::Meter;
use crate::snapshot::Snapshot;
use crate::sound::Sound;
use crate::times;

/// One row of the trail, as SLMM tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct TrailRow {
    /// When, UTC.
    #[serde(deserialize_with = "times::required")]
    pub at: Timestamp,
    /// The texts that the meter sent; `None` where it sent none.
    pub lp: Option<String>,
    /// As [`Self::lp`].
    pub leq: Option<String>,
    /// As [`Self::lp`].
    pub lmax: Option<String>,
    /// As [`Self::lp`].
    pub ln1: Option<String>,
    /// As [`Self::lp`].
    pub ln2: Option<String>,
}

impl TrailRow {
    fn of(snapshot: &Snapshot, at: Timestamp) -> Self {
        let named = snapshot.named();
        Self {
            at,
            lp: named.lp,
            leq: named.leq,
            lmax: named.lmax,
            ln1: named.ln1,
            ln2: named.ln2,
        }
    }
}

/// The day before the simulation began, from which the rows are made when somebody asks.
#[derive(Debug, Clone)]
pub(crate) struct Past {
    pub(crate) sound: Sound,
    /// The first second of the day, Unix time.
    pub(crate) from: i64,
    /// When the current measurement began, and when SLMM noticed.
    pub(crate) began: i64,
    /// As [`Self::began`].
    pub(crate) noticed: i64,
    /// The first second that is not past.
    pub(crate) to: i64,
}

impl Past {
    /// A row a minute: the measurement before, a gap, and the current one.
    fn rows(self) -> impl Iterator<Item = TrailRow> {
        let samples = |mut meter: Meter, from: i64, to: i64| {
            // Like the live samples these come as the idle cadence has it, between whole seconds.
            let times = Timestamp::from_second(from)
                .ok()
                .map(|from| from.series(Span::new().seconds(60).microseconds(240_170)));
            times
                .into_iter()
                .flatten()
                .take_while(move |at| at.as_second() < to)
                .map(move |at| TrailRow::of(&meter.say_of_old(at.as_second()), at))
        };
        let before = Meter::measuring(self.sound.clone(), self.from);
        let current = Meter::measuring(self.sound, self.began);
        samples(before, self.from, self.began).chain(samples(current, self.noticed, self.to))
    }
}

/// A unit's rows, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trail {
    past: Option<Past>,
    rows: VecDeque<TrailRow>,
    sampled_at: Option<Timestamp>,
}

impl Trail {
    pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(24);
    const SAMPLE_S: i64 = 60;

    /// A trail that reaches back into the past.
    pub(crate) fn after(past: Past) -> Self {
        Self {
            past: Some(past),
            ..Self::default()
        }
    }

    /// Adds a sample if the last is a minute old, and drops what is older than a day.
    pub(crate) fn sample(&mut self, snapshot: &Snapshot, at: Timestamp) {
        let is_due = |last: Timestamp| at.duration_since(last).as_secs() >= Self::SAMPLE_S;
        if self.sampled_at.is_none_or(is_due) {
            self.insert(TrailRow::of(snapshot, at));
            self.sampled_at = Some(at);
            self.forget_old();
        }
    }

    fn forget_old(&mut self) {
        if let Some(last) = self.sampled_at {
            self.rows
                .retain(|row| last.duration_since(row.at) <= Self::KEPT);
        }
    }

    /// SLMM forgets when it last sampled at a restart: an extra row follows.
    pub(crate) fn forget_sampling(&mut self) {
        self.sampled_at = None;
    }

    /// Puts a row in its place.
    pub(crate) fn insert(&mut self, row: TrailRow) {
        let place = self.rows.partition_point(|other| other.at <= row.at);
        self.rows.insert(place, row);
    }

    pub(crate) fn clear(&mut self) {
        self.past = None;
        self.rows.clear();
    }

    /// The rows from `from` on.
    pub(crate) fn since(&mut self, from: Timestamp) -> Vec<TrailRow> {
        if let Some(past) = self.past.take() {
            for row in past.rows().collect::<Vec<_>>() {
                self.insert(row);
            }
            self.forget_old();
        }
        let start = self.rows.partition_point(|row| row.at < from);
        self.rows.range(start..).cloned().collect()
    }
}
