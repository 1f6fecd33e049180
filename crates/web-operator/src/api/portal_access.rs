//! `/projects/{id}/portal-access`: whether a client gets in, and by what.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use auth::{HashError, LinkToken, Password, PasswordHash, Token};
use domain::ProjectId;
use serde::Serialize;
use web::WebError;
use web::json::private_json;

use crate::Office;
use crate::guard::Staff;
use crate::page::id_of;

/// How a portal stands.
#[derive(Serialize)]
struct AccessView {
    enabled: bool,
    has_password: bool,
    /// Where it leads in; `null` while it is closed.
    link_url: Option<String>,
    /// RFC 3339, UTC.
    last_opened_at: Option<String>,
}

#[derive(Serialize)]
struct EnabledView {
    enabled: bool,
    has_password: bool,
    link_url: String,
    /// Shown this once; `null` where the earlier one holds.
    password: Option<String>,
}

#[derive(Serialize)]
struct PasswordView {
    password: String,
}

#[derive(Serialize)]
struct LinkView {
    link_url: String,
}

#[derive(Serialize)]
struct DisabledView {
    enabled: bool,
}

/// `GET /projects/{id}/portal-access`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let project: ProjectId = id_of(&id)?;
    let access = office
        .desk
        .act(staff.actor(), move |operator| operator.portal_show(project))
        .await?;
    let link = access.link.filter(|_| access.enabled);
    Ok(private_json(&AccessView {
        enabled: access.enabled,
        has_password: access.has_password,
        link_url: link.map(|link| office.link_url(&link)),
        last_opened_at: access.last_opened_at.map(|at| format!("{at:.0}")),
    }))
}

/// `POST /projects/{id}/portal-access/enable`: makes link and password where there is none.
pub(crate) async fn enable(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let project: ProjectId = id_of(&id)?;
    let (password, hash) = office.new_password().await?;
    let opened = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.portal_enable(project, &hash)
        })
        .await?;
    let made = opened.password_taken;
    Ok(private_json(&EnabledView {
        enabled: true,
        has_password: true,
        link_url: office.link_url(&opened.link),
        password: made.then(|| password.reveal().to_owned()),
    }))
}

/// `POST /projects/{id}/portal-access/password`: a new password; every session of the project dies.
pub(crate) async fn password(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let project: ProjectId = id_of(&id)?;
    let (password, hash) = office.new_password().await?;
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.portal_password(project, &hash)
        })
        .await?;
    Ok(private_json(&PasswordView {
        password: password.reveal().to_owned(),
    }))
}

/// `POST /projects/{id}/portal-access/rotate-link`: the old link and its sessions die.
pub(crate) async fn rotate_link(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let project: ProjectId = id_of(&id)?;
    let link = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.portal_rotate_link(project)
        })
        .await?;
    Ok(private_json(&LinkView {
        link_url: office.link_url(&link),
    }))
}

/// `POST /projects/{id}/portal-access/disable`: closed, and the link is dead for good.
pub(crate) async fn disable(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let project: ProjectId = id_of(&id)?;
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.portal_disable(project)
        })
        .await?;
    Ok(private_json(&DisabledView { enabled: false }))
}

/// `GET /projects/{id}/portal-preview`: into the portal as its clients see it, by a ticket that
/// opens it once.
pub(crate) async fn preview(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let project: ProjectId = id_of(&id)?;
    let ticket = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.issue_preview_ticket(project)
        })
        .await?;
    let portal = office.settings.portal_origin.as_str();
    let ticket = ticket.seal(&office.signer);
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, format!("{portal}/portal/preview/{ticket}")))
        .finish())
}

impl Office {
    /// Where a link leads in.
    pub(crate) fn link_url(&self, link: &LinkToken) -> String {
        let portal = self.settings.portal_origin.as_str();
        format!("{portal}/portal/p/{}", link.as_str())
    }

    /// A new password, and what of it is stored.
    pub(crate) async fn new_password(&self) -> Result<(Password, PasswordHash), WebError> {
        let password = Password::generate(&*self.random)?;
        let hash = self.hash(&password).await?;
        Ok((password, hash))
    }

    /// What is stored of a password.
    pub(crate) async fn hash(&self, password: &Password) -> Result<PasswordHash, WebError> {
        let hash = self.passwords.at_work.hash(password).await;
        hash.map_err(|error| match error {
            HashError::Saturated => WebError::Saturated,
            other => WebError::Unwritable(other.to_string()),
        })
    }
}
