//! The whole project, now.

use domain::{LocationState, Metric, Timestamp};
use serde::Serialize;
use store::Location;

use super::{ReadingView, Utc};
use crate::survey::Sight;

/// How many locations are in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Rollup {
    pub(crate) locations: usize,
    pub(crate) measuring: usize,
    pub(crate) stopped: usize,
    pub(crate) offline: usize,
    pub(crate) stale: usize,
    pub(crate) no_data: usize,
    pub(crate) no_meter: usize,
    pub(crate) unavailable: usize,
    pub(crate) above_limit: usize,
}

impl Rollup {
    /// Counts the locations.
    pub(crate) fn of(sights: &[Sight<'_>]) -> Self {
        sights.iter().fold(Self::default(), |mut sum, sight| {
            let slot = match sight.sighting.observation.state {
                LocationState::Measuring => &mut sum.measuring,
                LocationState::Stopped => &mut sum.stopped,
                LocationState::Stale => &mut sum.stale,
                LocationState::Offline => &mut sum.offline,
                LocationState::NoData => &mut sum.no_data,
                LocationState::NoMeter => &mut sum.no_meter,
                LocationState::Unavailable => &mut sum.unavailable,
            };
            *slot += 1;
            sum.locations += 1;
            sum.above_limit += usize::from(sight.above_limit());
            sum
        })
    }
}

#[derive(Debug, Serialize)]
struct ProjectName {
    name: String,
}

#[derive(Debug, Serialize)]
struct LocationView {
    id: String,
    name: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    state: &'static str,
    above_limit: bool,
    reading: Option<ReadingView>,
}

impl LocationView {
    fn new(location: &Location, sight: &Sight<'_>) -> Self {
        Self {
            id: location.id().to_string(),
            name: location.name().to_owned(),
            latitude: location.latitude(),
            longitude: location.longitude(),
            state: sight.sighting.observation.state.as_str(),
            above_limit: sight.above_limit(),
            reading: sight.sighting.observation.reading.map(ReadingView::from),
        }
    }
}

/// `GET /portal/api/overview`.
#[derive(Debug, Serialize)]
pub(crate) struct OverviewView {
    project: ProjectName,
    at: Utc,
    headline: &'static str,
    rollup: Rollup,
    locations: Vec<LocationView>,
}

impl OverviewView {
    /// What is said of a project at `now`.
    pub(crate) fn new(
        project: &str,
        headline: Metric,
        sights: &[Sight<'_>],
        now: Timestamp,
    ) -> Self {
        Self {
            project: ProjectName {
                name: project.to_owned(),
            },
            at: Utc(now),
            headline: headline.as_str(),
            rollup: Rollup::of(sights),
            locations: sights
                .iter()
                .map(|sight| LocationView::new(sight.location, sight))
                .collect(),
        }
    }
}
