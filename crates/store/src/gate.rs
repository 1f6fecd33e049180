//! The gate's own reads and writes: what a link leads to before anybody has proved anything.

use std::fmt;
use std::net::IpAddr;

use auth::{LinkToken, PasswordHash, PortalSession};
use diesel::SelectableHelper;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable};
use domain::{ProjectId, ProjectStatus, Timestamp};

use crate::database::Database;
use crate::error::StoreError;
use crate::internal::schema::projects;
use crate::times::millis;

/// What stands behind a link that leads in: enough to ask for the password and to check it.
pub struct Gate {
    project: ProjectId,
    project_name: String,
    password_hash: PasswordHash,
    epoch: i64,
    link: LinkToken,
}

impl Gate {
    /// What the client calls the project.
    pub fn project_name(&self) -> &str {
        &self.project_name
    }

    /// What the password has to match.
    pub fn password_hash(&self) -> &PasswordHash {
        &self.password_hash
    }

    /// The session of somebody who gave the right password. It is of the epoch in which the hash
    /// was read: a password that was replaced meanwhile makes a session that is dead already.
    pub fn session(&self, now: Timestamp) -> PortalSession {
        PortalSession {
            project: self.project,
            epoch: self.epoch,
            issued_at: now,
            link: self.link.fingerprint(),
            preview: false,
        }
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gate(…)")
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = projects)]
struct StoredGate {
    id: String,
    name: String,
    portal_epoch: i64,
    portal_password_hash: Option<String>,
}

impl StoredGate {
    fn read(self, link: LinkToken) -> Result<Option<Gate>, StoreError> {
        let corrupt = |column| StoreError::corrupt("projects", &self.id, column);
        let Some(hash) = &self.portal_password_hash else {
            return Ok(None);
        };
        Ok(Some(Gate {
            project: self.id.parse().map_err(|_malformed| corrupt("id"))?,
            password_hash: PasswordHash::parse(hash)
                .map_err(|_unreadable| corrupt("portal_password_hash"))?,
            project_name: self.name,
            epoch: self.portal_epoch,
            link,
        }))
    }
}

impl Database {
    /// What a link leads to. An unknown link, a replaced one, one of a closed portal, of a deleted
    /// project or of one without a password are the same: `None`.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn gate_by_link(&self, link: &LinkToken) -> Result<Option<Gate>, StoreError> {
        let link = link.clone();
        self.read(move |db| {
            let stored: Option<StoredGate> = projects::table
                .filter(projects::portal_link_token.eq(link.as_str()))
                .filter(projects::portal_enabled.eq(true))
                .filter(projects::status.ne(ProjectStatus::Deleted.as_str()))
                .select(StoredGate::as_select())
                .first(db)
                .optional()?;
            stored.map_or(Ok(None), |stored| stored.read(link))
        })
        .await
    }

    /// Remembers that somebody came in at `now` from that address.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn record_opening(
        &self,
        gate: &Gate,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let project = gate.project.to_string();
        self.write(move |db| {
            diesel::update(projects::table.find(project))
                .set((
                    projects::portal_opened_at.eq(millis(now)),
                    projects::portal_opened_from.eq(from.to_string()),
                ))
                .execute(db)?;
            Ok(())
        })
        .await
    }

    /// Puts a harder hash of the same password in the place of the one that was checked, unless
    /// that was replaced meanwhile. No session ends by it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn renew_password_hash(
        &self,
        gate: &Gate,
        new: &PasswordHash,
    ) -> Result<(), StoreError> {
        let (project, new) = (gate.project.to_string(), new.as_str().to_owned());
        let old = gate.password_hash.as_str().to_owned();
        self.write(move |db| {
            let unchanged = projects::table
                .find(project)
                .filter(projects::portal_password_hash.eq(old));
            diesel::update(unchanged)
                .set(projects::portal_password_hash.eq(new))
                .execute(db)?;
            Ok(())
        })
        .await
    }
}
