//! One client with its projects.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::ClientId;
use serde::Serialize;
use web::{Page, WebError};

use crate::Office;
use crate::guard::Staff;
use crate::page::head::Head;
use crate::page::{html, id_of};

/// `operator/clients-detail.html`
#[derive(Debug, Serialize)]
pub(crate) struct ClientPage {
    head: Head,
    id: String,
    name: String,
    email: Option<String>,
    active: bool,
    projects: Vec<Line>,
}

/// One of its projects.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    name: String,
    status: String,
    portal_open: bool,
}

/// `GET /clients/{id}`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let client: ClientId = id_of(&id)?;
    let detail = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.client_detail(client)
        })
        .await?;
    let page = ClientPage {
        head: Head::new(&office, "clients"),
        id: detail.client.id.to_string(),
        name: detail.client.name,
        email: detail.client.contact_email,
        active: detail.client.active,
        projects: detail
            .projects
            .into_iter()
            .map(|project| Line {
                id: project.id.to_string(),
                name: project.name,
                status: project.status.to_string(),
                portal_open: project.portal_enabled,
            })
            .collect(),
    };
    html(&office, &page)
}

impl Page for ClientPage {
    const TEMPLATE: &'static str = "operator/clients-detail.html";

    fn samples() -> Vec<Self> {
        let line = |portal_open| Line {
            id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            name: "Harbour <Tower>".into(),
            status: "active".into(),
            portal_open,
        };
        let page = |email: Option<&str>, active, projects| Self {
            head: Head::sample("clients", false),
            id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e02".into(),
            name: "Harbour & <Sons>".into(),
            email: email.map(str::to_owned),
            active,
            projects,
        };
        vec![
            page(
                Some("site@harbour.example"),
                true,
                vec![line(true), line(false)],
            ),
            page(None, false, Vec::new()),
            Self {
                head: Head::sample_for_operator("clients"),
                ..page(None, true, Vec::new())
            },
        ]
    }
}
