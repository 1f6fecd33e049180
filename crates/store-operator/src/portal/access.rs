//! How a portal stands.

use auth::LinkToken;
use diesel::{OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{ProjectId, ProjectStatus, Timestamp};
use store::internal::Db;
use store::internal::schema::projects;

use super::StoredPortal;
use crate::Operator;
use crate::error::OperatorError;
use crate::field;
use crate::processes::watching;

/// How a portal stands.
#[derive(Debug, Clone)]
pub struct PortalAccess {
    /// Whether it is open; that of a deleted project never is.
    pub enabled: bool,
    /// Whether there is a password.
    pub has_password: bool,
    /// The link's token, where one was ever made; it leads in only while the portal is open.
    pub link: Option<LinkToken>,
    /// When somebody last came in, UTC.
    pub last_opened_at: Option<Timestamp>,
    /// From which address, where that was written down.
    pub last_opened_from: Option<String>,
    /// How many revoking acts there were: a session of an earlier epoch is dead.
    pub epoch: i64,
    /// How many people watch now, staff not counted; `None` where no portal process reports, so
    /// that it cannot be told. One who comes or goes is counted some ten seconds later, and one
    /// who uses two processes by turns is counted at both.
    pub watching: Option<i64>,
}

impl Operator {
    /// How a portal stands.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn portal_show(&self, project: ProjectId) -> Result<PortalAccess, OperatorError> {
        let now = self.now();
        self.snapshot(|db| portal_access(db, project, now))
    }
}

pub(crate) fn portal_access(
    db: &mut Db,
    project: ProjectId,
    now: Timestamp,
) -> Result<PortalAccess, OperatorError> {
    type Found = (StoredPortal, String, Option<i64>, Option<String>);
    let found: Option<Found> = projects::table
        .find(project.to_string())
        .select((
            StoredPortal::as_select(),
            projects::status,
            projects::portal_opened_at,
            projects::portal_opened_from,
        ))
        .first(db)
        .optional()?;
    let (portal, status, opened_at, last_opened_from) =
        found.ok_or_else(|| OperatorError::not_found("project", project.to_string()))?;
    Ok(PortalAccess {
        enabled: portal.portal_enabled && status != ProjectStatus::Deleted.as_str(),
        has_password: portal.portal_password_hash.is_some(),
        link: portal.link()?,
        last_opened_at: opened_at
            .map(|at| field::stored_time("projects", &portal.id, "portal_opened_at", at))
            .transpose()?,
        last_opened_from,
        epoch: portal.portal_epoch,
        watching: watching(db, project, portal.portal_epoch, now)?,
    })
}
