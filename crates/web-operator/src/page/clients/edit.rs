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
    html(&office, &page(&office, &client, form_now(&client)))
}

/// `POST /clients/{id}/edit`.
pub(crate) async fn edit(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (id, sent) = (id_of::<ClientId>(&id)?, Sent::read(&body)?);
    let (new, seen) = (said(&sent), sent.seen()?);
    let edit = ClientEdit {
        name: new.name,
        contact_email: new.contact_email,
    };
    let act = office.desk.act(staff.actor(), move |operator| {
        operator.edit_client_as_seen(id, &edit, seen)
    });
    let done = act.await;
    let Err(error) = done else {
        return Ok(see_other(&format!("/clients/{id}")));
    };
    let client = client(&office, &staff, id).await?;
    let form = form_of(&sent).typed_over(&form_now(&client), &sent, &error);
    page(&office, &client, form).refused(&office, error)
}

/// The form of what the client is now.
fn form_now(client: &ClientRecord) -> Form {
    let email = client.contact_email.as_deref().unwrap_or_default();
    form(&client.name, email).with_seen(client.seen())
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
