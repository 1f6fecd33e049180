//! One account, and what can be done to it.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::TimeZone;
use serde::Serialize;
use store_operator::AccountDetail;
use web::when::When;
use web::{Page, WebError};

use super::Manager;
use super::door::closed;
use crate::Office;
use crate::guard::Staff;
use crate::page::head::Head;
use crate::page::links::address;
use crate::page::profile::may;
use crate::page::{html, id_of};

/// `operator/accounts-detail.html`
#[derive(Debug, Serialize)]
pub(crate) struct AccountPage {
    head: Head,
    id: String,
    name: String,
    email: String,
    role: &'static str,
    may: &'static str,
    active: bool,
    /// Whether it is the account of whoever looks.
    own: bool,
    made: When,
    signed_in: Option<When>,
    locked_until: Option<When>,
    second_factor: bool,
    codes_left: usize,
    /// What the audit log has of their acts, and of acts on their account.
    deeds: String,
    record: String,
}

/// `GET /accounts/{id}`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(&staff) else {
        return closed(&office, &staff).await;
    };
    let id = id_of(&id)?;
    let detail = manager
        .does(&office, move |operator, _| operator.account_detail(id))
        .await?;
    let own = manager.is(detail.account.id);
    html(&office, &AccountPage::of(&office, &detail, own))
}

impl AccountPage {
    fn of(office: &Office, detail: &AccountDetail, own: bool) -> Self {
        let account = &detail.account;
        let told = |at| When::full(at, &office.settings.site_zone);
        Self {
            head: Head::new(office, "accounts"),
            id: account.id.to_string(),
            name: account.display_name.to_string(),
            email: account.email.to_string(),
            role: account.role.as_str(),
            may: may(account.role),
            active: account.active,
            own,
            made: told(account.created_at),
            signed_in: account.last_login_at.map(told),
            locked_until: account.locked_until.map(told),
            second_factor: account.has_second_factor,
            codes_left: detail.recovery_codes_left,
            deeds: deeds(account.email.as_str()),
            record: record(&account.id.to_string()),
        }
    }
}

fn deeds(email: &str) -> String {
    address("/audit", &[], &[("who", email)])
}

fn record(id: &str) -> String {
    address("/audit", &[], &[("kind", "operator"), ("subject", id)])
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "operator/accounts-detail.html";

    fn samples() -> Vec<Self> {
        let at = When::full(domain::Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        let page = |active, own, locked: bool, codes: Option<usize>| Self {
            head: Head::sample("accounts", false),
            id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            name: "Ada <Lovelace>".into(),
            email: "ada@firm.example".into(),
            role: "admin",
            may: may(auth::Role::Admin),
            active,
            own,
            made: at.clone(),
            signed_in: codes.map(|_| at.clone()),
            locked_until: locked.then(|| at.clone()),
            second_factor: codes.is_some(),
            codes_left: codes.unwrap_or(0),
            deeds: deeds("ada+audit@firm.example"),
            record: record("0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01"),
        };
        vec![
            page(true, false, false, Some(10)),
            page(true, true, false, Some(1)),
            page(true, false, true, None),
            page(false, false, false, None),
        ]
    }
}
