//! `/accounts`: who may sign in, and what they may.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use auth::Role;
use domain::TimeZone;
use serde::Serialize;
use store_operator::{AccountFilter, AccountRecord, Page as PageOf, Paged};
use web::when::When;
use web::{Page, WebError};

use super::Manager;
use super::door::closed;
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, query};
use crate::page::head::Head;
use crate::page::html;
use crate::page::links::{Links, number};

/// Accounts a page.
const SIZE: usize = 50;

/// `operator/accounts-list.html`
#[derive(Debug, Serialize)]
pub(crate) struct AccountsPage {
    head: Head,
    filter: Vec<Field>,
    accounts: Vec<Line>,
    total: usize,
    links: Links,
}

/// One account.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    name: String,
    email: String,
    role: &'static str,
    second_factor: bool,
    signed_in: Option<When>,
    active: bool,
    locked: bool,
}

/// What is looked for.
struct Asked {
    search: String,
    role: String,
    show: String,
}

/// `GET /accounts?search=&role=&show=&page=`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(&staff) else {
        return closed(&office, &staff).await;
    };
    let asked = Asked::of(&request);
    let filter = asked.filter();
    let page = PageOf::new(number(&request, "page"), SIZE);
    let found = manager
        .does(&office, move |operator, _| {
            operator.find_accounts(filter, page)
        })
        .await?;
    html(&office, &AccountsPage::of(&office, &asked, &found))
}

impl Asked {
    fn of(request: &HttpRequest) -> Self {
        let text = |name| query(request, name).trim().to_owned();
        Self {
            search: text("search"),
            role: text("role"),
            show: text("show"),
        }
    }

    /// What is no role and no state lets all through.
    fn filter(&self) -> AccountFilter {
        AccountFilter {
            search: self.search.clone(),
            role: self.role.parse().ok(),
            active: match self.show.as_str() {
                "disabled" => Some(false),
                "all" => None,
                _ => Some(true),
            },
        }
    }

    fn fields(&self) -> Vec<Field> {
        let choice = |value: &str, words: &str| (value.to_owned(), words.to_owned());
        let roles = Role::ALL.map(|role| choice(role.as_str(), role.as_str()));
        let any = std::iter::once(choice("", "any"));
        let show = vec![
            choice("", "Active"),
            choice("disabled", "Disabled"),
            choice("all", "All"),
        ];
        vec![
            Field::text("search", "Search", &self.search),
            Field::select("role", "Role", &self.role, any.chain(roles).collect()),
            Field::select("show", "Show", &self.show, show),
        ]
    }

    fn pairs(&self) -> [(&'static str, &str); 3] {
        [
            ("search", &self.search),
            ("role", &self.role),
            ("show", &self.show),
        ]
    }
}

impl AccountsPage {
    fn of(office: &Office, asked: &Asked, found: &Paged<AccountRecord>) -> Self {
        let zone = &office.settings.site_zone;
        Self {
            head: Head::new(office, "accounts"),
            filter: asked.fields(),
            total: found.total,
            links: Links::of(
                "/accounts",
                &asked.pairs(),
                found.page.number(),
                found.pages(),
            ),
            accounts: found.items.iter().map(|one| line(one, zone)).collect(),
        }
    }
}

fn line(account: &AccountRecord, zone: &TimeZone) -> Line {
    Line {
        id: account.id.to_string(),
        name: account.display_name.to_string(),
        email: account.email.to_string(),
        role: account.role.as_str(),
        second_factor: account.has_second_factor,
        signed_in: account.last_login_at.map(|at| When::full(at, zone)),
        active: account.active,
        locked: account.locked_until.is_some(),
    }
}

impl Page for AccountsPage {
    const TEMPLATE: &'static str = "operator/accounts-list.html";

    fn samples() -> Vec<Self> {
        let at = When::full(domain::Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        let line = |active, locked, signed_in: Option<&When>| Line {
            id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            name: "Ada <Lovelace>".into(),
            email: "ada@firm.example".into(),
            role: "admin",
            second_factor: signed_in.is_some(),
            signed_in: signed_in.cloned(),
            active,
            locked,
        };
        let page = |search: &str, accounts: Vec<Line>| {
            let asked = Asked {
                search: search.into(),
                role: "admin".into(),
                show: "all".into(),
            };
            Self {
                head: Head::sample("accounts", false),
                filter: asked.fields(),
                total: accounts.len(),
                links: Links::of("/accounts", &asked.pairs(), 1, 1),
                accounts,
            }
        };
        let lines = vec![
            line(true, false, Some(&at)),
            line(true, true, None),
            line(false, false, None),
        ];
        vec![page("a", lines), page("nobody", Vec::new())]
    }
}
