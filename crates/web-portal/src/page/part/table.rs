//! The history as a table: one recorded row for each step of the clock. Nothing is averaged.

use domain::{Metric, TimeZone, Timestamp, Trail, TrailPoint};
use serde::Serialize;

use super::symbol::{Symbol, Symbols};
use web::when::When;

/// The quantities of the trail, in the order of the chart's key.
pub(crate) const SERIES: [Metric; 5] = [
    Metric::Lp,
    Metric::Leq,
    Metric::Ln1,
    Metric::Ln2,
    Metric::Lmax,
];

/// A table of levels.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LevelTable {
    pub(in crate::page) symbols: Vec<Symbol>,
    /// Newest first.
    pub(in crate::page) rows: Vec<LevelRow>,
    /// "10 minutes".
    pub(in crate::page) step: &'static str,
}

/// The last row recorded within one step.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LevelRow {
    pub(in crate::page) at: When,
    /// dB with one decimal, in the order of the symbols; `None` where there is none.
    pub(in crate::page) values: Vec<Option<String>>,
    /// Whether nothing was recorded in this step.
    pub(in crate::page) is_gap: bool,
}

impl LevelTable {
    /// The table of the last `hours` before `now`; `None` where nothing is recorded.
    pub(crate) fn new(
        trail: &Trail,
        hours: f64,
        symbols: Symbols<'_>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Option<Self> {
        let (step_s, step) = step(hours);
        let newest = now.as_second().div_euclid(step_s) * step_s;
        let oldest = trail.points.first()?.at.as_second();
        let ends = std::iter::successors(Some(newest + step_s), |end| Some(end - step_s))
            .take_while(|end| *end > oldest);
        let row = |end: i64| {
            let from = end - step_s;
            let within = |point: &&TrailPoint| (from..end).contains(&point.at.as_second());
            let point = trail.points.iter().rev().find(within);
            let at = point.map_or_else(
                || Timestamp::from_second(from).unwrap_or(now),
                |point| point.at,
            );
            LevelRow {
                at: When::near(at, zone, now),
                values: SERIES
                    .iter()
                    .map(|metric| Some(point?.get(*metric)?.to_string()))
                    .collect(),
                is_gap: point.is_none(),
            }
        };
        let mut rows: Vec<LevelRow> = ends.map(row).collect();
        // Of the step that has just begun there may be nothing yet.
        if rows.first().is_some_and(|newest| newest.is_gap) {
            rows.remove(0);
        }
        Some(Self {
            symbols: SERIES.iter().map(|metric| symbols.of(*metric)).collect(),
            rows,
            step,
        })
    }
}

/// How far apart the rows are, s and in words: a dozen or two of them, whatever the range.
fn step(hours: f64) -> (i64, &'static str) {
    if hours <= 1.0 {
        (300, "5 minutes")
    } else if hours <= 4.0 {
        (600, "10 minutes")
    } else {
        (3600, "hour")
    }
}
