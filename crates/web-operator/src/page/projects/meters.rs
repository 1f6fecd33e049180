//! Which meter stands at a location: one is assigned, or moved here from elsewhere.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::{DeviceKind, TimeZone, Timestamp, UnitId};
use store_operator::{
    Operator, OperatorError, Page, PlaceDetail, ProjectDetail, UnitFilter, UnitPlaced,
};
use web::when::When;
use web::{FieldProblem, WebError};

use super::locations::place;
use super::{back, path, project, zone};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
use crate::page::head::Head;
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// What a move does.
pub(in crate::page) const MOVED: &str = "A meter that stands elsewhere is moved: its stay there \
     ends when this one begins, and its history stays with that location.";
/// What a move does not do.
pub(in crate::page) const LIMITS_STAY: &str = "Limits stay with the meter. A moved meter brings \
     its own; look at them on its page, and set those that this location needs.";

const CHOOSE: &str = "choose a meter of the list";

/// `GET /projects/{id}/locations/{location}/meter`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&asked.0)?).await?;
    let place = place(&detail, &asked.1)?;
    let units = office.desk.act(staff.actor(), units).await?;
    let page = page(&office, &detail, place, &units, &Sent::default());
    html(&office, &page)
}

/// `POST /projects/{id}/locations/{location}/meter`.
pub(crate) async fn assign(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let sent = Sent::read(&body)?;
    let detail = project(&office, &staff, id_of(&asked.0)?).await?;
    let place = place(&detail, &asked.1)?;
    let (location, zone) = (place.location.id, zone(&office, &detail.project));
    let (unit, from, until) = (
        sent.text("unit").to_owned(),
        local(&sent, "from", &zone),
        local(&sent, "until", &zone),
    );
    let done = match from.and_then(|from| Ok((from, until?))) {
        Ok((from, until)) => {
            let act = office.desk.act_in(&zone, staff.actor(), move |operator| {
                let unit = store_operator::unit_id(&unit).map_err(no_such_unit)?;
                let assigned = operator.assign_unit(&unit, location, from, until);
                assigned.map_err(no_such_unit)
            });
            act.await
        }
        Err(error) => Err(error),
    };
    let Err(error) = done else {
        return Ok(see_other(&path(detail.project.id)));
    };
    let units = office.desk.act(staff.actor(), units).await?;
    page(&office, &detail, place, &units, &sent).refused(&office, error)
}

/// Every sound level meter in use, with where it stands.
pub(super) fn units(operator: &Operator) -> Result<Vec<UnitPlaced>, OperatorError> {
    let filter = UnitFilter {
        retired: Some(false),
        ..UnitFilter::default()
    };
    let mut units = Vec::new();
    for number in 1.. {
        let found = operator.find_units(&filter, Page::new(number, Page::LONGEST))?;
        let pages = found.pages();
        units.extend(found.items);
        if number >= pages {
            break;
        }
    }
    units.retain(|placed| placed.unit.kind == DeviceKind::SoundLevelMeter.as_str());
    Ok(units)
}

/// The names of those that stand nowhere.
pub(super) fn free(units: &[UnitPlaced]) -> impl Iterator<Item = &UnitId> {
    let free = units.iter().filter(|placed| placed.stay.is_none());
    free.map(|placed| &placed.unit.id)
}

fn no_such_unit(error: OperatorError) -> OperatorError {
    let is_of_no_unit = matches!(
        error,
        OperatorError::NotFound { kind: "unit", .. } | OperatorError::Invalid { field: "unit", .. }
    );
    if is_of_no_unit {
        OperatorError::Invalid {
            field: "unit",
            problem: CHOOSE.to_owned(),
        }
    } else {
        error
    }
}

/// A local time of the project, if one is given.
pub(crate) fn local(
    sent: &Sent,
    name: &'static str,
    zone: &TimeZone,
) -> Result<Option<Timestamp>, WebError> {
    let read = |text: String| {
        let civil = text.parse::<jiff::civil::DateTime>().ok();
        let zoned = civil.and_then(|civil| civil.to_zoned(zone.clone()).ok());
        zoned.map(|zoned| zoned.timestamp()).ok_or_else(|| {
            let detail = "write a local time such as 2026-11-21T06:00";
            WebError::Unprocessable(vec![FieldProblem::new(name, detail)])
        })
    };
    sent.optional(name).map(read).transpose()
}

/// Free meters first; the others with where they stand. The one that stands here is left out.
fn choices(units: &[UnitPlaced], place: &PlaceDetail) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), "Choose a meter".to_owned())];
    choices.extend(free(units).map(|id| (id.to_string(), format!("{id}, free"))));
    let elsewhere = |placed: &UnitPlaced| {
        let stay = placed.stay.as_ref()?;
        let id = placed.unit.id.to_string();
        let words = format!(
            "{id}, now at {} of {}",
            stay.location_name, stay.project_name
        );
        (stay.assignment.location != place.location.id).then_some((id, words))
    };
    choices.extend(units.iter().filter_map(elsewhere));
    choices
}

fn page(
    office: &Office,
    detail: &ProjectDetail,
    place: &PlaceDetail,
    units: &[UnitPlaced],
    sent: &Sent,
) -> SheetPage {
    let (project, location) = (detail.project.id, &place.location);
    let zone = zone(office, &detail.project);
    let title = match &place.stay {
        Some(_) => format!("Another meter for {}", location.name),
        None => format!("Assign a meter to {}", location.name),
    };
    let form = Form::new(vec![
        Field::select("unit", "Meter", sent.text("unit"), choices(units, place)).required(),
        Field::text("from", "Since", sent.text("from"))
            .of_kind("datetime-local")
            .hint("Where it was moved earlier than now. Empty: now."),
        Field::text("until", "Until", sent.text("until"))
            .of_kind("datetime-local")
            .hint("Empty: until further notice."),
    ]);
    SheetPage {
        head: Head::in_zone(office, "projects", &zone),
        title,
        back: back(&detail.project),
        notes: notes(office, place, &zone),
        form,
        action: format!("/projects/{project}/locations/{}/meter", location.id),
        act: "Assign meter".into(),
        danger: false,
    }
}

fn notes(office: &Office, place: &PlaceDetail, zone: &TimeZone) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(stay) = &place.stay {
        let since = When::near(stay.assignment.window.from, zone, office.now()).text;
        notes.push(format!(
            "{} stands here since {since}. Its stay ends when the other begins.",
            stay.assignment.unit
        ));
    }
    notes.extend([MOVED, LIMITS_STAY].map(str::to_owned));
    let zone = web::when::zone_name(zone);
    notes.push(format!("Times are those of {zone}."));
    notes
}
