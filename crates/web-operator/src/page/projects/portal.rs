//! A project's portal, by plain forms: opened, closed, a new password, a new link.

use std::str::FromStr;

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::ProjectId;
use serde::Serialize;
use store_operator::{ProjectDetail, ProjectRecord};
use web::{Page, WebError};

use super::audience::signed_out;
use super::{path, project};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
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

const EPOCH: &str = "epoch";

/// What is done to an open portal, on a page that asks first.
#[derive(Debug, Clone, Copy)]
enum Act {
    Close,
    Password,
    Link,
}

impl FromStr for Act {
    type Err = WebError;

    fn from_str(text: &str) -> Result<Self, WebError> {
        match text {
            "close" => Ok(Self::Close),
            "password" => Ok(Self::Password),
            "link" => Ok(Self::Link),
            _ => Err(WebError::NotFound),
        }
    }
}

/// `GET /projects/{id}/portal/{act}`.
pub(crate) async fn ask(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (id, act) = (id_of(&asked.0)?, id_of(&asked.1)?);
    let detail = project(&office, &staff, id).await?;
    html(&office, &page(&office, &detail, act))
}

/// `POST /projects/{id}/portal/{act}`.
pub(crate) async fn done(
    office: Data<Office>,
    staff: Staff,
    asked: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (id, act) = (id_of::<ProjectId>(&asked.0)?, id_of(&asked.1)?);
    let seen = epoch(&Sent::read(&body)?)?;
    let desk = &office.desk;
    match act {
        Act::Password => return password(&office, &staff, id, seen).await,
        Act::Close => {
            desk.act(staff.actor(), move |operator| {
                operator.portal_disable_once(id, seen)
            })
            .await?;
        }
        // The project's page shows the new one.
        Act::Link => {
            desk.act(staff.actor(), move |operator| {
                operator.portal_rotate_link_once(id, seen)
            })
            .await?;
        }
    }
    Ok(see_other(&portal_of(id)))
}

/// `POST /projects/{id}/portal/open`: makes link and password where there is none.
pub(crate) async fn open(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let id: ProjectId = id_of(&id)?;
    // Read first: once there is a password, nothing must keep it from being shown.
    let project = project(&office, &staff, id).await?.project;
    let (password, hash) = office.new_password().await?;
    let opened = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.portal_enable(id, &hash)
        })
        .await?;
    if !opened.password_taken {
        return Ok(see_other(&portal_of(id)));
    }
    let page = SecretPage {
        head: Head::new(&office, "projects"),
        back: back_to_portal(&project),
        opened: true,
        password: password.reveal().to_owned(),
        link: Some(office.link_url(&opened.link)),
    };
    html(&office, &page)
}

/// The portal's epoch when it was asked whether to do it: each act is for one epoch, so that a page
/// sent again does nothing again.
fn epoch(sent: &Sent) -> Result<Option<i64>, WebError> {
    let malformed = |_| WebError::BadRequest("Send the form of the page that asks.".into());
    let sent = sent.optional(EPOCH);
    sent.map(|text| text.parse().map_err(malformed)).transpose()
}

/// A new password, shown this once.
async fn password(
    office: &Office,
    staff: &Staff,
    id: ProjectId,
    seen: Option<i64>,
) -> Result<HttpResponse, WebError> {
    // Read first: once there is a password, nothing must keep it from being shown.
    let project = project(office, staff, id).await?.project;
    let (password, hash) = office.new_password().await?;
    let act = office.desk.act(staff.actor(), move |operator| {
        operator.portal_password_once(id, &hash, seen)
    });
    let link = act.await?;
    let page = SecretPage {
        head: Head::new(office, "projects"),
        back: back_to_portal(&project),
        opened: false,
        password: password.reveal().to_owned(),
        link: link.map(|link| office.link_url(&link)),
    };
    html(office, &page)
}

/// The project's page where it tells of the portal.
fn portal_of(id: ProjectId) -> String {
    format!("{}#portal", path(id))
}

fn back_to_portal(project: &ProjectRecord) -> Back {
    Back::to(portal_of(project.id), &project.name)
}

fn page(office: &Office, detail: &ProjectDetail, act: Act) -> SheetPage {
    let project = &detail.project;
    let (name, title, label, notes) = match act {
        Act::Close => (
            "close",
            "Close the portal?",
            "Close portal",
            vec![
                "The link is dead for good: opened again, the portal has a new link. The password \
                 stays.",
            ],
        ),
        Act::Password => (
            "password",
            "Make a new password?",
            "New password",
            vec![
                "The old password opens the portal no more; the link stays.",
                "The new one is shown once, on the next page: have at hand where you send it.",
            ],
        ),
        Act::Link => (
            "link",
            "Make a new link?",
            "New link",
            vec![
                "The old link leads nowhere any more; the password stays.",
                "Send the new link to everybody who should still come in.",
            ],
        ),
    };
    // Nobody is in a portal that is closed.
    let audience = detail
        .portal
        .enabled
        .then(|| signed_out(detail.portal.watching));
    let notes = notes.into_iter().map(str::to_owned);
    SheetPage {
        head: Head::new(office, "projects"),
        title: title.into(),
        back: back_to_portal(project),
        notes: audience.into_iter().chain(notes).collect(),
        form: Form::new(vec![Field::hidden(EPOCH, &detail.portal.epoch.to_string())]),
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
