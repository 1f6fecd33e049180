//! The end of a meter's stay. It asks first.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::AssignmentId;
use store_operator::{ProjectDetail, StayRecord};
use web::WebError;

use super::{back, path, project};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Form;
use crate::page::head::Head;
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// `GET /projects/{id}/stays/{stay}/end`.
pub(crate) async fn ask(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&asked.0)?).await?;
    let stay = stay(&detail, id_of(&asked.1)?)?;
    html(&office, &page(&office, &detail, stay))
}

/// `POST /projects/{id}/stays/{stay}/end`.
pub(crate) async fn end(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&asked.0)?).await?;
    let stay = stay(&detail, id_of(&asked.1)?)?.assignment.id;
    office
        .desk
        .act(staff.actor(), move |operator| operator.end_stay(stay))
        .await?;
    Ok(see_other(&path(detail.project.id)))
}

/// The stay at a location of the project, whether it lasts, is to come or is over.
fn stay(detail: &ProjectDetail, id: AssignmentId) -> Result<&StayRecord, WebError> {
    let lasting = detail
        .locations
        .iter()
        .filter_map(|place| place.stay.as_ref());
    lasting
        .chain(&detail.to_come)
        .chain(&detail.past)
        .find(|stay| stay.assignment.id == id)
        .ok_or(WebError::NotFound)
}

fn page(office: &Office, detail: &ProjectDetail, stay: &StayRecord) -> SheetPage {
    let (unit, place) = (&stay.assignment.unit, &stay.location_name);
    let id = stay.assignment.id;
    let is_to_come = stay.assignment.is_to_come(office.now());
    let notes = if is_to_come {
        vec![format!("{unit} will not come to {place}.")]
    } else {
        vec![
            format!("{unit} stands at {place} no more: the portal says that it has no meter."),
            "What it measured there stays with the location. Its limits stay with the meter."
                .to_owned(),
        ]
    };
    SheetPage {
        head: Head::new(office, "projects"),
        title: if is_to_come {
            format!("Cancel the stay of {unit} at {place}?")
        } else {
            format!("End the stay of {unit} at {place}?")
        },
        back: back(&detail.project),
        notes,
        form: Form::new(Vec::new()),
        action: format!("/projects/{}/stays/{id}/end", detail.project.id),
        act: if is_to_come {
            "Cancel stay"
        } else {
            "End stay"
        }
        .into(),
        danger: true,
    }
}
