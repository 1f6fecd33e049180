//! Every other session of one's own, ended.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use store_operator::Authority;
use web::WebError;

use super::back;
use super::onward::goes_on;
use crate::Office;
use crate::guard::Staff;
use crate::page::accounts::door::closed;
use crate::page::form::Form;
use crate::page::head::Head;
use crate::page::html;
use crate::page::sheet::SheetPage;

/// `GET /profile/sign-out-everywhere`.
pub(crate) async fn ask(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    if staff.account().is_none() {
        return closed(&office, &staff).await;
    }
    let page = SheetPage {
        head: Head::new(&office, "profile"),
        title: "Sign out everywhere else?".into(),
        back: back(),
        notes: vec![
            "Wherever else you are signed in, you are signed out at once. Here you stay signed in."
                .into(),
            "If you think that somebody knows your password, change it instead: that does the same \
             and keeps them out."
                .into(),
        ],
        form: Form::new(Vec::new()),
        action: "/profile/sign-out-everywhere".into(),
        act: "Sign out everywhere else".into(),
        danger: true,
    };
    html(&office, &page)
}

/// `POST /profile/sign-out-everywhere`.
pub(crate) async fn sign_out(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Some(me) = staff.account() else {
        return closed(&office, &staff).await;
    };
    let (id, asker) = (me.id, me.asker());
    let valid_from = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.sign_out_everywhere(Authority::Account(asker), id)
        })
        .await?;
    goes_on(&office, &request, valid_from, "/profile?said=everywhere")
}
