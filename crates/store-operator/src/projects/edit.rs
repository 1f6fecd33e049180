//! What is said of a project anew, and whose it is.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{ClientId, ProjectId};
use store::internal::schema::projects;

use super::said::{NewProject, Said};
use super::{change, expect_kept_project, expect_project, read};
use crate::Operator;
use crate::audit::{Changes, State};
use crate::clients::expect_client;
use crate::error::OperatorError;
use crate::seen::Seen;

impl Operator {
    /// Says of a project anew all that [`NewProject`] says, also what stays as it was.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a field that cannot be taken, [`OperatorError::NotFound`]
    /// for a project or a client that does not exist, [`OperatorError::Conflict`] for a deleted
    /// project.
    pub fn edit_project(&self, project: ProjectId, edit: &NewProject) -> Result<(), OperatorError> {
        self.edit_project_as_seen(project, edit, None)
    }

    /// The same unless it has been said anew since it was `seen`.
    ///
    /// # Errors
    /// As [`Self::edit_project`], and [`OperatorError::Stale`].
    pub fn edit_project_as_seen(
        &self,
        project: ProjectId,
        edit: &NewProject,
        seen: Option<Seen>,
    ) -> Result<(), OperatorError> {
        let said = Said::of(edit)?;
        self.act(|db| {
            let row = expect_kept_project(db, project)?;
            if seen.is_some() {
                // A client's name is none of what is said of the project.
                read(expect_kept_project(db, project)?, None)?
                    .seen()
                    .expect(seen)?;
            }
            said.expect_client(db)?;
            let changes = Changes::default()
                .text("name", &row.name, &said.name)
                .optional("number", row.number.as_deref(), said.number.as_deref())
                .optional(
                    "client",
                    row.client_id.as_deref(),
                    said.client_id.as_deref(),
                )
                .optional(
                    "client_name",
                    row.client_name.as_deref(),
                    said.client_name.as_deref(),
                )
                .optional(
                    "time_zone",
                    row.time_zone.as_deref(),
                    said.time_zone.as_deref(),
                )
                .optional("address", row.address.as_deref(), said.address.as_deref());
            let Some((before, after)) = changes.states() else {
                return Ok(((), None));
            };
            diesel::update(projects::table.find(&row.id))
                .set(&said)
                .execute(db)?;
            let change = change("project.edit", &row.id, Some(before), after);
            Ok(((), Some(change)))
        })
    }

    /// Gives a project to a client.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`] where either does not exist.
    pub fn link_project(&self, project: ProjectId, client: ClientId) -> Result<(), OperatorError> {
        self.act(|db| {
            let row = expect_project(db, project)?;
            expect_client(db, client)?;
            let client = client.to_string();
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
}
