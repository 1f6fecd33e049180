//! The inbox: breaches over the whole project.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::{Breach, BreachStatus, Events, Timestamp};
use serde::Serialize;
use web::{Page, WebError};

use super::head::{EVENTS, Head};
use super::html;
use super::part::breaches::{BreachRow, Place, by_concern, status_label};
use super::part::code::code;
use super::part::symbol::Symbols;
use crate::Portal;
use crate::api::EventsFilter;
use crate::session::Session;
use crate::survey::Sight;

/// `portal/events.html`
#[derive(Debug, Serialize)]
pub(crate) struct EventsPage {
    pub(super) head: Head,
    pub(super) active: usize,
    pub(super) rows: Vec<BreachRow>,
    /// How many there are, the rows among them.
    pub(super) all: usize,
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
    let scope = session.scope();
    // The title and the icon tell of the whole project, whatever is filtered.
    let sights = portal.survey(scope, portal.now()).await;
    let now = portal.now();
    let is_asked = |sight: &Sight<'_>| asked.iter().any(|one| one.id() == sight.location.id());
    let looks = || {
        sights
            .iter()
            .enumerate()
            .filter(|(_, sight)| is_asked(sight))
    };
    let rows = Rows::new(&portal, &session, looks(), &filter, now);
    let page = EventsPage {
        head: Head::new(&portal, scope, EVENTS, &sights, now),
        active: looks()
            .filter_map(|(_, sight)| sight.events.as_ref())
            .map(Events::active)
            .sum(),
        all: rows.all,
        rows: rows.shown,
        filtered: filter.location.is_some() || filter.status.is_some(),
        complete: looks().all(|(_, sight)| sight.complete),
        locations: location_choices(&session, &filter),
        statuses: status_choices(filter.status),
    };
    html(&portal, &request, &page)
}

/// The breaches asked for, those in progress first, then the newest.
struct Rows {
    shown: Vec<BreachRow>,
    /// How many there are of them.
    all: usize,
}

impl Rows {
    fn new<'a>(
        portal: &Portal,
        session: &Session,
        looks: impl Iterator<Item = (usize, &'a Sight<'a>)>,
        filter: &EventsFilter,
        now: Timestamp,
    ) -> Self {
        let zone = portal.zone_of(session.scope());
        let symbols = Symbols(&portal.settings);
        let mut breaches = by_concern(looks);
        breaches.retain(|(_, _, breach)| filter.status.is_none_or(|one| one == breach.status));
        let row = |(index, sight, breach): &(usize, &Sight<'_>, &Breach)| {
            BreachRow::new(breach, sight, symbols, zone, now).at(Place {
                id: sight.location.id().to_string(),
                code: code(*index),
                name: sight.location.name().to_owned(),
            })
        };
        Self {
            shown: breaches.iter().take(filter.limit).map(row).collect(),
            all: breaches.len(),
        }
    }
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
