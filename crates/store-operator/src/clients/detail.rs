//! One client with its projects.

use diesel::ExpressionMethods;
use diesel::{QueryDsl, RunQueryDsl, SelectableHelper};
use domain::ClientId;
use store::internal::schema::projects;

use super::{ClientRecord, expect_client, read};
use crate::Operator;
use crate::error::OperatorError;
use crate::paging::by_name;
use crate::projects::{ProjectRecord, StoredProject, read as read_project};

/// A client with its projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientDetail {
    /// The client.
    pub client: ClientRecord,
    /// Its projects by name, deleted ones too.
    pub projects: Vec<ProjectRecord>,
}

impl Operator {
    /// A client with its projects.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn client_detail(&self, client: ClientId) -> Result<ClientDetail, OperatorError> {
        self.snapshot(|db| {
            let client = read(expect_client(db, client)?)?;
            let mut rows: Vec<StoredProject> = projects::table
                .filter(projects::client_id.eq(client.id.to_string()))
                .select(StoredProject::as_select())
                .load(db)?;
            rows.sort_by_cached_key(|row| (by_name(&row.name), row.id.clone()));
            let projects = rows
                .into_iter()
                .map(|row| read_project(row, Some(client.name.clone())))
                .collect::<Result<_, _>>()?;
            Ok(ClientDetail { client, projects })
        })
    }
}
