//! Opening and closing portals. A password is shown once, here, and nowhere else.

use auth::LinkToken;
use domain::ProjectId;
use serde::Serialize;
use web::PublicOrigin;

use super::Desk;
use super::passwords::new_password;
use crate::args::{PortalAct, PortalOf};
use crate::error::AdminError;
use crate::output::Report;

#[derive(Serialize)]
struct Opened {
    enabled: bool,
    link_url: String,
    /// Only if it was made just now.
    password: Option<String>,
}

impl Report for Opened {
    fn text(&self) -> String {
        let password = match &self.password {
            Some(password) => format!("{password} (shown only now)"),
            None => "the one it had".to_owned(),
        };
        format!(
            "the portal is open\nlink      {}\npassword  {password}",
            self.link_url
        )
    }
}

#[derive(Serialize)]
struct Closed {
    enabled: bool,
}

impl Report for Closed {
    fn text(&self) -> String {
        "the portal is closed, and its link is dead for good".to_owned()
    }
}

#[derive(Serialize)]
struct NewPassword {
    password: String,
}

impl Report for NewPassword {
    fn text(&self) -> String {
        format!("password  {} (shown only now)", self.password)
    }
}

#[derive(Serialize)]
struct NewLink {
    link_url: String,
}

impl Report for NewLink {
    fn text(&self) -> String {
        format!("link      {}", self.link_url)
    }
}

#[derive(Serialize)]
struct Access {
    enabled: bool,
    has_password: bool,
    /// Where it leads in.
    link_url: Option<String>,
    last_opened_at: Option<String>,
}

impl Report for Access {
    fn text(&self) -> String {
        let Self {
            enabled,
            has_password,
            link_url,
            last_opened_at,
        } = self;
        let state = if *enabled { "open" } else { "closed" };
        let link = link_url.as_deref().unwrap_or("-");
        let password = if *has_password { "set" } else { "-" };
        let opened = last_opened_at.as_deref().unwrap_or("never");
        format!("the portal is {state}\nlink      {link}\npassword  {password}\nlast used {opened}")
    }
}

pub(super) fn act(desk: &Desk, origin: &PublicOrigin, act: &PortalAct) -> Result<(), AdminError> {
    let project = |of: &PortalOf| desk.operator.project(&of.project);
    match act {
        PortalAct::Enable(of) => enable(desk, origin, project(of)?),
        PortalAct::Disable(of) => {
            desk.operator.portal_disable(project(of)?)?;
            desk.out.say(&Closed { enabled: false })
        }
        PortalAct::Password(of) => {
            let project = project(of)?;
            let (password, hash) = new_password(desk)?;
            desk.operator.portal_password(project, &hash)?;
            let password = password.reveal().to_owned();
            desk.out.say(&NewPassword { password })
        }
        PortalAct::RotateLink(of) => {
            let link = desk.operator.portal_rotate_link(project(of)?)?;
            let link_url = url(origin, &link);
            desk.out.say(&NewLink { link_url })
        }
        PortalAct::Show(of) => show(desk, origin, project(of)?),
    }
}

fn enable(desk: &Desk, origin: &PublicOrigin, project: ProjectId) -> Result<(), AdminError> {
    let (password, hash) = new_password(desk)?;
    let opened = desk.operator.portal_enable(project, &hash)?;
    desk.out.say(&Opened {
        enabled: true,
        link_url: url(origin, &opened.link),
        password: opened.password_taken.then(|| password.reveal().to_owned()),
    })
}

fn show(desk: &Desk, origin: &PublicOrigin, project: ProjectId) -> Result<(), AdminError> {
    let access = desk.operator.portal_show(project)?;
    // The link of a closed portal leads nowhere, and closing it has replaced the one people had.
    let link = access.link.filter(|_| access.enabled);
    desk.out.say(&Access {
        enabled: access.enabled,
        has_password: access.has_password,
        link_url: link.map(|link| url(origin, &link)),
        last_opened_at: access.last_opened_at.map(|at| at.to_string()),
    })
}

fn url(origin: &PublicOrigin, link: &LinkToken) -> String {
    format!("{}/portal/p/{}", origin.as_str(), link.as_str())
}
