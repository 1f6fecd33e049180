//! Projects of clients.

use domain::ProjectStatus;
use serde::Serialize;
use store_operator::{NewProject, ProjectClient, ProjectRecord};

use super::Desk;
use crate::error::AdminError;
use crate::output::{Made, Report, table};

#[derive(Debug, Serialize)]
struct Linked {
    id: String,
    client_id: String,
}

impl Report for Linked {
    fn text(&self) -> String {
        let Self { id, client_id } = self;
        format!("project {id} is of client {client_id}")
    }
}

#[derive(Debug, Serialize)]
struct Standing {
    id: String,
    status: &'static str,
}

impl Report for Standing {
    fn text(&self) -> String {
        let Self { id, status } = self;
        format!("project {id} is {status}")
    }
}

#[derive(Debug, Serialize)]
struct Projects {
    projects: Vec<Project>,
}

#[derive(Debug, Serialize)]
struct Project {
    id: String,
    name: String,
    number: Option<String>,
    client_id: Option<String>,
    client_name: Option<String>,
    status: &'static str,
    time_zone: Option<String>,
    address: Option<String>,
    portal_enabled: bool,
    portal_opened_at: Option<String>,
}

impl From<ProjectRecord> for Project {
    fn from(record: ProjectRecord) -> Self {
        let ProjectRecord {
            id,
            name,
            number,
            client,
            client_name,
            status,
            time_zone,
            address,
            portal_enabled,
            portal_opened_at,
        } = record;
        Self {
            id: id.to_string(),
            name,
            number,
            client_id: client.map(|client| client.to_string()),
            client_name,
            status: status.as_str(),
            time_zone,
            address,
            portal_enabled,
            portal_opened_at: portal_opened_at.map(|at| at.to_string()),
        }
    }
}

impl Report for Projects {
    fn text(&self) -> String {
        let rows = self.projects.iter().map(|project| {
            let portal = if project.portal_enabled {
                "open"
            } else {
                "closed"
            };
            [
                project.id.clone(),
                project.name.clone(),
                project.client_name.clone().unwrap_or_default(),
                project.status.to_owned(),
                portal.to_owned(),
            ]
        });
        table(["ID", "NAME", "CLIENT", "STATUS", "PORTAL"], rows)
    }
}

/// `client` is a record by id or name, or else a name in words.
pub(super) fn create(
    desk: &Desk,
    name: String,
    client: (Option<String>, Option<String>),
    time_zone: Option<String>,
) -> Result<(), AdminError> {
    let client = match client {
        (Some(asked), _) => ProjectClient::Client(desk.operator.client(&asked)?),
        (None, Some(words)) => ProjectClient::Named(words),
        (None, None) => ProjectClient::Unknown,
    };
    let new = NewProject {
        name,
        client,
        time_zone,
        ..NewProject::default()
    };
    let id = desk.operator.create_project(&new)?;
    desk.out.say(&Made::new(&id))
}

pub(super) fn link(desk: &Desk, project: &str, client: &str) -> Result<(), AdminError> {
    let project = desk.operator.project(project)?;
    let client = desk.operator.client(client)?;
    desk.operator.link_project(project, client)?;
    desk.out.say(&Linked {
        id: project.to_string(),
        client_id: client.to_string(),
    })
}

pub(super) fn set_status(
    desk: &Desk,
    project: &str,
    status: ProjectStatus,
) -> Result<(), AdminError> {
    let project = desk.operator.project(project)?;
    desk.operator.set_status(project, status)?;
    desk.out.say(&Standing {
        id: project.to_string(),
        status: status.as_str(),
    })
}

pub(super) fn list(desk: &Desk) -> Result<(), AdminError> {
    let projects = desk.operator.list_projects()?;
    desk.out.say(&Projects {
        projects: projects.into_iter().map(Project::from).collect(),
    })
}
