//! Projects of clients.

mod create;
mod detail;
mod edit;
mod list;
mod said;
mod status;

use diesel::{OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::{ClientId, ProjectId, ProjectStatus, Timestamp};
use store::internal::Db;
use store::internal::schema::projects;

use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;
use crate::field;
use crate::seen::Seen;

pub use detail::{PlaceDetail, ProjectDetail};
pub use list::ProjectFilter;
pub use said::{NewProject, ProjectClient};

/// A project, as listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRecord {
    /// Its id.
    pub id: ProjectId,
    /// What the client calls it.
    pub name: String,
    /// The firm's number for it.
    pub number: Option<String>,
    /// Its client, where linked.
    pub client: Option<ClientId>,
    /// Its client's name, linked or not.
    pub client_name: Option<String>,
    /// Where it stands.
    pub status: ProjectStatus,
    /// Its own IANA time zone.
    pub time_zone: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// Whether its portal is open.
    pub portal_enabled: bool,
    /// When somebody last came in by its portal, UTC.
    pub portal_opened_at: Option<Timestamp>,
}

impl ProjectRecord {
    /// What there is to be said anew, as it is now.
    pub fn seen(&self) -> Seen {
        let by_name = self.client_name.as_ref().filter(|_| self.client.is_none());
        Seen::of((
            &self.name,
            &self.number,
            self.client.map(|client| client.to_string()),
            by_name,
            &self.time_zone,
            &self.address,
        ))
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = projects)]
pub(crate) struct StoredProject {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) number: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) client_name: Option<String>,
    pub(crate) status: String,
    pub(crate) time_zone: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) portal_enabled: bool,
    pub(crate) portal_opened_at: Option<i64>,
}

impl StoredProject {
    pub(crate) fn status(&self) -> Result<ProjectStatus, OperatorError> {
        self.status
            .parse()
            .map_err(|_unknown| field::corrupt("projects", &self.id, "status"))
    }
}

pub(crate) fn read(
    row: StoredProject,
    client_name: Option<String>,
) -> Result<ProjectRecord, OperatorError> {
    let client = row.client_id.as_deref();
    let opened = row.portal_opened_at;
    Ok(ProjectRecord {
        id: field::stored_id("projects", "id", &row.id)?,
        client: client
            .map(|client| field::stored_id("projects", "client_id", client))
            .transpose()?,
        status: row.status()?,
        portal_opened_at: opened
            .map(|at| field::stored_time("projects", &row.id, "portal_opened_at", at))
            .transpose()?,
        name: row.name,
        number: row.number,
        client_name: row.client_name.or(client_name),
        time_zone: row.time_zone,
        address: row.address,
        portal_enabled: row.portal_enabled,
    })
}

pub(crate) fn change(
    action: &'static str,
    project: &str,
    before: Option<State>,
    after: State,
) -> Change {
    Change {
        action,
        subject: project.to_owned(),
        projects: vec![project.to_owned()],
        before,
        after: Some(after),
    }
}

pub(crate) fn expect_project(
    db: &mut Db,
    project: ProjectId,
) -> Result<StoredProject, OperatorError> {
    projects::table
        .find(project.to_string())
        .select(StoredProject::as_select())
        .first(db)
        .optional()?
        .ok_or_else(|| OperatorError::not_found("project", project.to_string()))
}

/// The project, unless it is deleted.
pub(crate) fn expect_kept_project(
    db: &mut Db,
    project: ProjectId,
) -> Result<StoredProject, OperatorError> {
    let row = expect_project(db, project)?;
    if row.status()? == ProjectStatus::Deleted {
        let name = &row.name;
        let words = format!("project {name:?} is deleted: set its status to active first");
        return Err(OperatorError::Conflict(words));
    }
    Ok(row)
}
