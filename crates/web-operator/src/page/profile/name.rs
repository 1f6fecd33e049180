//! One's own name, said anew.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use store_operator::Authority;
use web::WebError;

use super::{PATH, back};
use crate::Office;
use crate::guard::Staff;
use crate::page::accounts::door::closed;
use crate::page::accounts::name_field;
use crate::page::form::{Form, Sent};
use crate::page::head::Head;
use crate::page::sheet::SheetPage;
use crate::page::{html, see_other};

/// `GET /profile/name`.
pub(crate) async fn show(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    let Some(me) = staff.account() else {
        return closed(&office, &staff).await;
    };
    html(&office, &page(&office, &me.display_name))
}

/// `POST /profile/name`.
pub(crate) async fn change(
    office: Data<Office>,
    staff: Staff,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let Some(me) = staff.account() else {
        return closed(&office, &staff).await;
    };
    let (id, asker, sent) = (me.id, me.asker(), Sent::read(&body)?);
    let name = sent.text("name").to_owned();
    let done = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.rename_account(Authority::Account(asker), id, &name)
        })
        .await;
    match done {
        Ok(()) => Ok(see_other(&format!("{PATH}?said=name"))),
        Err(error) => page(&office, sent.text("name")).refused(&office, error),
    }
}

fn page(office: &Office, name: &str) -> SheetPage {
    SheetPage {
        head: Head::new(office, "profile"),
        title: "Your name".into(),
        back: back(),
        notes: vec!["The others see it; you sign in with your e-mail address.".into()],
        form: Form::new(vec![name_field(name)]),
        action: "/profile/name".into(),
        act: "Save".into(),
        danger: false,
    }
}
