//! One location.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::{Breach, Metric, TimeZone, Timestamp};
use futures_util::future::join;
use serde::Serialize;
use web::{Page, WebError};

use super::head::Head;
use super::html;
use super::part::breaches::{BreachRow, InterruptionRow, by_concern};
use super::part::chart::ChartPart;
use super::part::glance::Glance;
use super::part::limits::{LimitLine, hours_note};
use super::part::panel::Panel;
use super::part::symbol::Symbols;
use super::part::tile::Tile;
use crate::Portal;
use crate::api::HistoryQuery;
use crate::session::Session;
use crate::survey::Sight;

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
    /// Whether those are all.
    pub(super) complete: bool,
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
    let is_broken = glance.standing.is_broken();
    let active = breaches
        .iter()
        .flatten()
        .filter(|row| is_broken && row.status == "active");
    let limits = sight.limits.as_deref().unwrap_or_default();
    let line = |limit| LimitLine::of(limit, symbols, now, &portal.settings.slmm_zone);
    let page = LocationPage {
        head: Head::new(&portal, scope, "", std::slice::from_ref(&sight), now),
        tile: glance.tile(symbols, None, zone, now),
        panel: Panel::new(&glance, symbols, zone, now),
        active: active.cloned().collect(),
        limits: limits.iter().filter_map(line).collect(),
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
        complete: sight.complete,
        breaches,
    };
    html(&portal, &request, &page)
}

/// The newest breaches; one in progress is never left out.
fn breach_rows(
    glance: &Glance<'_>,
    symbols: Symbols<'_>,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Vec<BreachRow>> {
    let events = glance.sight.events.as_ref()?;
    let shown = by_concern([(glance.index, glance.sight)]);
    let shown = shown.into_iter().take(ROWS.max(events.active()));
    let row = |(_, sight, breach): (usize, &Sight<'_>, &Breach)| {
        BreachRow::new(breach, sight, symbols, zone, now)
    };
    Some(shown.map(row).collect())
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
