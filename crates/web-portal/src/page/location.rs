//! One location.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::{Metric, TimeZone, Timestamp};
use futures_util::future::join;
use serde::Serialize;
use web::{Page, WebError};

use super::head::Head;
use super::html;
use super::part::breaches::{BreachRow, InterruptionRow};
use super::part::chart::ChartPart;
use super::part::limits::{LimitLine, hours_note};
use super::part::panel::Panel;
use super::part::symbol::Symbols;
use super::part::tile::{Glance, Tile};
use crate::Portal;
use crate::api::HistoryQuery;
use crate::session::Session;

/// How often the page is asked for again, s.
const REFRESH_S: u32 = 20;
/// How many breaches and interruptions the page lists.
const ROWS: usize = 20;
/// The quantities on the cards.
pub(super) const CARDS: [Metric; 5] = [
    Metric::Lp,
    Metric::Leq,
    Metric::Lmax,
    Metric::Ln1,
    Metric::Ln2,
];

/// `portal/location.html`
#[derive(Debug, Serialize)]
pub(crate) struct LocationPage {
    pub(super) head: Head,
    pub(super) tile: Tile,
    pub(super) panel: Panel,
    /// The breaches in progress; the banner tells them.
    pub(super) active: Vec<BreachRow>,
    pub(super) limits: Vec<LimitLine>,
    pub(super) hours_note: Option<String>,
    pub(super) chart: ChartPart,
    /// `None` where SLMM did not say.
    pub(super) breaches: Option<Vec<BreachRow>>,
    pub(super) interruptions: Vec<InterruptionRow>,
}

/// `GET /portal/location/{id}?hours=`.
pub(crate) async fn show(
    portal: Data<Portal>,
    session: Session,
    id: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let location = session.location(&id)?;
    let HistoryQuery { hours } = HistoryQuery::of(&request)?;
    let scope = session.scope();
    let asked_at = portal.now();
    let trail = portal.trail(location, hours, asked_at);
    let (sight, trail) = join(portal.look(location, asked_at), trail).await;
    let now = portal.now();
    let zone = portal.zone_of(scope);
    let symbols = Symbols(&portal.settings);
    let mut places = scope.locations().iter();
    let index = places.position(|one| one.id() == location.id());
    let glance = Glance::new(&portal, &sight, index.unwrap_or_default(), now);
    let breaches = breach_rows(&glance, symbols, zone, now);
    let active = breaches
        .iter()
        .flatten()
        .filter(|row| row.status == "active");
    let limits = sight.limits.as_deref().unwrap_or_default();
    let page = LocationPage {
        head: Head::new(
            scope,
            zone,
            REFRESH_S,
            usize::from(sight.above_limit()),
            now,
        ),
        tile: glance.tile(symbols, None, zone, now),
        panel: Panel::new(&glance, symbols, zone, now),
        active: active.cloned().collect(),
        limits: limits
            .iter()
            .filter_map(|limit| LimitLine::of(limit, symbols, now, &portal.settings.slmm_zone))
            .collect(),
        hours_note: hours_note(limits, now, zone, &portal.settings.slmm_zone),
        chart: ChartPart::new(
            &portal,
            trail.as_ref(),
            sight.events.as_ref(),
            hours,
            zone,
            now,
        ),
        interruptions: interruption_rows(&glance, zone, now),
        breaches,
    };
    html(&portal, &request, &page)
}

fn breach_rows(
    glance: &Glance<'_>,
    symbols: Symbols<'_>,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Vec<BreachRow>> {
    let events = glance.sight.events.as_ref()?;
    let newest = events.breaches.iter().take(ROWS);
    Some(
        newest
            .map(|breach| BreachRow::new(breach, symbols, zone, now))
            .collect(),
    )
}

fn interruption_rows(glance: &Glance<'_>, zone: &TimeZone, now: Timestamp) -> Vec<InterruptionRow> {
    let events = glance.sight.events.iter();
    let newest = events.flat_map(|events| &events.interruptions).take(ROWS);
    newest
        .map(|one| InterruptionRow::new(one, zone, now))
        .collect()
}

impl Page for LocationPage {
    const TEMPLATE: &'static str = "portal/location.html";

    fn samples() -> Vec<Self> {
        super::samples::location()
    }
}
