//! A new project.

use diesel::{ExpressionMethods, RunQueryDsl};
use domain::{ProjectId, ProjectStatus};
use store::internal::schema::projects;

use super::change;
use super::said::{NewProject, Said};
use crate::Operator;
use crate::audit::State;
use crate::error::OperatorError;

impl Operator {
    /// Creates a project, active and with its portal closed.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a field that cannot be taken, [`OperatorError::NotFound`]
    /// for a client that does not exist.
    pub fn create_project(&self, new: &NewProject) -> Result<ProjectId, OperatorError> {
        let id = ProjectId::generate(&*self.clock, &*self.random)?;
        let said = Said::of(new)?;
        self.act(|db| {
            said.expect_client(db)?;
            let row = (
                projects::id.eq(id.to_string()),
                projects::status.eq(ProjectStatus::Active.as_str()),
                &said,
            );
            diesel::insert_into(projects::table)
                .values(row)
                .execute(db)?;
            let after = State::default()
                .text("name", said.name)
                .optional("number", said.number)
                .optional("client", said.client_id)
                .optional("client_name", said.client_name)
                .optional("time_zone", said.time_zone)
                .optional("address", said.address);
            Ok((
                id,
                Some(change("project.create", &id.to_string(), None, after)),
            ))
        })
    }
}
