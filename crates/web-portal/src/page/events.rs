//! The inbox: breaches over the whole project.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::{Breach, BreachStatus};
use futures_util::future::join_all;
use serde::Serialize;
use web::{Page, WebError};

use super::head::Head;
use super::html;
use super::part::breaches::{BreachRow, Place, status_label};
use super::part::code::code;
use super::part::symbol::Symbols;
use crate::Portal;
use crate::api::EventsFilter;
use crate::session::Session;
use crate::survey::Sight;

/// How often the page is asked for again, s.
const REFRESH_S: u32 = 20;

/// `portal/events.html`
#[derive(Debug, Serialize)]
pub(crate) struct EventsPage {
    pub(super) head: Head,
    pub(super) active: usize,
    pub(super) rows: Vec<BreachRow>,
    /// Whether only some breaches were asked for.
    pub(super) filtered: bool,
    /// Whether of every location asked for something is known.
    pub(super) complete: bool,
    pub(super) locations: Vec<LocationChoice>,
    pub(super) statuses: Vec<StatusChoice>,
}

/// A location to filter by.
#[derive(Debug, Serialize)]
pub(crate) struct LocationChoice {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) chosen: bool,
}

/// A status to filter by.
#[derive(Debug, Serialize)]
pub(crate) struct StatusChoice {
    pub(super) value: &'static str,
    pub(super) label: &'static str,
    pub(super) chosen: bool,
}

/// `GET /portal/events?limit=&location=&status=`.
pub(crate) async fn show(
    portal: Data<Portal>,
    session: Session,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let filter = EventsFilter::of(&request)?;
    let asked = filter.locations(&session)?;
    let looks = asked.into_iter();
    let sights = join_all(looks.map(|location| portal.look(location, portal.now()))).await;
    let now = portal.now();
    let scope = session.scope();
    let zone = portal.zone_of(scope);
    let symbols = Symbols(&portal.settings);
    let above = sights.iter().filter(|sight| sight.above_limit()).count();
    let row = |(sight, breach): &(&Sight<'_>, &Breach)| {
        let id = sight.location.id();
        let index = scope.locations().iter().position(|one| one.id() == id);
        BreachRow::new(breach, symbols, zone, now).at(Place {
            id: id.to_string(),
            code: code(index.unwrap_or_default()),
            name: sight.location.name().to_owned(),
        })
    };
    let page = EventsPage {
        head: Head::new(scope, zone, REFRESH_S, above, now),
        active: sights
            .iter()
            .filter_map(|sight| sight.events.as_ref())
            .map(domain::Events::active)
            .sum(),
        rows: wanted(&sights, &filter).iter().map(row).collect(),
        filtered: filter.location.is_some() || filter.status.is_some(),
        complete: sights.iter().all(|sight| sight.events.is_some()),
        locations: location_choices(&session, &filter),
        statuses: status_choices(filter.status),
    };
    html(&portal, &request, &page)
}

/// The breaches asked for, those in progress first, then the newest.
fn wanted<'a>(sights: &'a [Sight<'a>], filter: &EventsFilter) -> Vec<(&'a Sight<'a>, &'a Breach)> {
    let mut breaches: Vec<_> = sights
        .iter()
        .flat_map(|sight| {
            let breaches = sight.events.iter().flat_map(|events| &events.breaches);
            breaches.map(move |breach| (sight, breach))
        })
        .filter(|(_, breach)| filter.status.is_none_or(|status| status == breach.status))
        .collect();
    breaches.sort_by_key(|(_, breach)| {
        (
            breach.status != BreachStatus::Active,
            std::cmp::Reverse(breach.onset_at),
        )
    });
    breaches.truncate(filter.limit);
    breaches
}

fn location_choices(session: &Session, filter: &EventsFilter) -> Vec<LocationChoice> {
    let choice = |location: &store::Location| {
        let id = location.id().to_string();
        let chosen = filter.location.as_ref() == Some(&id);
        LocationChoice {
            id,
            name: location.name().to_owned(),
            chosen,
        }
    };
    session.scope().locations().iter().map(choice).collect()
}

/// The statuses to choose from.
pub(crate) fn status_choices(chosen: Option<BreachStatus>) -> Vec<StatusChoice> {
    let choice = |status: &BreachStatus| StatusChoice {
        value: status.as_str(),
        label: status_label(*status),
        chosen: chosen == Some(*status),
    };
    BreachStatus::ALL.iter().map(choice).collect()
}

impl Page for EventsPage {
    const TEMPLATE: &'static str = "portal/events.html";

    fn samples() -> Vec<Self> {
        super::samples::events()
    }
}
