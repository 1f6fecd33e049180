//! `/units`: the roster, and where each meter stands.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::Timestamp;
use serde::Serialize;
use store_operator::{Page as PageOf, Paged, UnitFilter, UnitPlaced};
use web::{Page, WebError};

use super::day;
use super::stay::Stay;
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, query};
use crate::page::head::Head;
use crate::page::html;
use crate::page::links::{Links, number};

/// How far ahead calibrations are called for, days.
const AHEAD: i64 = 30;
/// Meters a page.
const SIZE: usize = 50;

/// `operator/units-list.html`
#[derive(Debug, Serialize)]
pub(crate) struct UnitsPage {
    head: Head,
    filter: Vec<Field>,
    /// Whether the list is cut to some of the meters.
    filtered: bool,
    units: Vec<Line>,
    total: usize,
    links: Links,
}

/// One meter.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    serial: Option<String>,
    model: Option<String>,
    due: Option<Due>,
    retired: bool,
    stay: Option<Stay>,
}

/// When a meter is to be calibrated.
#[derive(Debug, Serialize)]
struct Due {
    day: String,
    /// Whether that day is past.
    over: bool,
}

/// `GET /units?search=&show=&page=`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (search, shown) = (query(&request, "search"), query(&request, "show"));
    let now = office.now();
    let filter = filter(&search, &shown, now);
    let page = PageOf::new(number(&request, "page"), SIZE);
    let found = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.find_units(&filter, page)
        })
        .await?;
    let page = UnitsPage {
        head: Head::new(&office, "units"),
        filter: fields(&search, &shown),
        filtered: !(search.is_empty() && shown.is_empty()),
        total: found.total,
        links: links(&found, &search, &shown),
        units: found
            .items
            .iter()
            .map(|placed| line(&office, placed, now))
            .collect(),
    };
    html(&office, &page)
}

fn filter(search: &str, shown: &str, now: Timestamp) -> UnitFilter {
    let ahead = domain::TimeZone::UTC.to_datetime(now);
    let ahead = (0..AHEAD).try_fold(ahead, |day, _| day.tomorrow());
    let soon = ahead
        .ok()
        .and_then(|day| domain::TimeZone::UTC.to_timestamp(day).ok());
    UnitFilter {
        search: search.to_owned(),
        retired: match shown {
            "retired" => Some(true),
            "all" => None,
            _ => Some(false),
        },
        due_before: soon.filter(|_| shown == "due"),
    }
}

fn fields(search: &str, shown: &str) -> Vec<Field> {
    let choice = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    vec![
        Field::text("search", "Search", search),
        Field::select(
            "show",
            "Show",
            shown,
            vec![
                choice("", "In use"),
                choice("due", "Calibration due within 30 days"),
                choice("retired", "Retired"),
                choice("all", "All"),
            ],
        ),
    ]
}

fn links(found: &Paged<UnitPlaced>, search: &str, shown: &str) -> Links {
    Links::of(
        "/units",
        &[("search", search), ("show", shown)],
        found.page.number(),
        found.pages(),
    )
}

fn line(office: &Office, placed: &UnitPlaced, now: Timestamp) -> Line {
    let unit = &placed.unit;
    let zone = &office.settings.site_zone;
    Line {
        id: unit.id.to_string(),
        serial: unit.serial.clone(),
        model: unit.model.clone(),
        due: unit.calibration_due.map(|due| Due {
            day: day(due),
            over: day(due) < zone.to_datetime(now).date().to_string(),
        }),
        retired: unit.retired_at.is_some(),
        stay: placed.stay.as_ref().map(|stay| Stay::of(stay, zone, now)),
    }
}

impl Page for UnitsPage {
    const TEMPLATE: &'static str = "operator/units-list.html";

    fn samples() -> Vec<Self> {
        let line = |over: Option<bool>, retired, stay| Line {
            id: "SLM-101".into(),
            serial: over.map(|_| "00123".into()),
            model: over.map(|_| "NL-43".into()),
            due: over.map(|over| Due {
                day: "2026-11-21".into(),
                over,
            }),
            retired,
            stay,
        };
        let stay = Stay::samples().pop();
        vec![
            Self {
                head: Head::sample("units", true),
                filter: fields("nl", "due"),
                filtered: true,
                units: vec![
                    line(Some(true), false, stay),
                    line(Some(false), true, None),
                    line(None, false, None),
                ],
                total: 3,
                links: Links::of("/units", &[("search", "nl")], 2, 3),
            },
            Self {
                head: Head::sample("units", false),
                filter: fields("", ""),
                filtered: false,
                units: Vec::new(),
                total: 0,
                links: Links::of("/units", &[], 1, 1),
            },
            Self {
                head: Head::sample("units", false),
                filter: fields("x", ""),
                filtered: true,
                units: Vec::new(),
                total: 0,
                links: Links::of("/units", &[], 1, 1),
            },
            Self {
                head: Head::sample_for_operator("units"),
                filtered: false,
                filter: fields("", ""),
                units: Vec::new(),
                total: 0,
                links: Links::of("/units", &[], 1, 1),
            },
        ]
    }
}
