//! Projects of clients.

use diesel::{
    ExpressionMethods, Insertable, NullableExpressionMethods, OptionalExtension, QueryDsl,
};
use diesel::{Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::{ClientId, ProjectId, ProjectStatus, Timestamp};
use store::internal::Db;
use store::internal::schema::{clients, projects};

use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;
use crate::field;

/// Whose project it is.
#[derive(Debug, Clone, Default)]
pub enum ProjectClient {
    /// Nobody has said yet.
    #[default]
    Unknown,
    /// A client of the firm.
    Client(ClientId),
    /// Somebody by name, without a record of their own.
    Named(String),
}

/// What is said of a new project.
#[derive(Debug, Clone, Default)]
pub struct NewProject {
    /// What the client calls it.
    pub name: String,
    /// The firm's number for it.
    pub number: Option<String>,
    /// Whose it is.
    pub client: ProjectClient,
    /// Its IANA time zone, where it has its own.
    pub time_zone: Option<String>,
    /// Where it is.
    pub address: Option<String>,
}

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

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = projects)]
pub(crate) struct StoredProject {
    pub(crate) id: String,
    pub(crate) name: String,
    number: Option<String>,
    pub(crate) client_id: Option<String>,
    client_name: Option<String>,
    status: String,
    time_zone: Option<String>,
    address: Option<String>,
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

impl Operator {
    /// Creates a project, active and with its portal closed.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a field that cannot be taken, [`OperatorError::NotFound`]
    /// for a client that does not exist.
    pub fn create_project(&self, new: &NewProject) -> Result<ProjectId, OperatorError> {
        let id = ProjectId::generate(&*self.clock, &*self.random)?;
        let (client_id, client_name) = match &new.client {
            ProjectClient::Unknown => (None, None),
            ProjectClient::Client(client) => (Some(client.to_string()), None),
            ProjectClient::Named(name) => (None, Some(field::name("client_name", name)?)),
        };
        let row = StoredProject {
            id: id.to_string(),
            name: field::name("name", &new.name)?,
            number: field::short("number", new.number.as_deref())?,
            client_id,
            client_name,
            status: ProjectStatus::Active.as_str().to_owned(),
            time_zone: field::time_zone(new.time_zone.as_deref())?,
            address: field::long("address", new.address.as_deref())?,
            portal_enabled: false,
            portal_opened_at: None,
        };
        self.act(|db| {
            if let Some(client) = &row.client_id {
                expect_client(db, client)?;
            }
            diesel::insert_into(projects::table)
                .values(&row)
                .execute(db)?;
            let after = State::default()
                .text("name", &row.name)
                .optional("number", row.number.as_ref())
                .optional("client", row.client_id.as_ref())
                .optional("client_name", row.client_name.as_ref())
                .optional("time_zone", row.time_zone.as_ref())
                .optional("address", row.address.as_ref());
            Ok((id, Some(change("project.create", &row.id, None, after))))
        })
    }

    /// Gives a project to a client.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`] where either does not exist.
    pub fn link_project(&self, project: ProjectId, client: ClientId) -> Result<(), OperatorError> {
        let client = client.to_string();
        self.act(|db| {
            let row = expect_project(db, project)?;
            expect_client(db, &client)?;
            if row.client_id.as_ref() == Some(&client) {
                return Ok(((), None));
            }
            diesel::update(projects::table.find(&row.id))
                .set((
                    projects::client_id.eq(Some(&client)),
                    projects::client_name.eq(None::<String>),
                ))
                .execute(db)?;
            let before = State::default()
                .optional("client", row.client_id)
                .optional("client_name", row.client_name);
            let after = State::default().text("client", &client);
            Ok((
                (),
                Some(change("project.link", &row.id, Some(before), after)),
            ))
        })
    }

    /// Sets where a project stands. Deleting one ends every session of its portal, for good: a
    /// project that is brought back has its link and password, but not its old sessions.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`] where it does not exist.
    pub fn set_status(
        &self,
        project: ProjectId,
        status: ProjectStatus,
    ) -> Result<(), OperatorError> {
        self.act(|db| {
            let row = expect_project(db, project)?;
            let old = row.status()?;
            if old == status {
                return Ok(((), None));
            }
            let revoked = i64::from(status == ProjectStatus::Deleted);
            diesel::update(projects::table.find(&row.id))
                .set((
                    projects::status.eq(status.as_str()),
                    projects::portal_epoch.eq(projects::portal_epoch + revoked),
                ))
                .execute(db)?;
            let before = State::default().text("status", old.as_str());
            let after = State::default().text("status", status.as_str());
            Ok((
                (),
                Some(change("project.status", &row.id, Some(before), after)),
            ))
        })
    }

    /// All projects by name, deleted ones too.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn list_projects(&self) -> Result<Vec<ProjectRecord>, OperatorError> {
        self.read(|db| {
            let rows: Vec<(StoredProject, Option<String>)> = projects::table
                .left_join(clients::table)
                .order((projects::name.asc(), projects::id.asc()))
                .select((StoredProject::as_select(), clients::name.nullable()))
                .load(db)?;
            rows.into_iter()
                .map(|(row, client_name)| read(row, client_name))
                .collect()
        })
    }
}

fn read(row: StoredProject, client_name: Option<String>) -> Result<ProjectRecord, OperatorError> {
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

fn expect_client(db: &mut Db, client: &str) -> Result<(), OperatorError> {
    let found: i64 = clients::table.find(client).count().get_result(db)?;
    if found == 0 {
        return Err(OperatorError::not_found("client", client));
    }
    Ok(())
}
