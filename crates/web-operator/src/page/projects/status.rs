//! Where a project stands. Every change asks first, on a page that says what it does.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::{ProjectId, ProjectStatus};
use store_operator::ProjectDetail;
use web::WebError;

use super::audience::signed_out;
use super::{back, path, project};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Form;
use crate::page::head::Head;
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// `GET /projects/{id}/status/{status}`.
pub(crate) async fn ask(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (id, status) = (id_of(&asked.0)?, id_of(&asked.1)?);
    let project = project(&office, &staff, id).await?;
    html(&office, &page(&office, &project, status))
}

/// `POST /projects/{id}/status/{status}`.
pub(crate) async fn set(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (id, status) = (id_of::<ProjectId>(&asked.0)?, id_of(&asked.1)?);
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.set_status(id, status)
        })
        .await?;
    Ok(see_other(&path(id)))
}

fn page(office: &Office, detail: &ProjectDetail, status: ProjectStatus) -> SheetPage {
    let project = &detail.project;
    let act = verb(status);
    SheetPage {
        head: Head::new(office, "projects"),
        title: format!("{act} {}?", project.name),
        back: back(project),
        notes: notes(detail, status),
        form: Form::new(Vec::new()),
        action: format!("/projects/{}/status/{status}", project.id),
        act: format!("{act} project"),
        danger: status == ProjectStatus::Deleted,
    }
}

/// What is done to a project that comes to stand there.
pub(super) fn verb(status: ProjectStatus) -> &'static str {
    match status {
        ProjectStatus::Active => "Reopen",
        ProjectStatus::Completed => "Complete",
        ProjectStatus::Archived => "Archive",
        ProjectStatus::Deleted => "Delete",
    }
}

fn notes(detail: &ProjectDetail, status: ProjectStatus) -> Vec<String> {
    let is_open = detail.portal.enabled;
    let portal = match status {
        ProjectStatus::Deleted if is_open => "Its portal opens for nobody any more.",
        ProjectStatus::Active if is_open && detail.project.status == ProjectStatus::Deleted => {
            "Its portal opens again by the same link and password; earlier visitors sign in anew."
        }
        _ if is_open => "Its portal stays open: close it by itself if clients should not see it.",
        _ => "Its portal is closed, and stays closed.",
    };
    let record = match status {
        ProjectStatus::Active => "The project is shown as being monitored.",
        ProjectStatus::Completed => "The project is shown as completed: monitoring is over.",
        ProjectStatus::Archived => "The project is shown as archived: it is kept for the record.",
        ProjectStatus::Deleted => {
            "The project leaves every list. Its history is kept, and it can be brought back."
        }
    };
    let standing: Vec<String> = detail
        .locations
        .iter()
        .filter_map(|place| place.stay.as_ref())
        .map(|stay| stay.assignment.unit.to_string())
        .collect();
    let mut notes = vec![record.to_owned(), portal.to_owned()];
    if is_open && status == ProjectStatus::Deleted {
        notes.push(signed_out(detail.portal.watching));
    }
    if !standing.is_empty() && status != ProjectStatus::Active {
        let meters = standing.join(", ");
        notes.push(format!(
            "Meters stay where they stand until they are moved or their stay is ended: {meters}."
        ));
    }
    notes
}
