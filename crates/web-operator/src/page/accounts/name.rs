//! The name of an account's owner, said anew.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::OperatorUserId;
use store_operator::AccountRecord;
use web::WebError;

use super::door::closed;
use super::{Manager, name_field, path, sheet};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Form, Sent};
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// `GET /accounts/{id}/name`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(&staff) else {
        return closed(&office, &staff).await;
    };
    let account = manager.account(&office, id_of(&id)?).await?;
    html(
        &office,
        &page(&office, &account, account.display_name.as_str()),
    )
}

/// `POST /accounts/{id}/name`.
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
    let name = sent.text("name").to_owned();
    let done = manager.does(&office, move |operator, by| {
        operator.rename_account(by, id, &name)
    });
    let Err(error) = done.await else {
        return Ok(see_other(&path(id)));
    };
    let account = manager.account(&office, id).await?;
    page(&office, &account, sent.text("name")).refused(&office, error)
}

fn page(office: &Office, account: &AccountRecord, name: &str) -> SheetPage {
    SheetPage {
        title: format!("The name of {}", account.email),
        ..sheet(office, account, "name", Form::new(vec![name_field(name)]))
    }
}
