//! All projects.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::{ProjectStatus, TimeZone, Timestamp};
use serde::Serialize;
use store_operator::{Page as PageOf, Paged, ProjectFilter, ProjectRecord};
use web::when::When;
use web::{Page, WebError};

use crate::Office;
use crate::guard::Staff;
use crate::page::form::query;
use crate::page::head::Head;
use crate::page::html;
use crate::page::links::{Links, number};

/// `operator/projects-list.html`
#[derive(Debug, Serialize)]
pub(crate) struct ProjectsPage {
    head: Head,
    search: String,
    /// The status that is filtered by; empty for all that are not deleted.
    status: String,
    projects: Vec<Line>,
    total: usize,
    /// Where there is more than one page.
    links: Option<Links>,
}

/// One project.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    name: String,
    number: Option<String>,
    client: Option<String>,
    status: String,
    portal_open: bool,
    /// When somebody last came in by its portal.
    opened: Option<When>,
}

impl Line {
    fn of(project: ProjectRecord, zone: &TimeZone, now: Timestamp) -> Self {
        let opened = project.portal_opened_at;
        Self {
            id: project.id.to_string(),
            name: project.name,
            number: project.number,
            client: project.client_name,
            status: project.status.to_string(),
            portal_open: project.portal_enabled,
            opened: opened.map(|at| When::near(at, zone, now)),
        }
    }
}

/// `GET /projects?q=&status=&page=`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let status: Option<ProjectStatus> = query(&request, "status").parse().ok();
    let filter = ProjectFilter {
        search: query(&request, "q"),
        status,
    };
    let search = filter.search.clone();
    let page = PageOf::new(number(&request, "page"), 50);
    let found = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.find_projects(&filter, page)
        })
        .await?;
    let (zone, now) = (&office.settings.site_zone, office.now());
    let page = ProjectsPage {
        head: Head::new(&office, "projects"),
        links: links(&found, &search, status),
        search,
        status: status.map(|status| status.to_string()).unwrap_or_default(),
        total: found.total,
        projects: found
            .items
            .into_iter()
            .map(|project| Line::of(project, zone, now))
            .collect(),
    };
    html(&office, &page)
}

fn links(
    found: &Paged<ProjectRecord>,
    search: &str,
    status: Option<ProjectStatus>,
) -> Option<Links> {
    let status = status.map_or("", ProjectStatus::as_str);
    let filter = [("q", search), ("status", status)];
    let (number, pages) = (found.page.number(), found.pages());
    (pages > 1).then(|| Links::of("/projects", &filter, number, pages))
}

impl Page for ProjectsPage {
    const TEMPLATE: &'static str = "operator/projects-list.html";

    fn samples() -> Vec<Self> {
        let line = |known: bool, opened: Option<Timestamp>| Line {
            id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            name: "Harbour <Tower>".into(),
            number: known.then(|| "P-17".into()),
            client: known.then(|| "Harbour & Sons".into()),
            status: "active".into(),
            portal_open: known,
            opened: opened.map(|at| When::full(at, &TimeZone::UTC)),
        };
        let page = |search: &str, status: &str, projects, (number, pages)| Self {
            head: Head::sample("projects", false),
            search: search.into(),
            status: status.into(),
            projects,
            total: 120,
            links: (pages > 1).then(|| Links::of("/projects", &[("q", search)], number, pages)),
        };
        let opened = Some(Timestamp::UNIX_EPOCH);
        let lines = vec![line(true, opened), line(true, None), line(false, None)];
        let one = || vec![line(false, None)];
        vec![
            page("", "", lines, (1, 1)),
            page("harbour & so", "active", one(), (2, 3)),
            page("harbour", "completed", one(), (1, 2)),
            page("harbour", "archived", one(), (2, 2)),
            page("nobody", "deleted", Vec::new(), (1, 1)),
            page("", "", Vec::new(), (1, 1)),
            Self {
                head: Head::sample_for_operator("projects"),
                ..page("", "", Vec::new(), (1, 1))
            },
        ]
    }
}
