//! `GET /login/welcome`: what is worth saying once somebody has signed in.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use auth::Role;
use serde::Serialize;
use web::{Page, WebError};

use super::Onward;
use crate::Office;
use crate::guard::Staff;
use crate::page::head::Head;
use crate::page::{html, see_other};

pub(super) const PATH: &str = "/login/welcome";

/// `operator/login-welcome.html`
#[derive(Debug, Serialize)]
pub(crate) struct WelcomePage {
    head: Head,
    /// How many recovery codes are left; `None` where there is no second factor, and it is asked
    /// for.
    codes_left: Option<usize>,
    /// Where they wanted to go.
    next: String,
}

/// Asks a superadmin without a second factor to turn it on, and tells whoever has one how many
/// recovery codes are left.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let onward = Onward::of(&request);
    let worth = staff
        .account()
        .filter(|account| account.has_second_factor || account.role >= Role::Superadmin);
    let Some(account) = worth else {
        return Ok(see_other(onward.path()));
    };
    let id = account.id;
    let detail = office
        .desk
        .act(staff.actor(), move |operator| operator.account_detail(id));
    let detail = detail.await?;
    let page = WelcomePage {
        head: Head::new(&office, ""),
        codes_left: detail
            .account
            .has_second_factor
            .then_some(detail.recovery_codes_left),
        next: onward.path().to_owned(),
    };
    html(&office, &page)
}

impl Page for WelcomePage {
    const TEMPLATE: &'static str = "operator/login-welcome.html";

    fn samples() -> Vec<Self> {
        let page = |codes_left| Self {
            head: Head::sample("", false),
            codes_left,
            next: "/projects?search=<a>".into(),
        };
        vec![page(None), page(Some(0)), page(Some(1)), page(Some(9))]
    }
}
