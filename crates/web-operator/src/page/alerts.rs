//! The inbox: what happened at all meters, what goes on first, to be seen and acknowledged.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::UnitId;
use futures_util::StreamExt;
use futures_util::stream;
use serde::Serialize;
use slmm_operator::RuleEvent;
use store_operator::{Page as PageOf, UnitFilter, UnitPlaced};
use web::{Page, WebError};

use super::form::{Field, query};
use super::head::Head;
use super::html;
use super::meter::parts::EventLine;
use super::units::stay::Stay;
use crate::Office;
use crate::guard::Staff;

/// Meters asked about at once; SLMM is asked for two of them at a time.
const AT_ONCE: usize = 8;
/// Events of one meter.
const EACH: u16 = 20;
/// Events on the page.
const MOST: usize = 200;
/// Meters on the page.
const METERS: usize = 200;
/// How often the page is asked for anew, s.
pub(super) const EVERY_S: u16 = 20;

/// `operator/alerts.html`
#[derive(Debug, Serialize)]
pub(crate) struct AlertsPage {
    pub(super) head: Head,
    pub(super) refresh_s: u16,
    pub(super) filter: Vec<Field>,
    pub(super) lines: Vec<Line>,
    pub(super) active: usize,
    /// Of how many meters SLMM said nothing.
    pub(super) unheard: usize,
}

/// An event, and where its meter stands now.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(super) unit: String,
    pub(super) stay: Option<Stay>,
    pub(super) event: EventLine,
}

/// A meter with what happened at it.
type Heard = (UnitPlaced, Option<Vec<RuleEvent>>);

/// `GET /alerts?unit=&state=`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let filter = UnitFilter {
        search: query(&request, "unit"),
        retired: Some(false),
        due_before: None,
    };
    let all = PageOf::new(1, METERS);
    let units = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.find_units(&filter, all)
        })
        .await?;
    let heard: Vec<Heard> = stream::iter(units.items)
        .map(|placed| listen(&office, placed))
        .buffered(AT_ONCE)
        .collect()
        .await;
    let state = query(&request, "state");
    let page = page(&office, &query(&request, "unit"), &state, &heard);
    html(&office, &page)
}

async fn listen(office: &Office, placed: UnitPlaced) -> Heard {
    let unit: &UnitId = &placed.unit.id;
    let events = office.control.events(unit, EACH).await.ok();
    (placed, events)
}

fn page(office: &Office, unit: &str, state: &str, heard: &[Heard]) -> AlertsPage {
    let (now, zone) = (office.now(), &office.settings.site_zone);
    let unheard = heard.iter().filter(|(_, events)| events.is_none()).count();
    let mut found: Vec<(&UnitPlaced, &RuleEvent)> = heard
        .iter()
        .flat_map(|(placed, events)| events.iter().flatten().map(move |event| (placed, event)))
        .filter(|(_, event)| match state {
            "active" => event.active,
            "unseen" => event.acknowledged.is_none(),
            _ => true,
        })
        .collect();
    found.sort_by_key(|(_, event)| (!event.active, std::cmp::Reverse(event.onset_at)));
    let active = found.iter().filter(|(_, event)| event.active).count();
    let line = |(placed, event): &(&UnitPlaced, &RuleEvent)| Line {
        unit: placed.unit.id.as_str().to_owned(),
        stay: placed.stay.as_ref().map(|stay| Stay::of(stay, zone, now)),
        event: EventLine::new(event, zone, now),
    };
    AlertsPage {
        head: Head::new(office, "alerts"),
        refresh_s: EVERY_S,
        filter: filter_fields(unit, state),
        active,
        lines: found.iter().take(MOST).map(line).collect(),
        unheard,
    }
}

/// What the list can be cut to.
pub(super) fn filter_fields(unit: &str, state: &str) -> Vec<Field> {
    let states = [
        ("", "All"),
        ("active", "Active"),
        ("unseen", "Not acknowledged"),
    ];
    let states = states.map(|(value, words)| (value.to_owned(), words.to_owned()));
    vec![
        Field::text("unit", "Meter", unit),
        Field::select("state", "State", state, states.into()),
    ]
}

impl Page for AlertsPage {
    const TEMPLATE: &'static str = "operator/alerts.html";

    fn samples() -> Vec<Self> {
        super::meter::samples::alerts()
    }
}
