//! One-time preview tickets.

use auth::{LinkToken, PortalSession, PreviewTicket};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{ProjectStatus, Timestamp};

use crate::database::Database;
use crate::dialect::Db;
use crate::error::StoreError;
use crate::internal::schema::{preview_tickets, projects};
use crate::times::millis;

impl Database {
    /// Uses a ticket up and answers the session that it opens. One that was used, has expired, was
    /// never issued, or whose project's portal is closed opens none: `None`. Of any number of
    /// simultaneous calls one at most gets a session.
    ///
    /// # Errors
    /// [`StoreError`] when its use could not be written down: then nobody comes in by it.
    pub async fn redeem_ticket(
        &self,
        ticket: &PreviewTicket,
        now: Timestamp,
    ) -> Result<Option<PortalSession>, StoreError> {
        let ticket = *ticket;
        self.write(move |db| {
            if ticket.is_expired(now) || !use_up(db, &ticket, now)? {
                return Ok(None);
            }
            open(db, &ticket, now)
        })
        .await
    }
}

/// One statement, in which the engine lets one of many win.
fn use_up(db: &mut Db, ticket: &PreviewTicket, now: Timestamp) -> Result<bool, StoreError> {
    let unused = preview_tickets::table
        .find(ticket.id.to_string())
        .filter(preview_tickets::project_id.eq(ticket.project.to_string()))
        .filter(preview_tickets::used_at.is_null())
        .filter(preview_tickets::expires_at.gt(millis(now)));
    let used = diesel::update(unused)
        .set(preview_tickets::used_at.eq(millis(now)))
        .execute(db)?;
    Ok(used == 1)
}

fn open(
    db: &mut Db,
    ticket: &PreviewTicket,
    now: Timestamp,
) -> Result<Option<PortalSession>, StoreError> {
    let project = ticket.project.to_string();
    let found: Option<(i64, Option<String>)> = projects::table
        .find(&project)
        .filter(projects::portal_enabled.eq(true))
        .filter(projects::status.ne(ProjectStatus::Deleted.as_str()))
        .select((projects::portal_epoch, projects::portal_link_token))
        .first(db)
        .optional()?;
    let Some((epoch, Some(link))) = found else {
        return Ok(None);
    };
    let link = LinkToken::parse(&link)
        .map_err(|_malformed| StoreError::corrupt("projects", &project, "portal_link_token"))?;
    Ok(Some(PortalSession {
        project: ticket.project,
        epoch,
        issued_at: now,
        link: link.fingerprint(),
        preview: true,
    }))
}
