//! A new client.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use web::WebError;

use super::{form, form_of, said};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Form, Sent};
use crate::page::head::Head;
use crate::page::sheet::{Back, SheetPage};
use crate::page::{html, see_other};

/// `GET /clients/new`.
pub(crate) async fn show(office: Data<Office>, _staff: Staff) -> Result<HttpResponse, WebError> {
    html(&office, &page(&office, form("", "")))
}

/// `POST /clients/new`.
pub(crate) async fn create(
    office: Data<Office>,
    staff: Staff,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let sent = Sent::read(&body)?;
    let new = said(&sent);
    let made = office
        .desk
        .act(staff.actor(), move |operator| operator.create_client(&new))
        .await;
    match made {
        Ok(client) => Ok(see_other(&format!("/clients/{client}"))),
        Err(error) => page(&office, form_of(&sent)).refused(&office, error),
    }
}

fn page(office: &Office, form: Form) -> SheetPage {
    SheetPage {
        head: Head::new(office, "clients"),
        title: "New client".into(),
        back: Back::to("/clients", "Clients"),
        notes: Vec::new(),
        form,
        action: "/clients/new".into(),
        act: "Add client".into(),
        danger: false,
    }
}
