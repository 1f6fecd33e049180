//! The overview: every location of the project at a glance.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::{Breach, TimeZone, Timestamp};
use futures_util::future::{join, join_all};
use serde::Serialize;
use store::ProjectScope;
use web::encoding::Text;
use web::{Page, WebError};

use super::head::{Head, OVERVIEW};
use super::ok;
use super::part::breaches::{BreachRow, Place, by_concern};
use super::part::code::code;
use super::part::glance::{Glance, SPARK_H};
use super::part::standing::{Mark, Standing};
use super::part::strip::{Marker, strip};
use super::part::symbol::Symbols;
use super::part::tile::Tile;
use super::part::verdict::verdict;
use crate::Portal;
use crate::kept::What;
use crate::session::Session;
use crate::survey::Sight;

/// How many breaches are listed.
const RECENT: usize = 5;

/// `portal/overview.html`
#[derive(Debug, Serialize)]
pub(crate) struct OverviewPage {
    pub(super) head: Head,
    /// Whether the page is to fill a screen on a wall.
    pub(super) wall: bool,
    pub(super) verdict: String,
    pub(super) chips: Vec<Chip>,
    pub(super) strip: Vec<Marker>,
    pub(super) tiles: Vec<Tile>,
    pub(super) map: Option<MapPart>,
    pub(super) recent: Vec<BreachRow>,
    /// Whether of every location the breaches are known.
    pub(super) complete: bool,
}

/// How many locations stand in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Chip {
    pub(super) mark: Mark,
    pub(super) count: usize,
    /// "2 below", to be read after the count.
    pub(super) words: &'static str,
}

/// The map, where any location has a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MapPart {
    /// Where tiles come from; empty for a plain ground.
    pub(super) tiles: String,
    pub(super) attribution: String,
}

/// `GET /portal`; with `?wall` for a screen on a wall.
pub(crate) async fn show(
    portal: Data<Portal>,
    session: Session,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let scope = session.scope();
    let (of, wall) = (scope.edition(), asks_for_wall(&request));
    let what = What::Overview { of, wall };
    if let Some(page) = portal.kept.fresh(&what) {
        return Ok(page.answer(&request, ok()));
    }
    let begun = portal.kept.moment();
    let page = portal.render(&page(&portal, scope, wall).await)?;
    let page = portal.kept.keep(what, begun, Text::new(page));
    Ok(page.answer(&request, ok()))
}

async fn page(portal: &Portal, scope: &ProjectScope, wall: bool) -> OverviewPage {
    let asked_at = portal.now();
    let hours = scope.locations().iter();
    let hours = hours.map(|location| portal.trail(location, SPARK_H, asked_at));
    let (sights, hours) = join(portal.survey(scope, asked_at), join_all(hours)).await;
    let now = portal.now();
    let zone = portal.zone_of(scope);
    let glances: Vec<Glance<'_>> = sights
        .iter()
        .enumerate()
        .map(|(index, sight)| Glance::new(portal, sight, index, now))
        .collect();
    let symbols = Symbols(&portal.settings);
    let mut tiles: Vec<(Standing, Tile)> = glances
        .iter()
        .zip(&hours)
        .map(|(glance, hour)| {
            (
                glance.standing,
                glance.tile(symbols, hour.as_ref(), zone, now),
            )
        })
        .collect();
    tiles.sort_by_key(|(standing, _)| *standing);
    let standings: Vec<_> = glances
        .iter()
        .map(|glance| (glance.sight.location.name(), glance.standing))
        .collect();
    OverviewPage {
        head: Head::new(portal, scope, OVERVIEW, &sights, now),
        wall,
        verdict: verdict(&standings),
        chips: chips(&standings),
        strip: strip(glances.iter().filter_map(Glance::on_strip).collect()),
        map: MapPart::of(portal, &tiles),
        tiles: tiles.into_iter().map(|(_, tile)| tile).collect(),
        recent: recent(&sights, symbols, zone, now),
        complete: sights.iter().all(|sight| sight.complete),
    }
}

fn asks_for_wall(request: &HttpRequest) -> bool {
    request
        .query_string()
        .split('&')
        .any(|part| part == "wall" || part.starts_with("wall="))
}

impl MapPart {
    fn of(portal: &Portal, tiles: &[(Standing, Tile)]) -> Option<Self> {
        let has_position = tiles.iter().any(|(_, tile)| tile.latitude.is_some());
        has_position.then(|| {
            let map = portal.settings.map.as_ref();
            Self {
                tiles: map.map(|map| map.url().to_owned()).unwrap_or_default(),
                attribution: map
                    .map(|map| map.attribution().to_owned())
                    .unwrap_or_default(),
            }
        })
    }
}

/// One chip for each way in which any location stands, in the order of concern.
pub(super) fn chips(standings: &[(&str, Standing)]) -> Vec<Chip> {
    const WAYS: [(Standing, &str); 14] = [
        (Standing::Above, "above"),
        (Standing::Under, "under"),
        (Standing::Over, "past the limit level"),
        (Standing::Near, "within 3 dB"),
        (Standing::Below, "below"),
        (Standing::Within, "within limits"),
        (Standing::Unknown, "not known"),
        (Standing::Free, "without a limit now"),
        (Standing::Stale, "stale"),
        (Standing::Offline, "offline"),
        (Standing::Stopped, "stopped"),
        (Standing::NoData, "without data"),
        (Standing::Unavailable, "unavailable"),
        (Standing::NoMeter, "without a meter"),
    ];
    let chip = |(way, words): (Standing, &'static str)| {
        let those = standings.iter().filter(|(_, standing)| *standing == way);
        let count = those.count();
        (count > 0).then(|| Chip {
            mark: way.mark(),
            count,
            words,
        })
    };
    WAYS.into_iter().filter_map(chip).collect()
}

/// The newest breaches of the project, those in progress first.
fn recent(
    sights: &[Sight<'_>],
    symbols: Symbols<'_>,
    zone: &TimeZone,
    now: Timestamp,
) -> Vec<BreachRow> {
    let row = |(index, sight, breach): (usize, &Sight<'_>, &Breach)| {
        BreachRow::new(breach, sight, symbols, zone, now).at(Place {
            id: sight.location.id().to_string(),
            code: code(index),
            name: sight.location.name().to_owned(),
        })
    };
    let breaches = by_concern(sights.iter().enumerate());
    breaches.into_iter().take(RECENT).map(row).collect()
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "portal/overview.html";

    fn samples() -> Vec<Self> {
        super::samples::overview()
    }
}
