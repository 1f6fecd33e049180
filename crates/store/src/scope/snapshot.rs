//! What is remembered of a project between requests.

use auth::{LinkFingerprint, LinkToken, PortalSession};
use diesel::{Queryable, Selectable};
use domain::{ProjectId, ProjectStatus, TimeZone};

use super::location::Location;
use crate::error::StoreError;
use crate::internal::schema::projects;

/// The row that decides whether a session lives, as stored. While it is the same, so is all that
/// a client may see of the project: every management write adds one to `revision`.
#[derive(Queryable, Selectable, PartialEq, Eq, Hash)]
#[diesel(table_name = projects)]
pub(crate) struct StoredProject {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) status: String,
    pub(super) time_zone: Option<String>,
    pub(super) portal_enabled: bool,
    pub(super) portal_link_token: Option<String>,
    pub(super) portal_epoch: i64,
    pub(super) revision: i64,
}

impl StoredProject {
    fn corrupt(&self, column: &'static str) -> StoreError {
        StoreError::corrupt("projects", &self.id, column)
    }

    /// The link by which the project can be entered now; `None` while it cannot.
    pub(super) fn open_link(&self) -> Result<Option<OpenLink>, StoreError> {
        let status: ProjectStatus = self
            .status
            .parse()
            .map_err(|_unknown| self.corrupt("status"))?;
        if !self.portal_enabled || status == ProjectStatus::Deleted {
            return Ok(None);
        }
        let Some(token) = &self.portal_link_token else {
            return Ok(None);
        };
        let token =
            LinkToken::parse(token).map_err(|_malformed| self.corrupt("portal_link_token"))?;
        Ok(Some(OpenLink {
            fingerprint: token.fingerprint(),
            token,
        }))
    }

    pub(super) fn time_zone(&self) -> Result<Option<TimeZone>, StoreError> {
        let read =
            |name: &String| TimeZone::get(name).map_err(|_unknown| self.corrupt("time_zone"));
        self.time_zone.as_ref().map(read).transpose()
    }
}

/// A link that leads somewhere.
pub(crate) struct OpenLink {
    token: LinkToken,
    fingerprint: LinkFingerprint,
}

/// A project as it was at one moment.
pub(crate) struct ProjectSnapshot {
    pub(super) id: ProjectId,
    pub(super) stored: StoredProject,
    pub(super) open_link: Option<OpenLink>,
    pub(super) time_zone: Option<TimeZone>,
    pub(super) locations: Vec<Location>,
}

impl ProjectSnapshot {
    /// Whether the session is of this project's present, not of one that was revoked.
    pub(super) fn admits(&self, session: &PortalSession) -> bool {
        self.link_of(session).is_some() && self.stored.portal_epoch == session.epoch
    }

    /// The link by which the session was made, if it still leads in: who has it is told nothing
    /// new. A holder of a dead link never learns the one that replaced it.
    pub(super) fn prompt(&self, session: &PortalSession) -> Option<LinkToken> {
        self.link_of(session).map(|link| link.token.clone())
    }

    fn link_of(&self, session: &PortalSession) -> Option<&OpenLink> {
        self.open_link
            .as_ref()
            .filter(|link| link.fingerprint == session.link)
    }
}
