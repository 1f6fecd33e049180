//! The locations of a project: a new one, one said anew, one removed.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::{LocationKind, ProjectId};
use store_operator::{LocationEdit, LocationRecord, NewLocation, PlaceDetail, ProjectDetail};
use web::WebError;

use super::{back, path, project};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
use crate::page::head::Head;
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// `GET /projects/{id}/locations/new`.
pub(crate) async fn new(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&id)?).await?;
    html(&office, &new_page(&office, &detail, form(&Sent::default())))
}

/// `POST /projects/{id}/locations/new`.
pub(crate) async fn add(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (id, sent) = (id_of::<ProjectId>(&id)?, Sent::read(&body)?);
    let added = match said(&sent) {
        Ok(said) => {
            let new = NewLocation {
                name: said.name,
                kind: LocationKind::Sound,
                description: said.description,
                latitude: said.latitude,
                longitude: said.longitude,
            };
            let act = office.desk.act(staff.actor(), move |operator| {
                operator.add_location(id, &new)
            });
            act.await
        }
        Err(error) => Err(error),
    };
    let Err(error) = added else {
        return Ok(see_other(&path(id)));
    };
    let detail = project(&office, &staff, id).await?;
    new_page(&office, &detail, form(&sent)).refused(&office, error)
}

/// `GET /projects/{id}/locations/{location}/edit`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&asked.0)?).await?;
    let location = &place(&detail, &asked.1)?.location;
    let form = form_of(location);
    html(&office, &edit_page(&office, &detail, location, form))
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
    let id = location.id;
    let done = match said(&sent) {
        Ok(edit) => {
            let act = office.desk.act(staff.actor(), move |operator| {
                operator.edit_location(id, &edit)
            });
            act.await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_other(&path(detail.project.id))),
        Err(error) => edit_page(&office, &detail, location, form(&sent)).refused(&office, error),
    }
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
    Ok(LocationEdit {
        name: sent.text("name").to_owned(),
        description: sent.optional("description"),
        latitude: sent.number("latitude")?,
        longitude: sent.number("longitude")?,
    })
}

fn form(sent: &Sent) -> Form {
    fields(["name", "description", "latitude", "longitude"].map(|name| sent.text(name).to_owned()))
}

fn form_of(location: &LocationRecord) -> Form {
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    fields([
        location.name.clone(),
        location.description.clone().unwrap_or_default(),
        number(location.latitude),
        number(location.longitude),
    ])
}

fn fields([name, description, latitude, longitude]: [String; 4]) -> Form {
    Form::new(vec![
        Field::text("name", "Name", &name)
            .required()
            .hint("As the client calls it: the portal shows it."),
        Field::text("description", "Description", &description).hint("For the firm's own staff."),
        Field::text("latitude", "Latitude", &latitude)
            .of_kind("number")
            .hint("Degrees north, as in 40.7074."),
        Field::text("longitude", "Longitude", &longitude)
            .of_kind("number")
            .hint("Degrees east: west of Greenwich it is below zero, as in -74.0123."),
    ])
}

fn new_page(office: &Office, detail: &ProjectDetail, form: Form) -> SheetPage {
    SheetPage {
        head: Head::new(office, "projects"),
        title: "New location".into(),
        back: back(&detail.project),
        notes: Vec::new(),
        form,
        action: format!("/projects/{}/locations/new", detail.project.id),
        act: "Add location".into(),
        danger: false,
    }
}

fn edit_page(
    office: &Office,
    detail: &ProjectDetail,
    location: &LocationRecord,
    form: Form,
) -> SheetPage {
    let (project, id) = (detail.project.id, location.id);
    SheetPage {
        title: format!("Edit {}", location.name),
        action: format!("/projects/{project}/locations/{id}/edit"),
        act: "Save".into(),
        ..new_page(office, detail, form)
    }
}
