//! The locations of a project: a new one, one said anew, one removed.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::{LocationKind, ProjectId, UnitId};
use store_operator::{
    LocationEdit, LocationRecord, NewLocation, Operator, PlaceDetail, ProjectDetail, UnitPlaced,
};
use web::WebError;

use super::meters::{free, units};
use super::place::{PlaceMap, PlacePage, position_fields, position_sent};
use super::{back, path, project, zone};
use crate::Office;
use crate::error::refused;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
use crate::page::head::Head;
use crate::page::{html, id_of, see_other};

/// `GET /projects/{id}/locations/new`.
pub(crate) async fn new(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&id)?).await?;
    let page = new_page(&office, &staff, &detail, &Sent::default()).await?;
    html(&office, &page)
}

/// `POST /projects/{id}/locations/new`. With `unit` its meter stands there at once.
pub(crate) async fn add(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (id, sent) = (id_of::<ProjectId>(&id)?, Sent::read(&body)?);
    let added = match said(&sent).and_then(|said| Ok((said, meter(&sent)?))) {
        Ok((said, meter)) => {
            let new = NewLocation {
                name: said.name,
                kind: LocationKind::Sound,
                description: said.description,
                latitude: said.latitude,
                longitude: said.longitude,
            };
            let zone = zone(&office, &project(&office, &staff, id).await?.project);
            let act = office
                .desk
                .act_in(&zone, staff.actor(), move |operator| match meter {
                    Some(meter) => operator.add_location_with_meter(id, &new, &meter),
                    None => operator.add_location(id, &new),
                });
            act.await
        }
        Err(error) => Err(error),
    };
    let Err(error) = added else {
        return Ok(see_other(&path(id)));
    };
    let detail = project(&office, &staff, id).await?;
    let page = new_page(&office, &staff, &detail, &sent).await?;
    page.refused(&office, error)
}

/// The meter that is named, if one is.
fn meter(sent: &Sent) -> Result<Option<UnitId>, WebError> {
    let read = |text: String| store_operator::unit_id(&text).map_err(refused);
    sent.optional("unit").map(read).transpose()
}

/// `GET /projects/{id}/locations/{location}/edit`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&asked.0)?).await?;
    let location = &place(&detail, &asked.1)?.location;
    let form = form_now(location);
    let page = edit_page(&office, &staff, &detail, location, form).await?;
    html(&office, &page)
}

/// `POST /projects/{id}/locations/{location}/edit`.
pub(crate) async fn edit(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let sent = Sent::read(&body)?;
    let detail = project(&office, &staff, id_of(&asked.0)?).await?;
    let location = &place(&detail, &asked.1)?.location;
    let (id, seen) = (location.id, sent.seen()?);
    let done = match said(&sent) {
        Ok(edit) => {
            let act = office.desk.act(staff.actor(), move |operator| {
                operator.edit_location_as_seen(id, &edit, seen)
            });
            act.await
        }
        Err(error) => Err(error),
    };
    let Err(error) = done else {
        return Ok(see_other(&path(detail.project.id)));
    };
    // Read again: what is in the way may have been said since.
    let detail = project(&office, &staff, detail.project.id).await?;
    let location = &place(&detail, &asked.1)?.location;
    let form = form(&sent).typed_over(&form_now(location), &sent, &error);
    let page = edit_page(&office, &staff, &detail, location, form).await?;
    page.refused(&office, error)
}

/// The location of the project that a path names.
pub(super) fn place<'a>(detail: &'a ProjectDetail, id: &str) -> Result<&'a PlaceDetail, WebError> {
    let id = id_of(id)?;
    let mut places = detail.locations.iter();
    places
        .find(|place| place.location.id == id)
        .ok_or(WebError::NotFound)
}

fn said(sent: &Sent) -> Result<LocationEdit, WebError> {
    let (latitude, longitude) = position_sent(sent)?;
    Ok(LocationEdit {
        name: sent.text("name").to_owned(),
        description: sent.optional("description"),
        latitude,
        longitude,
    })
}

fn form(sent: &Sent) -> Form {
    fields(["name", "description", "latitude", "longitude"].map(|name| sent.text(name)))
}

/// The form of what the location is now.
fn form_now(location: &LocationRecord) -> Form {
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    fields([
        &location.name,
        location.description.as_deref().unwrap_or_default(),
        &number(location.latitude),
        &number(location.longitude),
    ])
    .with_seen(location.seen())
}

fn fields([name, description, latitude, longitude]: [&str; 4]) -> Form {
    let mut fields = vec![
        Field::text("name", "Name", name)
            .required()
            .hint("As the client calls it: the portal shows it."),
        Field::text("description", "Description", description).hint("For the firm's own staff."),
    ];
    fields.extend(position_fields(latitude, longitude));
    Form::new(fields)
}

/// The meter that may come with a new location: one of the list, or a name that is new.
fn meter_field(unit: &str, units: &[UnitPlaced]) -> Field {
    let free = free(units).map(|unit| (unit.to_string(), "free".to_owned()));
    Field::text("unit", "Meter", unit)
        .suggest(free.collect())
        .hint(
            "One that is free, or the unit id of a new one, letter for letter as SLMM knows it.              It stands here from now on. Empty: later.",
        )
}

async fn new_page(
    office: &Office,
    staff: &Staff,
    detail: &ProjectDetail,
    sent: &Sent,
) -> Result<PlacePage, WebError> {
    let units = office.desk.act(staff.actor(), units).await?;
    let mut form = form(sent);
    // After the name and before what may be left out.
    form.fields
        .insert(1, meter_field(sent.text("unit"), &units));
    let others: Vec<&PlaceDetail> = detail.locations.iter().collect();
    Ok(PlacePage {
        head: Head::new(office, "projects"),
        title: "New location".into(),
        back: back(&detail.project),
        form,
        action: format!("/projects/{}/locations/new", detail.project.id),
        act: "Add location".into(),
        map: map(office, staff, others).await?,
    })
}

async fn edit_page(
    office: &Office,
    staff: &Staff,
    detail: &ProjectDetail,
    location: &LocationRecord,
    form: Form,
) -> Result<PlacePage, WebError> {
    let (project, id) = (detail.project.id, location.id);
    let places = detail.locations.iter();
    let others = places.filter(|place| place.location.id != id).collect();
    Ok(PlacePage {
        head: Head::new(office, "projects"),
        title: format!("Edit {}", location.name),
        back: back(&detail.project),
        form,
        action: format!("/projects/{project}/locations/{id}/edit"),
        act: "Save".into(),
        map: map(office, staff, others).await?,
    })
}

/// With tiles a map begins somewhere even while the project has no place on it.
async fn map(
    office: &Office,
    staff: &Staff,
    others: Vec<&PlaceDetail>,
) -> Result<PlaceMap, WebError> {
    let tiles = office.settings.map.as_ref();
    let is_placed = |place: &&PlaceDetail| place.location.latitude.is_some();
    let elsewhere = if tiles.is_some() && !others.iter().any(is_placed) {
        office.desk.act(staff.actor(), Operator::board).await?
    } else {
        Vec::new()
    };
    Ok(PlaceMap::new(tiles, others.into_iter(), &elsewhere))
}
