//! The overview: every location of the project at a glance.

use actix_web::HttpResponse;
use actix_web::web::Data;
use domain::{Metric, TimeZone, Timestamp};
use serde::Serialize;
use web::{Page, WebError};

use super::html;
use super::parts::{Figure, StateMark, Symbol, Symbols, explanation, figures};
use super::when::{When, duration, zone_name};
use crate::session::Session;
use crate::survey::Sight;
use crate::view::Rollup;
use crate::{Portal, PortalSettings};

/// `portal/overview.html`
#[derive(Debug, Serialize)]
pub(crate) struct OverviewPage {
    pub(super) project: String,
    pub(super) zone: String,
    pub(super) at: When,
    pub(super) rollup: Rollup,
    pub(super) tiles: Vec<Tile>,
}

/// One location.
#[derive(Debug, Serialize)]
pub(crate) struct Tile {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) mark: StateMark,
    pub(super) above_limit: bool,
    pub(super) headline: Symbol,
    /// dB with one decimal.
    pub(super) value: Option<String>,
    pub(super) since: Option<When>,
    pub(super) age: Option<String>,
    pub(super) remembered: bool,
    pub(super) explanation: Option<String>,
    pub(super) figures: Vec<Figure>,
}

impl Tile {
    pub(crate) fn new(
        sight: &Sight<'_>,
        settings: &PortalSettings,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Self {
        let symbols = Symbols(settings);
        let headline = settings.headline.metric();
        let reading = sight.sighting.observation.reading;
        let others = [
            Metric::Lp,
            Metric::Leq,
            Metric::Lmax,
            Metric::Ln1,
            Metric::Ln2,
        ];
        let others: Vec<Metric> = others
            .into_iter()
            .filter(|metric| *metric != headline)
            .collect();
        Self {
            id: sight.location.id().to_string(),
            name: sight.location.name().to_owned(),
            mark: StateMark::of(sight.sighting.observation.state, sight.above_limit()),
            above_limit: sight.above_limit(),
            headline: symbols.of(headline),
            value: reading
                .and_then(|reading| reading.levels.get(headline))
                .map(|level| level.to_string()),
            since: sight
                .sighting
                .observation
                .measuring_since
                .map(|since| When::near(since, zone, now)),
            age: reading.map(|reading| duration(reading.at, now)),
            remembered: sight.sighting.remembered,
            explanation: explanation(sight, zone, now),
            figures: reading
                .map(|reading| figures(&reading, &others, &symbols))
                .unwrap_or_default(),
        }
    }
}

/// `GET /portal`.
pub(crate) async fn show(portal: Data<Portal>, session: Session) -> Result<HttpResponse, WebError> {
    let scope = session.scope();
    let sights = portal.survey(scope, portal.now()).await;
    let now = portal.now();
    let zone = scope.time_zone().unwrap_or(&portal.settings.site_zone);
    let page = OverviewPage {
        project: scope.project_name().to_owned(),
        zone: zone_name(zone),
        at: When::full(now, zone),
        rollup: Rollup::of(&sights),
        tiles: sights
            .iter()
            .map(|sight| Tile::new(sight, &portal.settings, zone, now))
            .collect(),
    };
    html(&portal, &page)
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "portal/overview.html";

    fn samples() -> Vec<Self> {
        super::samples::overview()
    }
}
