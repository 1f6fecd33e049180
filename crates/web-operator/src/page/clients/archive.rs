//! A client for whom the firm works no more, or works again.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::ClientId;
use store_operator::ClientRecord;
use web::WebError;

use super::edit::client;
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Form;
use crate::page::head::Head;
use crate::page::sheet::{Back, SheetPage};
use crate::page::{html, id_of, see_other};

/// `GET /clients/{id}/archive`.
pub(crate) async fn ask(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let client = client(&office, &staff, id_of(&id)?).await?;
    html(&office, &page(&office, &client))
}

/// `POST /clients/{id}/archive`.
pub(crate) async fn archive(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let id: ClientId = id_of(&id)?;
    office
        .desk
        .act(staff.actor(), move |operator| operator.archive_client(id))
        .await?;
    Ok(see_other(&format!("/clients/{id}")))
}

/// `POST /clients/{id}/restore`: nothing is lost by it, so it does not ask.
pub(crate) async fn restore(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let id: ClientId = id_of(&id)?;
    office
        .desk
        .act(staff.actor(), move |operator| operator.unarchive_client(id))
        .await?;
    Ok(see_other(&format!("/clients/{id}")))
}

fn page(office: &Office, client: &ClientRecord) -> SheetPage {
    SheetPage {
        head: Head::new(office, "clients"),
        title: format!("Archive {}?", client.name),
        back: Back::to(format!("/clients/{}", client.id), &client.name),
        notes: vec![
            "The client is no longer offered for new projects, and the list leaves it out.".into(),
            "Its projects and their portals stay as they are. It can be restored at any time."
                .into(),
        ],
        form: Form::new(Vec::new()),
        action: format!("/clients/{}/archive", client.id),
        act: "Archive client".into(),
        danger: true,
    }
}
