//! The inbox: what happened at all meters, what goes on first, to be seen and acknowledged.

mod digest;
mod line;
mod samples;

use std::collections::HashMap;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::UnitId;
use serde::Serialize;
use store_operator::{Page as PageOf, StayRecord, UnitFilter};
use web::WebError;

use self::digest::{Asked, Heard, page};
use self::line::Line;
use super::form::{Field, query};
use super::head::Head;
use super::html;
use crate::Office;
use crate::guard::Staff;

/// Meters on the page.
const METERS: usize = 200;
/// How often the page is asked for anew, s.
const EVERY_S: u16 = 20;
/// How soon, s, where some meters have not answered yet.
const SOON_S: u16 = 3;

/// `operator/alerts.html`
#[derive(Debug, Serialize)]
pub(crate) struct AlertsPage {
    head: Head,
    refresh_s: u16,
    filter: Vec<Field>,
    /// How many go on, in words.
    summary: String,
    /// What is not in this list, in sentences.
    missing: Vec<String>,
    lines: Vec<Line>,
}

/// `GET /alerts?unit=&state=`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked = Asked {
        unit: query(&request, "unit"),
        state: query(&request, "state"),
    };
    let filter = UnitFilter {
        search: asked.unit.clone(),
        retired: Some(false),
        due_before: None,
    };
    let (units, total, mut stays) = office
        .desk
        .act(staff.actor(), move |operator| {
            let found = operator.find_units(&filter, PageOf::new(1, METERS))?;
            let units = found.items.into_iter().map(|placed| placed.unit.id);
            let units: Vec<UnitId> = units.collect();
            let stays = by_unit(operator.stays_of_units(&units)?);
            Ok((units, found.total, stays))
        })
        .await?;
    let tidings = office.survey.gather(&units).await;
    let beyond = total.saturating_sub(units.len());
    let heard = units.into_iter().zip(tidings).map(|(unit, tiding)| Heard {
        stays: stays.remove(&unit).unwrap_or_default(),
        unit,
        tiding,
    });
    let heard: Vec<Heard> = heard.collect();
    html(&office, &page(&office, &asked, &heard, beyond))
}

fn by_unit(stays: Vec<StayRecord>) -> HashMap<UnitId, Vec<StayRecord>> {
    let mut of_units: HashMap<UnitId, Vec<StayRecord>> = HashMap::new();
    for stay in stays {
        let unit = stay.assignment.unit.clone();
        of_units.entry(unit).or_default().push(stay);
    }
    of_units
}
