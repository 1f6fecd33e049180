//! A client, said anew.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::ClientId;
use store_operator::{ClientEdit, ClientRecord};
use web::WebError;

use super::{form, form_of, said};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Form, Sent};
use crate::page::head::Head;
use crate::page::sheet::{Back, SheetPage};
use crate::page::{html, id_of, see_other};

/// `GET /clients/{id}/edit`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let client = client(&office, &staff, id_of(&id)?).await?;
    let email = client.contact_email.as_deref().unwrap_or_default();
    let form = form(&client.name, email);
    html(&office, &page(&office, &client, form))
}

/// `POST /clients/{id}/edit`.
pub(crate) async fn edit(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (id, sent) = (id_of::<ClientId>(&id)?, Sent::read(&body)?);
    let new = said(&sent);
    let done = office
        .desk
        .act(staff.actor(), move |operator| {
            let edit = ClientEdit {
                name: new.name,
                contact_email: new.contact_email,
                active: operator.client_detail(id)?.client.active,
            };
            operator.edit_client(id, &edit)
        })
        .await;
    let Err(error) = done else {
        return Ok(see_other(&format!("/clients/{id}")));
    };
    let client = client(&office, &staff, id).await?;
    page(&office, &client, form_of(&sent)).refused(&office, error)
}

pub(super) async fn client(
    office: &Office,
    staff: &Staff,
    id: ClientId,
) -> Result<ClientRecord, WebError> {
    let detail = office
        .desk
        .act(staff.actor(), move |operator| operator.client_detail(id))
        .await?;
    Ok(detail.client)
}

fn page(office: &Office, client: &ClientRecord, form: Form) -> SheetPage {
    SheetPage {
        head: Head::new(office, "clients"),
        title: format!("Edit {}", client.name),
        back: Back::to(format!("/clients/{}", client.id), &client.name),
        notes: Vec::new(),
        form,
        action: format!("/clients/{}/edit", client.id),
        act: "Save".into(),
        danger: false,
    }
}
