//! The board: the day at a glance.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::{TimeZone, Timestamp};
use serde::Serialize;
use store_operator::Operator;
use web::when::When;
use web::{Page, WebError};

use super::head::Head;
use super::html;
use crate::Office;
use crate::guard::Staff;

/// `operator/board.html`
#[derive(Debug, Serialize)]
pub(crate) struct BoardPage {
    head: Head,
    projects: Vec<Line>,
}

/// One project.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    name: String,
    status: String,
    portal_open: bool,
}

/// `GET /`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let projects = office
        .desk
        .act(staff.actor(), Operator::list_projects)
        .await?;
    let page = BoardPage {
        head: Head::new(&office, "board"),
        projects: projects
            .into_iter()
            .map(|project| Line {
                id: project.id.to_string(),
                name: project.name,
                status: project.status.to_string(),
                portal_open: project.portal_enabled,
            })
            .collect(),
    };
    html(&office, &request, &page)
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "operator/board.html";

    fn samples() -> Vec<Self> {
        let line = |portal_open| Line {
            id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            name: "Harbour <Tower>".into(),
            status: "active".into(),
            portal_open,
        };
        let page = |open, projects| Self {
            head: Head {
                section: "board",
                open,
                at: When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC),
                zone: "UTC".into(),
            },
            projects,
        };
        vec![
            page(true, vec![line(true), line(false)]),
            page(false, Vec::new()),
        ]
    }
}
