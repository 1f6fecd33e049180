//! A location's recent history, stitched from the stays of its meters.

use jiff::Timestamp;

use crate::level::Decibel;
use crate::tenure::Tenure;

/// One row of SLMM's trail: about one a minute, dB. `lp` is one instant; the others run since the
/// measurement's start and are no levels of that minute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrailPoint {
    /// When, UTC.
    pub at: Timestamp,
    /// Instantaneous level.
    pub lp: Option<Decibel>,
    /// Energy average so far.
    pub leq: Option<Decibel>,
    /// Highest level so far.
    pub lmax: Option<Decibel>,
    /// First percentile so far.
    pub ln1: Option<Decibel>,
    /// Second percentile so far.
    pub ln2: Option<Decibel>,
}

impl TrailPoint {
    fn without_running(self) -> Self {
        Self {
            leq: None,
            lmax: None,
            ln1: None,
            ln2: None,
            ..self
        }
    }
}

/// A location's history, oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trail {
    /// The points, by time, each moment once.
    pub points: Vec<TrailPoint>,
}

impl Trail {
    /// Stitches the trails of a location's meters, each clipped to the meter's stay.
    ///
    /// `parts` are a stay, the start of the meter's *current* measurement where known, and its
    /// trail oldest first. A point outside its stay is dropped; running values that may hold the
    /// sound of another location are withheld.
    pub fn stitch<'a>(
        parts: impl IntoIterator<Item = (&'a Tenure, Option<Timestamp>, &'a [TrailPoint])>,
    ) -> Self {
        let mut points: Vec<TrailPoint> = parts
            .into_iter()
            .flat_map(|(tenure, began, trail)| clip(tenure, began, trail))
            .collect();
        points.sort_by_key(|point| point.at);
        points.dedup_by_key(|point| point.at);
        Self { points }
    }

    /// Drops what is older than `from`.
    #[must_use]
    pub fn since(mut self, from: Timestamp) -> Self {
        self.points.retain(|point| point.at >= from);
        self
    }
}

fn clip(tenure: &Tenure, began: Option<Timestamp>, trail: &[TrailPoint]) -> Vec<TrailPoint> {
    let restarted = restart_within(tenure, trail);
    trail
        .iter()
        .filter(|point| tenure.window.contains(point.at))
        .map(|point| {
            // The current measurement's start is only the start of what came after it.
            let known = Tenure::settled(began, point.at).or(restarted.filter(|at| *at <= point.at));
            if tenure.may_carry_over(known, point.at) {
                point.without_running()
            } else {
                *point
            }
        })
        .collect()
}

/// The first point of the stay that proves a restart: a running maximum never falls within one
/// measurement.
fn restart_within(tenure: &Tenure, trail: &[TrailPoint]) -> Option<Timestamp> {
    let stay = trail
        .iter()
        .filter(|point| tenure.window.contains(point.at));
    let mut highest: Option<Decibel> = None;
    for point in stay {
        match (highest, point.lmax) {
            (Some(before), Some(now)) if now < before => return Some(point.at),
            (_, Some(now)) => highest = Some(now),
            (_, None) => {}
        }
    }
    None
}
