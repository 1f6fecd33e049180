//! The inbox: breaches over the whole project.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::BreachStatus;
use futures_util::future::join_all;
use serde::Serialize;
use web::{Page, WebError};

use super::html;
use super::parts::{BreachRow, Symbols};
use super::when::{When, zone_name};
use crate::Portal;
use crate::api::EventsFilter;
use crate::session::Session;

/// `portal/events.html`
#[derive(Debug, Serialize)]
pub(crate) struct EventsPage {
    pub(super) project: String,
    pub(super) zone: String,
    pub(super) at: When,
    pub(super) active: usize,
    pub(super) rows: Vec<BreachRow>,
    /// Whether of every location something is known.
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
    let sights = join_all(
        asked
            .into_iter()
            .map(|location| portal.look(location, portal.now())),
    )
    .await;
    let now = portal.now();
    let scope = session.scope();
    let zone = scope.time_zone().unwrap_or(&portal.settings.site_zone);
    let symbols = Symbols(&portal.settings);
    let mut breaches: Vec<_> = sights
        .iter()
        .flat_map(|sight| {
            sight
                .events
                .iter()
                .flat_map(|events| &events.breaches)
                .map(move |breach| (sight, breach))
        })
        .filter(|(_, breach)| filter.status.is_none_or(|status| status == breach.status))
        .collect();
    breaches.sort_by_key(|(_, breach)| {
        (
            breach.status != BreachStatus::Active,
            std::cmp::Reverse(breach.onset_at),
        )
    });
    let row = |(sight, breach): &(&crate::survey::Sight<'_>, &domain::Breach)| {
        BreachRow::new(breach, &symbols, zone, now).at(
            sight.location.id().to_string(),
            sight.location.name().to_owned(),
        )
    };
    let page = EventsPage {
        project: scope.project_name().to_owned(),
        zone: zone_name(zone),
        at: When::full(now, zone),
        active: sights
            .iter()
            .filter_map(|sight| sight.events.as_ref())
            .map(domain::Events::active)
            .sum(),
        rows: breaches.iter().take(filter.limit).map(row).collect(),
        complete: sights.iter().all(|sight| sight.events.is_some()),
        locations: location_choices(&session, &filter),
        statuses: status_choices(filter.status),
    };
    html(&portal, &page)
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
        label: match status {
            BreachStatus::Active => "Active",
            BreachStatus::Cleared => "Over",
            BreachStatus::Lapsed => "End not recorded",
        },
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
