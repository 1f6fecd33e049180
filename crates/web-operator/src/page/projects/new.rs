//! A new project.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use store_operator::{ClientRecord, Operator};
use web::WebError;

use super::path;
use super::said::{Typed, no_such_client};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Sent, query};
use crate::page::head::Head;
use crate::page::sheet::{Back, SheetPage};
use crate::page::{html, see_other};

/// `GET /projects/new`, for the client that `?client=` names, if any.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let zone = office.settings.site_zone.iana_name().unwrap_or_default();
    let typed = Typed {
        client: query(&request, "client"),
        time_zone: zone.to_owned(),
        ..Typed::default()
    };
    let clients = clients(&office, &staff).await?;
    html(&office, &page(&office, &typed, &clients))
}

/// `POST /projects/new`.
pub(crate) async fn create(
    office: Data<Office>,
    staff: Staff,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let typed = Typed::sent(&Sent::read(&body)?);
    let made = match typed.said() {
        Ok(new) => {
            office
                .desk
                .act(staff.actor(), move |operator| {
                    operator.create_project(&new).map_err(no_such_client)
                })
                .await
        }
        Err(error) => Err(error),
    };
    let error = match made {
        Ok(project) => return Ok(see_other(&path(project))),
        Err(error) => error,
    };
    let clients = clients(&office, &staff).await?;
    page(&office, &typed, &clients).refused(&office, error)
}

pub(super) async fn clients(office: &Office, staff: &Staff) -> Result<Vec<ClientRecord>, WebError> {
    office.desk.act(staff.actor(), Operator::list_clients).await
}

fn page(office: &Office, typed: &Typed, clients: &[ClientRecord]) -> SheetPage {
    SheetPage {
        head: Head::new(office, "projects"),
        title: "New project".into(),
        back: Back::to("/projects", "Projects"),
        notes: Vec::new(),
        form: typed.form(clients),
        action: "/projects/new".into(),
        act: "Add project".into(),
        danger: false,
    }
}
