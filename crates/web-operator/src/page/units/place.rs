//! `/units/{id}/stay`: a meter is put at a location, or moved to another, from its own page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use domain::{LocationId, ProjectStatus, TimeZone, Timestamp, UnitId};
use store_operator::{BoardPlace, BoardProject};
use web::{FieldProblem, WebError};

use super::detail::{Forms, Known, known, page};
use super::edit::back;
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
use crate::page::projects::meters::local;
use crate::page::projects::{project, zone};

/// `POST /units/{id}/stay`.
pub(crate) async fn put(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let sent = Sent::read(&body)?;
    let known = known(&office, &staff, &id).await?;
    let unit = known.detail.unit.id.clone();
    let Err(error) = assign(&office, &staff, &known, unit, &sent).await else {
        return Ok(back(&id));
    };
    let forms = Forms {
        place: place_form(&known, &sent).refused(error)?,
        refused: true,
        ..known.forms()
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    page(&office, status, &known, forms, None)
}

async fn assign(
    office: &Office,
    staff: &Staff,
    known: &Known,
    unit: UnitId,
    sent: &Sent,
) -> Result<(), WebError> {
    let chosen = sent.text("location").parse::<LocationId>().ok();
    let found = chosen.and_then(|chosen| {
        let mut places = places(&known.projects);
        places.find(|(_, place)| place.id == chosen)
    });
    let Some((of, place)) = found else {
        let detail = "choose a location of the list";
        return Err(WebError::Unprocessable(vec![FieldProblem::new(
            "location", detail,
        )]));
    };
    let detail = project(office, staff, of.id).await?;
    let zone = zone(office, &detail.project);
    let (from, until) = times(sent, &zone)?;
    let location = place.id;
    let act = office.desk.act_in(&zone, staff.actor(), move |operator| {
        operator.assign_unit(&unit, location, from, until)
    });
    act.await.map(|_stay| ())
}

/// From when until when, by the local time of the location's project.
fn times(sent: &Sent, zone: &TimeZone) -> Result<(Option<Timestamp>, Option<Timestamp>), WebError> {
    Ok((local(sent, "from", zone)?, local(sent, "until", zone)?))
}

/// The locations of all projects that are being monitored.
fn places(projects: &[BoardProject]) -> impl Iterator<Item = (&BoardProject, &BoardPlace)> {
    let running = projects
        .iter()
        .filter(|project| project.status == ProjectStatus::Active);
    running.flat_map(|project| project.places.iter().map(move |place| (project, place)))
}

pub(super) fn place_form(known: &Known, sent: &Sent) -> Form {
    let here = known
        .detail
        .current
        .as_ref()
        .map(|stay| stay.assignment.location);
    let mut choices = vec![(String::new(), "Choose a location".to_owned())];
    let others = places(&known.projects).filter(|(_, place)| Some(place.id) != here);
    choices.extend(others.map(|(project, place)| {
        let stands = match &place.meter {
            Some(meter) => format!(", where {} stands", meter.unit),
            None => String::new(),
        };
        let words = format!("{}: {}{stands}", project.name, place.name);
        (place.id.to_string(), words)
    }));
    Form::new(vec![
        Field::select("location", "Location", sent.text("location"), choices)
            .required()
            .hint("A meter that stands there already is replaced: its stay ends."),
        Field::text("from", "Since", sent.text("from"))
            .of_kind("datetime-local")
            .hint("In the project's local time, where it was moved earlier than now. Empty: now."),
        Field::text("until", "Until", sent.text("until"))
            .of_kind("datetime-local")
            .hint("Empty: until further notice."),
    ])
}
