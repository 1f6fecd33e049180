//! The end of a location. It asks first.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use store_operator::{PlaceDetail, ProjectDetail};
use web::WebError;

use super::locations::place;
use super::{back, path, project};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Form;
use crate::page::head::Head;
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// `GET /projects/{id}/locations/{location}/remove`.
pub(crate) async fn ask(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&asked.0)?).await?;
    let page = page(&office, &detail, place(&detail, &asked.1)?);
    html(&office, &page)
}

/// `POST /projects/{id}/locations/{location}/remove`.
pub(crate) async fn remove(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&asked.0)?).await?;
    let location = place(&detail, &asked.1)?.location.id;
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.remove_location(location)
        })
        .await?;
    Ok(see_other(&path(detail.project.id)))
}

fn page(office: &Office, detail: &ProjectDetail, place: &PlaceDetail) -> SheetPage {
    let (project, location) = (detail.project.id, &place.location);
    let mut notes = vec![
        "It leaves the project and the portal at once. Whoever watches it there is told that it \
         is gone."
            .to_owned(),
        "What was measured and who stood there is kept. It cannot be brought back: a location of \
         that name would be a new one."
            .to_owned(),
    ];
    if let Some(stay) = &place.stay {
        notes.push(format!(
            "{} stands there: its stay ends, and its limits stay with it.",
            stay.assignment.unit
        ));
    }
    let is_here = |unit: &&store_operator::StayRecord| unit.assignment.location == location.id;
    if let Some(stay) = detail.to_come.iter().find(is_here) {
        notes.push(format!(
            "{} is to stand there: that is cancelled.",
            stay.assignment.unit
        ));
    }
    SheetPage {
        head: Head::new(office, "projects"),
        title: format!("Remove {}?", location.name),
        back: back(&detail.project),
        notes,
        form: Form::new(Vec::new()),
        action: format!("/projects/{project}/locations/{}/remove", location.id),
        act: "Remove location".into(),
        danger: true,
    }
}
