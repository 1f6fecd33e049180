//! A project's portal, by plain forms: opened, closed, a new password, a new link.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::ProjectId;
use serde::Serialize;
use store_operator::ProjectRecord;
use web::{Page, WebError};

use super::{back, path, project};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Form;
use crate::page::head::Head;
use crate::page::sheet::{Back, SheetPage};
use crate::page::{html, id_of, see_other};

/// `operator/projects-portal.html`: a password, shown this once.
#[derive(Debug, Serialize)]
pub(crate) struct SecretPage {
    head: Head,
    back: Back,
    /// Whether the portal was closed before.
    opened: bool,
    password: String,
    /// Where it is asked for; none while the portal is closed.
    link: Option<String>,
}

/// What is done to a portal on a page that asks first.
#[derive(Clone, Copy)]
enum Act {
    Close,
    Password,
    Link,
}

/// `GET /projects/{id}/portal/close`.
pub(crate) async fn ask_close(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    ask(&office, &staff, &id, Act::Close).await
}

/// `GET /projects/{id}/portal/password`.
pub(crate) async fn ask_password(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    ask(&office, &staff, &id, Act::Password).await
}

/// `GET /projects/{id}/portal/link`.
pub(crate) async fn ask_link(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    ask(&office, &staff, &id, Act::Link).await
}

async fn ask(office: &Office, staff: &Staff, id: &str, act: Act) -> Result<HttpResponse, WebError> {
    let detail = project(office, staff, id_of(id)?).await?;
    html(office, &page(office, &detail.project, act))
}

/// `POST /projects/{id}/portal/open`: makes link and password where there is none.
pub(crate) async fn open(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let id: ProjectId = id_of(&id)?;
    let (password, hash) = office.new_password().await?;
    let opened = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.portal_enable(id, &hash)
        })
        .await?;
    if !opened.password_taken {
        return Ok(see_other(&path(id)));
    }
    let project = project(&office, &staff, id).await?.project;
    let page = SecretPage {
        head: Head::new(&office, "projects"),
        back: back(&project),
        opened: true,
        password: password.reveal().to_owned(),
        link: Some(office.link_url(&opened.link)),
    };
    html(&office, &page)
}

/// `POST /projects/{id}/portal/password`.
pub(crate) async fn password(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let id: ProjectId = id_of(&id)?;
    let (password, hash) = office.new_password().await?;
    let detail = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.portal_password(id, &hash)?;
            operator.project_detail(id)
        })
        .await?;
    let link = detail.portal.link.filter(|_| detail.portal.enabled);
    let page = SecretPage {
        head: Head::new(&office, "projects"),
        back: back(&detail.project),
        opened: false,
        password: password.reveal().to_owned(),
        link: link.map(|link| office.link_url(&link)),
    };
    html(&office, &page)
}

/// `POST /projects/{id}/portal/link`: the project's page shows the new one.
pub(crate) async fn link(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let id: ProjectId = id_of(&id)?;
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.portal_rotate_link(id)
        })
        .await?;
    Ok(see_other(&path(id)))
}

/// `POST /projects/{id}/portal/close`.
pub(crate) async fn close(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let id: ProjectId = id_of(&id)?;
    office
        .desk
        .act(staff.actor(), move |operator| operator.portal_disable(id))
        .await?;
    Ok(see_other(&path(id)))
}

fn page(office: &Office, project: &ProjectRecord, act: Act) -> SheetPage {
    let (name, title, label, notes) = match act {
        Act::Close => (
            "close",
            "Close the portal?",
            "Close portal",
            [
                "Whoever is in the portal now is signed out at once.",
                "The link is dead for good: opened again, the portal has a new link. The password \
                 stays.",
            ],
        ),
        Act::Password => (
            "password",
            "Make a new password?",
            "New password",
            [
                "Whoever is in the portal now is signed out at once. The old password opens it no \
                 more; the link stays.",
                "The new one is shown once, on the next page: have at hand where you send it.",
            ],
        ),
        Act::Link => (
            "link",
            "Make a new link?",
            "New link",
            [
                "Whoever is in the portal now is signed out at once. The old link leads nowhere \
                 any more; the password stays.",
                "Send the new link to everybody who should still come in.",
            ],
        ),
    };
    SheetPage {
        head: Head::new(office, "projects"),
        title: title.into(),
        back: back(project),
        notes: notes.map(str::to_owned).to_vec(),
        form: Form::new(Vec::new()),
        action: format!("/projects/{}/portal/{name}", project.id),
        act: label.into(),
        danger: true,
    }
}

impl Page for SecretPage {
    const TEMPLATE: &'static str = "operator/projects-portal.html";

    fn samples() -> Vec<Self> {
        let page = |opened, link: Option<&str>| Self {
            head: Head::sample("projects", false),
            back: Back::to("/projects/1", "Harbour <Tower>"),
            opened,
            password: "abcd-efgh-jkmn-pqrs-tuvw".into(),
            link: link.map(str::to_owned),
        };
        vec![
            page(true, Some("http://127.0.0.1:8000/portal/p/AAAA")),
            page(false, None),
        ]
    }
}
