//! One location.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::{BreachStatus, Metric};
use serde::Serialize;
use web::{Page, WebError};

use super::html;
use super::overview::Tile;
use super::parts::{BreachRow, Figure, InterruptionRow, LimitLine, Symbols, figures};
use super::when::{When, zone_name};
use crate::Portal;
use crate::session::Session;

/// `portal/location.html`
#[derive(Debug, Serialize)]
pub(crate) struct LocationPage {
    pub(super) project: String,
    pub(super) zone: String,
    pub(super) at: When,
    pub(super) tile: Tile,
    pub(super) cards: Vec<Figure>,
    /// Since when a limit is being broken.
    pub(super) above_since: Option<When>,
    pub(super) limits: Vec<LimitLine>,
    /// `None` where SLMM did not say.
    pub(super) breaches: Option<Vec<BreachRow>>,
    pub(super) interruptions: Vec<InterruptionRow>,
}

/// How many breaches and interruptions the page lists.
const ROWS: usize = 20;
const CARDS: [Metric; 5] = [
    Metric::Lp,
    Metric::Leq,
    Metric::Lmax,
    Metric::Ln1,
    Metric::Ln2,
];

/// `GET /portal/location/{id}`.
pub(crate) async fn show(
    portal: Data<Portal>,
    session: Session,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let location = session.location(&id)?;
    let scope = session.scope();
    let sight = portal.look(location, portal.now()).await;
    let limits = portal.limits(location, portal.now()).await;
    let now = portal.now();
    let zone = scope.time_zone().unwrap_or(&portal.settings.site_zone);
    let symbols = Symbols(&portal.settings);
    let events = sight.events.as_ref();
    let active = |events: &domain::Events| {
        let onsets = events
            .breaches
            .iter()
            .filter(|breach| breach.status == BreachStatus::Active);
        onsets.map(|breach| breach.onset_at).min()
    };
    let page = LocationPage {
        project: scope.project_name().to_owned(),
        zone: zone_name(zone),
        at: When::full(now, zone),
        tile: Tile::new(&sight, &portal.settings, zone, now),
        cards: sight
            .sighting
            .observation
            .reading
            .map(|reading| figures(&reading, &CARDS, &symbols))
            .unwrap_or_default(),
        above_since: events
            .and_then(active)
            .map(|since| When::near(since, zone, now)),
        limits: limits
            .as_deref()
            .unwrap_or_default()
            .iter()
            .filter_map(|limit| LimitLine::of(limit, &symbols))
            .collect(),
        breaches: events.map(|events| {
            events
                .breaches
                .iter()
                .take(ROWS)
                .map(|breach| BreachRow::new(breach, &symbols, zone, now))
                .collect()
        }),
        interruptions: events
            .map(|events| {
                events
                    .interruptions
                    .iter()
                    .take(ROWS)
                    .map(|one| InterruptionRow::new(one, zone, now))
                    .collect()
            })
            .unwrap_or_default(),
    };
    html(&portal, &page)
}

impl Page for LocationPage {
    const TEMPLATE: &'static str = "portal/location.html";

    fn samples() -> Vec<Self> {
        super::samples::location()
    }
}
