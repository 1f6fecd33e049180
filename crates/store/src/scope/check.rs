//! The one place where a scope is made.

use std::sync::Arc;

use auth::{LinkToken, PortalSession};
use domain::ProjectId;

use super::{ProjectScope, ProjectSnapshot};
use crate::database::Database;
use crate::error::StoreError;
use crate::reader;

/// What the database says of a well-signed session.
#[derive(Debug)]
pub enum SessionCheck {
    /// It lives, and this is what it may see.
    Live(ProjectScope),
    /// It was revoked.
    Dead {
        /// The prompt to send the visitor to: only ever the link by which the session was made,
        /// and only while that leads in.
        prompt: Option<LinkToken>,
    },
}

impl Database {
    /// Checks a session, whose signature and age are in order, against the database as it is now:
    /// the project is not deleted, its portal is open, and neither its epoch nor its link has
    /// changed. What another connection or machine has committed before this call counts.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer; that says nothing of the session.
    pub async fn check_session(&self, session: &PortalSession) -> Result<SessionCheck, StoreError> {
        let Some(snapshot) = self.project(session.project).await? else {
            return Ok(SessionCheck::Dead { prompt: None });
        };
        if snapshot.admits(session) {
            Ok(SessionCheck::Live(ProjectScope { snapshot }))
        } else {
            let prompt = snapshot.prompt(session);
            Ok(SessionCheck::Dead { prompt })
        }
    }

    /// Where to send the visitor of a session whose signature is good but whose time is over: the
    /// link by which it was made, while that leads in.
    ///
    /// # Errors
    /// As [`Self::check_session`].
    pub async fn prompt_for(
        &self,
        session: &PortalSession,
    ) -> Result<Option<LinkToken>, StoreError> {
        let project = self.project(session.project).await?;
        Ok(project.and_then(|snapshot| snapshot.prompt(session)))
    }

    async fn project(&self, id: ProjectId) -> Result<Option<Arc<ProjectSnapshot>>, StoreError> {
        let now = self.0.options.clock.now();
        if self.is_sqlite() {
            return reader::with(&self.0, |reader| reader.project(id, now));
        }
        let inner = Arc::clone(&self.0);
        self.on_a_thread(move |db| inner.snapshots.project(db, id, now))
            .await
    }
}
