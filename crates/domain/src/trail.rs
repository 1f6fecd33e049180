//! A location's recent history, stitched from the stays of its meters.

use jiff::Timestamp;

use crate::level::Decibel;
use crate::reading::Metric;
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
    /// The value of one metric; the trail keeps no lowest level and no peak.
    pub fn get(&self, metric: Metric) -> Option<Decibel> {
        match metric {
            Metric::Lp => self.lp,
            Metric::Leq => self.leq,
            Metric::Lmax => self.lmax,
            Metric::Ln1 => self.ln1,
            Metric::Ln2 => self.ln2,
            Metric::Lmin | Metric::Lpeak => None,
        }
    }

    /// Whether nothing was known at that moment.
    fn is_empty(&self) -> bool {
        let Self {
            at: _,
            lp,
            leq,
            lmax,
            ln1,
            ln2,
        } = self;
        [lp, leq, lmax, ln1, ln2].into_iter().all(Option::is_none)
    }

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

/// The time between two rows of the trail, s.
const ROW_S: f64 = 60.0;
/// From then on a row is missing, s.
const LATE_S: f64 = 2.5 * ROW_S;

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

    /// The share of that time of which something is known, 0 to 1. SLMM keeps a row a minute; a
    /// row that comes a little late still vouches for the time before it, a later one for its own
    /// minute only.
    pub fn captured(&self, from: Timestamp, until: Timestamp) -> f64 {
        let whole = until.duration_since(from).as_secs_f64();
        if whole <= 0.0 {
            return 0.0;
        }
        let mut before = from;
        let mut known = 0.0;
        let known_by = |point: &&TrailPoint| point.at <= until && !point.is_empty();
        for point in self.points.iter().filter(known_by) {
            let gap = point.at.duration_since(before).as_secs_f64();
            known += if gap > LATE_S { ROW_S } else { gap.max(0.0) };
            before = point.at;
        }
        // The row of this minute may be yet to come.
        let rest = until.duration_since(before).as_secs_f64();
        if before > from && rest <= LATE_S {
            known += rest;
        }
        (known / whole).clamp(0.0, 1.0)
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
