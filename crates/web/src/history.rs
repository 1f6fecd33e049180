//! What was recorded: in columns, ready for a plot, and the ranges of time to choose from.

use domain::{Decibel, Timestamp, TrailPoint};
use serde::Serialize;

/// The ranges to choose from, h.
const RANGES: [(f64, &str); 3] = [(1.0, "1 h"), (2.0, "2 h"), (24.0, "24 h")];

/// A range of time to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Range {
    /// As the query writes it.
    pub hours: String,
    /// Such as "2 h".
    pub label: &'static str,
    /// Whether it is the one that is shown.
    pub chosen: bool,
}

/// The ranges, with one of them chosen if it is among them.
pub fn ranges(hours: f64) -> Vec<Range> {
    let range = |(of, label): (f64, &'static str)| Range {
        hours: of.to_string(),
        label,
        chosen: (of - hours).abs() < f64::EPSILON,
    };
    RANGES.into_iter().map(range).collect()
}

/// So many hours before a moment.
pub fn hours_before(now: Timestamp, hours: f64) -> Timestamp {
    let span = std::time::Duration::try_from_secs_f64(hours * 3600.0).unwrap_or_default();
    now.checked_sub(span).unwrap_or(Timestamp::MIN)
}

/// What was recorded in the last hours, a column a quantity. Levels are dB with one decimal.
#[derive(Debug, Default, Serialize)]
pub struct HistoryView {
    hours: f64,
    /// Seconds since 1970, UTC.
    at: Vec<i64>,
    lp: Vec<Option<f64>>,
    leq: Vec<Option<f64>>,
    lmax: Vec<Option<f64>>,
    ln1: Vec<Option<f64>>,
    ln2: Vec<Option<f64>>,
    /// Said only where it is false: no meter in that time, or SLMM away.
    #[serde(skip_serializing_if = "Option::is_none")]
    available: Option<bool>,
}

impl HistoryView {
    /// The columns of a trail's points, oldest first; without a trail, empty columns that say so.
    pub fn new<'a>(hours: f64, points: Option<impl IntoIterator<Item = &'a TrailPoint>>) -> Self {
        let mut view = Self {
            hours,
            available: points.is_none().then_some(false),
            ..Self::default()
        };
        for point in points.into_iter().flatten() {
            let TrailPoint {
                at,
                lp,
                leq,
                lmax,
                ln1,
                ln2,
            } = *point;
            let level = |level: Option<Decibel>| level.map(Decibel::rounded);
            view.at.push(Timestamp::as_second(at));
            view.lp.push(level(lp));
            view.leq.push(level(leq));
            view.lmax.push(level(lmax));
            view.ln1.push(level(ln1));
            view.ln2.push(level(ln2));
        }
        view
    }
}
