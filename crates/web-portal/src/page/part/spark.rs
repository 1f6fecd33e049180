//! The sparkline: one quantity over the last hour, without axes.

use domain::{Decibel, Metric, Timestamp, Trail};
use serde::Serialize;

/// The drawing's size, as the template gives it to `viewBox`.
pub(crate) const SIZE: (f64, f64) = (92.0, 34.0);
/// Kept free above and below the line.
const PADDING: f64 = 3.0;
/// The least range shown, dB: a steady level is a flat line, not a drawing of its noise.
const LEAST_RANGE: f64 = 12.0;
/// From then on the line is broken, s; SLMM keeps a row a minute.
const GAP_S: f64 = 150.0;

/// A line within [`SIZE`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Spark {
    /// An SVG path; a gap is a move.
    pub(in crate::page) path: String,
    /// The height of the limit, where there is one to show.
    pub(in crate::page) limit: Option<String>,
}

impl Spark {
    /// Draws a quantity from `from` to `until`; `None` where fewer than two values are known.
    pub(crate) fn new(
        trail: &Trail,
        metric: Metric,
        limit: Option<f64>,
        (from, until): (Timestamp, Timestamp),
    ) -> Option<Self> {
        let known: Vec<(Timestamp, Decibel)> = trail
            .points
            .iter()
            .filter(|point| (from..=until).contains(&point.at))
            .filter_map(|point| Some((point.at, point.get(metric)?)))
            .collect();
        if known.len() < 2 {
            return None;
        }
        let (bottom, top) = range(known.iter().map(|(_, level)| level.db()).chain(limit));
        let (width, height) = SIZE;
        let whole = until.duration_since(from).as_secs_f64().max(1.0);
        let x = |at: Timestamp| at.duration_since(from).as_secs_f64() / whole * width;
        let y = |db: f64| PADDING + (top - db) / (top - bottom) * PADDING.mul_add(-2.0, height);
        let mut before: Option<Timestamp> = None;
        let strokes = known.into_iter().map(|(at, level)| {
            let is_gap =
                before.is_none_or(|before| at.duration_since(before).as_secs_f64() > GAP_S);
            before = Some(at);
            let pen = if is_gap { 'M' } else { 'L' };
            format!("{pen}{:.1} {:.1}", x(at), y(level.db()))
        });
        let path: String = strokes.collect();
        Some(Self {
            path,
            limit: limit.map(|limit| format!("{:.1}", y(limit))),
        })
    }
}

fn range(levels: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = levels.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), level| {
        (low.min(level), high.max(level))
    });
    let missing = (LEAST_RANGE - (high - low)).max(0.0);
    (low - missing / 2.0, high + missing / 2.0)
}
