//! The rows of the board.

use domain::{Breach, Decibel, Metric, TimeZone, Timestamp};
use serde::Serialize;
use store_operator::{BoardPlace, BoardProject, StandingMeter};
use web::when::{When, duration};

use super::rollup::Chip;
use crate::OperatorSettings;
use crate::survey::{NOT_OVER, Sight, goes_on};

/// A limit that is being broken, or was when its meter was last heard.
#[derive(Debug, Serialize)]
pub(super) struct BreachLine {
    pub(super) project_id: String,
    pub(super) project: String,
    pub(super) place: String,
    pub(super) unit: String,
    pub(super) limit: String,
    /// Such as "Leq, 65.0 dB".
    pub(super) against: String,
    /// The level that breaks it at this moment, dB, where it is current.
    pub(super) level: Option<String>,
    pub(super) since: When,
    pub(super) lasted: String,
    /// Whether it is being broken now.
    pub(super) active: bool,
    /// What is said of one that is not.
    pub(super) not_over: &'static str,
}

/// A meter of which nothing new comes.
#[derive(Debug, Serialize)]
pub(super) struct SilentLine {
    pub(super) project_id: String,
    pub(super) project: String,
    pub(super) place: String,
    pub(super) unit: String,
    pub(super) state: Chip,
    /// When it was last heard, and how long ago, where it was.
    pub(super) last: Option<(When, String)>,
}

/// A client who came in.
#[derive(Debug, Serialize)]
pub(super) struct VisitLine {
    pub(super) project_id: String,
    pub(super) project: String,
    pub(super) client: Option<String>,
    pub(super) at: When,
    pub(super) ago: When,
}

/// One project.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) number: Option<String>,
    pub(super) client: Option<String>,
    pub(super) status: String,
    /// How many locations are in which state; empty without locations.
    pub(super) rollup: Vec<Chip>,
    pub(super) portal_open: bool,
    pub(super) opened: Option<When>,
}

/// A location of which something is to be told.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) project: &'a BoardProject,
    pub(super) place: &'a BoardPlace,
    pub(super) meter: &'a StandingMeter,
    pub(super) sight: &'a Sight,
}

impl BreachLine {
    pub(super) fn new(
        spot: Spot<'_>,
        breach: &Breach,
        settings: &OperatorSettings,
        now: Timestamp,
    ) -> Self {
        let threshold = Decibel::new(breach.threshold);
        let threshold = threshold.map_or_else(|| breach.threshold.to_string(), |db| db.to_string());
        let metric = short_metric(settings, breach.metric);
        let observation = &spot.sight.observation;
        let active = goes_on(breach, observation);
        let reading = observation.reading.filter(|_| active);
        let level = reading.and_then(|reading| reading.levels.get(breach.metric));
        Self {
            project_id: spot.project.id.to_string(),
            project: spot.project.name.clone(),
            place: spot.place.name.clone(),
            unit: spot.meter.unit.to_string(),
            limit: breach.limit.clone(),
            against: format!("{metric}, {threshold} dB"),
            level: level.map(|level| level.to_string()),
            since: When::near(breach.onset_at, &settings.site_zone, now),
            lasted: duration(breach.onset_at, now),
            active,
            not_over: NOT_OVER,
        }
    }
}

impl SilentLine {
    pub(super) fn new(spot: Spot<'_>, zone: &TimeZone, now: Timestamp) -> Self {
        let observation = &spot.sight.observation;
        let last = observation.reading.map(|reading| reading.at);
        Self {
            project_id: spot.project.id.to_string(),
            project: spot.project.name.clone(),
            place: spot.place.name.clone(),
            unit: spot.meter.unit.to_string(),
            state: Chip::of(observation.state),
            last: last.map(|at| (When::near(at, zone, now), duration(at, now))),
        }
    }
}

/// As people of the field say it; the percentiles are what the meters are set to.
pub(crate) fn short_metric(settings: &OperatorSettings, metric: Metric) -> String {
    match metric {
        Metric::Lp => "Lp".to_owned(),
        Metric::Leq => "Leq".to_owned(),
        Metric::Lmax => "Lmax".to_owned(),
        Metric::Lmin => "Lmin".to_owned(),
        Metric::Lpeak => "Lpeak".to_owned(),
        Metric::Ln1 => settings.ln1_label.clone(),
        Metric::Ln2 => settings.ln2_label.clone(),
    }
}
