//! `GET` and `POST /logout`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use web::{Page, WebError};

use super::go;
use crate::Office;
use crate::page::{html, see_other};

/// `operator/login-out.html`
#[derive(Debug, Serialize)]
pub(crate) struct LogoutPage {
    /// Whose session it is.
    email: String,
}

/// `GET /logout`. A link ends nothing, for anybody can make one: it is asked first.
pub(crate) async fn ask(
    office: Data<Office>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Some(signed_in) = office.signed_in(&request).await? else {
        return Ok(see_other("/login"));
    };
    let page = LogoutPage {
        email: signed_in.account.email,
    };
    html(&office, &page)
}

/// `POST /logout`. Ends the session in this browser.
pub(crate) async fn logout(office: Data<Office>) -> Result<HttpResponse, WebError> {
    let cookies = [office.cleared_session()?, office.cleared_second_factor()?];
    Ok(go("/login", cookies))
}

impl Page for LogoutPage {
    const TEMPLATE: &'static str = "operator/login-out.html";

    fn samples() -> Vec<Self> {
        vec![Self {
            email: "ada@<firm>".into(),
        }]
    }
}
