//! Where a project stands.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{ProjectId, ProjectStatus};
use store::internal::schema::projects;

use super::{change, expect_project};
use crate::Operator;
use crate::audit::State;
use crate::error::OperatorError;

impl Operator {
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
}
