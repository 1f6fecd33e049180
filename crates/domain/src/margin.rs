//! How far a location is from its limits.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::level::Decibel;
use crate::limit::{Comparison, Limit};
use crate::reading::{Levels, Metric};

/// A level held against a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin<'a> {
    /// The limit.
    pub limit: &'a Limit,
    /// What it watches.
    pub metric: Metric,
    /// The level of that.
    pub level: Decibel,
    /// How far the level is past the threshold on the side that breaks the limit, dB; negative
    /// while it keeps to the limit.
    pub over: f64,
}

impl<'a> Margin<'a> {
    /// Within so many dB a level is said to be near its limit.
    pub const NEAR: f64 = 3.0;

    /// Holds levels against a limit; `None` where the level is not known.
    pub fn of(limit: &'a Limit, levels: &Levels) -> Option<Self> {
        let metric = limit.metric?;
        let level = levels.get(metric)?;
        let over = match limit.comparison {
            Comparison::Above => level.db() - limit.threshold,
            Comparison::Below => limit.threshold - level.db(),
        };
        Some(Self {
            limit,
            metric,
            level,
            over,
        })
    }

    /// The limit that is broken first, or by most: the one with the least room left.
    pub fn tightest(limits: impl IntoIterator<Item = &'a Limit>, levels: &Levels) -> Option<Self> {
        limits
            .into_iter()
            .filter_map(|limit| Self::of(limit, levels))
            .max_by(|one, other| one.over.total_cmp(&other.over))
    }

    /// How far from the threshold, and on which side of it, dB: positive above it.
    pub fn above(&self) -> f64 {
        match self.limit.comparison {
            Comparison::Above => self.over,
            Comparison::Below => -self.over,
        }
    }

    /// Whether the level is within [`Self::NEAR`] of the limit, or past it.
    pub fn is_near(&self) -> bool {
        self.over >= -Self::NEAR
    }
}

/// Those limits that are in force at that moment and watch something, their hours being read in
/// `zone`.
pub fn in_force<'a>(
    limits: &'a [Limit],
    at: Timestamp,
    zone: &'a TimeZone,
) -> impl Iterator<Item = &'a Limit> {
    limits
        .iter()
        .filter(move |limit| limit.metric.is_some() && limit.in_force(at, zone))
}
