//! A project, said anew.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::ProjectId;
use store_operator::{ClientRecord, ProjectRecord};
use web::WebError;

use super::new::clients;
use super::said::{Typed, no_such_client};
use super::{back, path, project};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Sent;
use crate::page::head::Head;
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// `GET /projects/{id}/edit`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let project = project(&office, &staff, id_of(&id)?).await?.project;
    let clients = clients(&office, &staff).await?;
    let typed = Typed::of(&project);
    html(&office, &page(&office, &project, &typed, &clients))
}

/// `POST /projects/{id}/edit`.
pub(crate) async fn edit(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (id, typed) = (id_of::<ProjectId>(&id)?, Typed::sent(&Sent::read(&body)?));
    let done = match typed.said() {
        Ok(edit) => {
            office
                .desk
                .act(staff.actor(), move |operator| {
                    operator.edit_project(id, &edit).map_err(no_such_client)
                })
                .await
        }
        Err(error) => Err(error),
    };
    let Err(error) = done else {
        return Ok(see_other(&path(id)));
    };
    let project = project(&office, &staff, id).await?.project;
    let clients = clients(&office, &staff).await?;
    page(&office, &project, &typed, &clients).refused(&office, error)
}

fn page(
    office: &Office,
    project: &ProjectRecord,
    typed: &Typed,
    clients: &[ClientRecord],
) -> SheetPage {
    SheetPage {
        head: Head::new(office, "projects"),
        title: format!("Edit {}", project.name),
        back: back(project),
        notes: Vec::new(),
        form: typed.form(clients),
        action: format!("/projects/{}/edit", project.id),
        act: "Save".into(),
        danger: false,
    }
}
