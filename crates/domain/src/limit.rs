//! Alert limits: what a client is promised to be told of.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::level::Decibel;
use crate::names::vocabulary;
use crate::reading::Metric;
use crate::schedule::Schedule;

vocabulary! {
    /// Which side of the threshold breaks the limit.
    Comparison: "above, below" {
        /// Strictly above: 65.0 does not break a limit of 65.
        Above = "above",
        /// Strictly below.
        Below = "below",
    }
}

/// An alert rule as it concerns people: what is watched, against what, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// SLMM's id of the rule. Ids are used again after a deletion, so one alone identifies nothing.
    pub rule: i64,
    /// What the firm calls it.
    pub name: String,
    /// What is watched; `None` where SLMM stores a metric that does not exist (it never fires).
    pub metric: Option<Metric>,
    /// Which side breaks it.
    pub comparison: Comparison,
    /// The threshold, dB.
    pub threshold: f64,
    /// How long it must be broken before it counts, s.
    pub duration_s: i64,
    /// How far back past the threshold the level must come before it is over, dB.
    pub clear_margin: f64,
    /// When it is in force; `None` always.
    pub schedule: Option<Schedule>,
    /// Whether it is in force at all.
    pub enabled: bool,
}

impl Limit {
    /// Whether the limit is in force at that moment, its hours being read in `zone`.
    pub fn in_force(&self, at: Timestamp, zone: &TimeZone) -> bool {
        self.enabled
            && self
                .schedule
                .as_ref()
                .is_none_or(|hours| hours.contains(at, zone))
    }

    /// Whether the level has come back past the threshold by more than the clear margin.
    pub fn has_recovered(&self, level: Decibel) -> bool {
        match self.comparison {
            Comparison::Above => level.db() < self.threshold - self.clear_margin,
            Comparison::Below => level.db() > self.threshold + self.clear_margin,
        }
    }
}
