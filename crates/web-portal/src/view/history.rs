//! The trail, in columns ready for a plot.

use domain::{Trail, TrailPoint};
use serde::Serialize;

use super::level;

/// `GET /portal/api/location/{id}/history`.
#[derive(Debug, Default, Serialize)]
pub(crate) struct HistoryView {
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
    /// The columns of a trail; without one, empty columns that say so.
    pub(crate) fn new(hours: f64, trail: Option<&Trail>) -> Self {
        let Some(trail) = trail else {
            return Self {
                hours,
                available: Some(false),
                ..Self::default()
            };
        };
        let mut view = Self {
            hours,
            ..Self::default()
        };
        for point in &trail.points {
            let TrailPoint {
                at,
                lp,
                leq,
                lmax,
                ln1,
                ln2,
            } = *point;
            view.at.push(at.as_second());
            view.lp.push(level(lp));
            view.leq.push(level(leq));
            view.lmax.push(level(lmax));
            view.ln1.push(level(ln1));
            view.ln2.push(level(ln2));
        }
        view
    }
}
