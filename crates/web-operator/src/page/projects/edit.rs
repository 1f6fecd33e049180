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
use crate::page::form::{Form, Sent};
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
    let form = form_now(&project, &clients);
    html(&office, &page(&office, &project, form))
}

/// `POST /projects/{id}/edit`.
pub(crate) async fn edit(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (id, sent) = (id_of::<ProjectId>(&id)?, Sent::read(&body)?);
    let (typed, seen) = (Typed::sent(&sent), sent.seen()?);
    let done = match typed.said() {
        Ok(edit) => {
            office
                .desk
                .act(staff.actor(), move |operator| {
                    let edited = operator.edit_project_as_seen(id, &edit, seen);
                    edited.map_err(no_such_client)
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
    let now = form_now(&project, &clients);
    let form = typed.form(&clients).typed_over(&now, &sent, &error);
    page(&office, &project, form).refused(&office, error)
}

/// The form of what the project is now.
fn form_now(project: &ProjectRecord, clients: &[ClientRecord]) -> Form {
    let form = Typed::of(project).form(clients);
    form.with_seen(project.seen())
}

fn page(office: &Office, project: &ProjectRecord, form: Form) -> SheetPage {
    SheetPage {
        head: Head::new(office, "projects"),
        title: format!("Edit {}", project.name),
        back: back(project),
        notes: Vec::new(),
        form,
        action: format!("/projects/{}/edit", project.id),
        act: "Save".into(),
        danger: false,
    }
}
