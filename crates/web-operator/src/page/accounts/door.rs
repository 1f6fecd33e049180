//! In front of accounts: who has to sign in first, and how the first superadmin is made.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use store_operator::Operator;
use web::{Page, WebError};

use crate::Office;
use crate::guard::Staff;
use crate::page::head::Head;
use crate::page::html_with;

/// `operator/accounts-door.html`
#[derive(Debug, Serialize)]
pub(crate) struct DoorPage {
    head: Head,
    /// Whether somebody is signed in, who may not.
    signed_in: bool,
    /// Whether somebody can sign in who may.
    has_superadmin: bool,
}

/// The answer to whoever is not signed in, or may not manage accounts.
pub(crate) async fn closed(office: &Office, staff: &Staff) -> Result<HttpResponse, WebError> {
    let has_superadmin = office
        .desk
        .act(staff.actor(), Operator::has_superadmin)
        .await?;
    let page = DoorPage {
        head: Head::new(office, "accounts"),
        signed_in: staff.account().is_some(),
        has_superadmin,
    };
    html_with(office, StatusCode::FORBIDDEN, &page)
}

impl Page for DoorPage {
    const TEMPLATE: &'static str = "operator/accounts-door.html";

    fn samples() -> Vec<Self> {
        let page = |signed_in: bool, has_superadmin| Self {
            head: Head::sample("accounts", !signed_in),
            signed_in,
            has_superadmin,
        };
        vec![page(false, false), page(false, true), page(true, true)]
    }
}
