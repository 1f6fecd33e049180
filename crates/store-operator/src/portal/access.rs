//! How a portal stands.

use auth::LinkToken;
use domain::{ProjectId, Timestamp};
use store::internal::Db;

use super::stored_portal;
use crate::Operator;
use crate::error::OperatorError;
use crate::field;

/// How a portal stands.
#[derive(Debug, Clone)]
pub struct PortalAccess {
    /// Whether it is open.
    pub enabled: bool,
    /// Whether there is a password.
    pub has_password: bool,
    /// The link's token, where one was ever made; it leads in only while the portal is open.
    pub link: Option<LinkToken>,
    /// When somebody last came in, UTC.
    pub last_opened_at: Option<Timestamp>,
    /// How many revoking acts there were: a session of an earlier epoch is dead.
    pub epoch: i64,
}

impl Operator {
    /// How a portal stands.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn portal_show(&self, project: ProjectId) -> Result<PortalAccess, OperatorError> {
        self.read(|db| portal_access(db, project))
    }
}

pub(crate) fn portal_access(
    db: &mut Db,
    project: ProjectId,
) -> Result<PortalAccess, OperatorError> {
    let portal = stored_portal(db, project)?;
    let opened = portal.portal_opened_at;
    Ok(PortalAccess {
        enabled: portal.portal_enabled,
        has_password: portal.portal_password_hash.is_some(),
        link: portal.link()?,
        last_opened_at: opened
            .map(|at| field::stored_time("projects", &portal.id, "portal_opened_at", at))
            .transpose()?,
        epoch: portal.portal_epoch,
    })
}
