//! What an account's owner may do, said anew.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::OperatorUserId;
use store_operator::AccountRecord;
use web::WebError;

use super::door::closed;
use super::{Manager, path, role_field, role_of, sheet};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Form, Sent};
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// `GET /accounts/{id}/role`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(&staff) else {
        return closed(&office, &staff).await;
    };
    let id = id_of(&id)?;
    if manager.is(id) {
        return Ok(see_other(&path(id)));
    }
    let account = manager.account(&office, id).await?;
    html(&office, &page(&office, &account, account.role.as_str()))
}

/// `POST /accounts/{id}/role`.
pub(crate) async fn change(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(&staff) else {
        return closed(&office, &staff).await;
    };
    let (id, sent) = (id_of::<OperatorUserId>(&id)?, Sent::read(&body)?);
    let done = match role_of(sent.text("role")) {
        Ok(role) => {
            let act = manager.does(&office, move |operator, by| operator.set_role(by, id, role));
            act.await
        }
        Err(error) => Err(error),
    };
    let Err(error) = done else {
        return Ok(see_other(&path(id)));
    };
    let account = manager.account(&office, id).await?;
    page(&office, &account, sent.text("role")).refused(&office, error)
}

fn page(office: &Office, account: &AccountRecord, role: &str) -> SheetPage {
    SheetPage {
        title: format!("The role of {}", account.display_name),
        notes: vec![
            "With another role they are signed out everywhere, and sign in again with the same \
             password."
                .into(),
        ],
        act: "Change role".into(),
        ..sheet(office, account, "role", Form::new(vec![role_field(role)]))
    }
}
