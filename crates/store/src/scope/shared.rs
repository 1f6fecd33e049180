//! What PostgreSQL's readers remember together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{ProjectId, Timestamp};

use super::load::{load_project, stored_project};
use super::snapshot::ProjectSnapshot;
use crate::dialect::{self, Db};
use crate::error::StoreError;

/// Projects by id, each good for as long as its row is unchanged: one round trip tells.
#[derive(Default)]
pub(crate) struct SharedSnapshots {
    projects: Mutex<HashMap<ProjectId, Arc<ProjectSnapshot>>>,
}

impl SharedSnapshots {
    /// More projects than this are not remembered at once.
    const CAPACITY: usize = 1024;

    pub(super) fn project(
        &self,
        db: &mut Db,
        id: ProjectId,
        now: Timestamp,
    ) -> Result<Option<Arc<ProjectSnapshot>>, StoreError> {
        let Some(stored) = stored_project(db, id)? else {
            return Ok(None);
        };
        let known = self.projects().get(&id).map(Arc::clone);
        if let Some(known) = known.filter(|known| known.stored == stored) {
            return Ok(Some(known));
        }
        let Some(project) = dialect::snapshot(db, |db| load_project(db, id, now))? else {
            return Ok(None);
        };
        let project = Arc::new(project);
        let mut projects = self.projects();
        if projects.len() >= Self::CAPACITY {
            projects.clear();
        }
        projects.insert(id, Arc::clone(&project));
        Ok(Some(project))
    }

    /// Nothing is left half done under this lock, so a panic elsewhere does not spoil it.
    fn projects(&self) -> MutexGuard<'_, HashMap<ProjectId, Arc<ProjectSnapshot>>> {
        self.projects.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
