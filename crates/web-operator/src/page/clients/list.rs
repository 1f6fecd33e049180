//! All clients.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use store_operator::{ClientRecord, Operator};
use web::{Page, WebError};

use crate::Office;
use crate::guard::Staff;
use crate::page::form::query;
use crate::page::head::Head;
use crate::page::html;

/// `operator/clients-list.html`
#[derive(Debug, Serialize)]
pub(crate) struct ClientsPage {
    head: Head,
    /// What is looked for.
    search: String,
    /// Whether archived clients are shown too.
    archived: bool,
    clients: Vec<Line>,
}

/// One client.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    name: String,
    email: Option<String>,
    active: bool,
}

/// `GET /clients`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let clients = office
        .desk
        .act(staff.actor(), Operator::list_clients)
        .await?;
    let (search, archived) = (query(&request, "q"), query(&request, "archived") == "1");
    let page = ClientsPage {
        head: Head::new(&office, "clients"),
        clients: clients
            .into_iter()
            .filter(|client| archived || client.active)
            .filter(|client| is_found(client, &search))
            .map(|client| Line {
                id: client.id.to_string(),
                name: client.name,
                email: client.contact_email,
                active: client.active,
            })
            .collect(),
        search,
        archived,
    };
    html(&office, &page)
}

/// Each word that is looked for stands in the name or the address, in whatever case.
fn is_found(client: &ClientRecord, search: &str) -> bool {
    let email = client.contact_email.as_deref().unwrap_or_default();
    let text = format!("{}\n{email}", client.name).to_lowercase();
    search
        .split_whitespace()
        .all(|word| text.contains(&word.to_lowercase()))
}

impl Page for ClientsPage {
    const TEMPLATE: &'static str = "operator/clients-list.html";

    fn samples() -> Vec<Self> {
        let line = |email: Option<&str>, active| Line {
            id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            name: "Harbour & <Sons>".into(),
            email: email.map(str::to_owned),
            active,
        };
        let page = |search: &str, archived, clients| Self {
            head: Head::sample("clients", false),
            search: search.into(),
            archived,
            clients,
        };
        let lines = vec![line(Some("site@harbour.example"), true), line(None, false)];
        vec![
            page("", true, lines),
            page("\"nobody\"", false, Vec::new()),
            page("", false, Vec::new()),
            Self {
                head: Head::sample_for_operator("clients"),
                ..page("", false, Vec::new())
            },
        ]
    }
}
