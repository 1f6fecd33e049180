//! What a meter says: its levels at a moment, and how it is.

use jiff::Timestamp;

use crate::level::Decibel;
use crate::names::vocabulary;

vocabulary! {
    /// A quantity that a meter shows and a limit can watch.
    Metric: "lp, leq, lmax, lmin, lpeak, ln1, ln2" {
        /// Instantaneous (time-weighted) level.
        Lp = "lp",
        /// Energy-average level since the measurement began.
        Leq = "leq",
        /// Highest time-weighted level since the measurement began.
        Lmax = "lmax",
        /// Lowest time-weighted level since the measurement began.
        Lmin = "lmin",
        /// Highest peak since the measurement began.
        Lpeak = "lpeak",
        /// Level exceeded for the meter's first percentile of the measurement.
        Ln1 = "ln1",
        /// Level exceeded for the meter's second percentile of the measurement.
        Ln2 = "ln2",
    }
}

impl Metric {
    /// Whether the value sums up the measurement so far, rather than this moment.
    pub fn is_running(self) -> bool {
        self != Self::Lp
    }
}

/// The levels of one snapshot, dB; `None` where the meter had no value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Levels {
    /// Instantaneous level.
    pub lp: Option<Decibel>,
    /// Energy average of the measurement.
    pub leq: Option<Decibel>,
    /// Highest level of the measurement.
    pub lmax: Option<Decibel>,
    /// Lowest level of the measurement.
    pub lmin: Option<Decibel>,
    /// Highest peak of the measurement.
    pub lpeak: Option<Decibel>,
    /// First percentile of the measurement.
    pub ln1: Option<Decibel>,
    /// Second percentile of the measurement.
    pub ln2: Option<Decibel>,
}

impl Levels {
    /// The value of one metric.
    pub fn get(&self, metric: Metric) -> Option<Decibel> {
        match metric {
            Metric::Lp => self.lp,
            Metric::Leq => self.leq,
            Metric::Lmax => self.lmax,
            Metric::Lmin => self.lmin,
            Metric::Lpeak => self.lpeak,
            Metric::Ln1 => self.ln1,
            Metric::Ln2 => self.ln2,
        }
    }

    /// Whether no metric has a value.
    pub fn is_empty(&self) -> bool {
        Metric::ALL.iter().all(|metric| self.get(*metric).is_none())
    }

    /// Only what is true of this moment alone, without anything summed up since a start.
    #[must_use]
    pub fn without_running(&self) -> Self {
        Self {
            lp: self.lp,
            ..Self::default()
        }
    }
}

/// One snapshot of a meter's levels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// When the meter said so, UTC.
    pub at: Timestamp,
    /// What it said.
    pub levels: Levels,
}

/// Whether the meter is measuring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// SLMM says `Start` or `Measure`.
    Measuring,
    /// SLMM says `Stop`.
    Stopped,
    /// SLMM says anything else.
    Unknown,
}

impl RunState {
    /// Reads SLMM's `measurement_state`.
    pub fn from_slmm(text: &str) -> Self {
        match text {
            "Start" | "Measure" => Self::Measuring,
            "Stop" => Self::Stopped,
            _ => Self::Unknown,
        }
    }
}

/// What SLMM knows of a meter, cleaned of everything that is not its sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeterStatus {
    /// Whether it measures.
    pub run: RunState,
    /// When SLMM noticed that the measurement began, UTC; `None` while stopped or unsaid.
    pub measuring_since: Option<Timestamp>,
    /// The last snapshot; `None` where SLMM has never had one.
    pub reading: Option<Reading>,
    /// Whether SLMM reaches the meter, as far as can be told.
    pub reachable: bool,
}
