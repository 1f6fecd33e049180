//! Tickets by which staff look into a portal as its clients see it.

use std::time::Duration;

use auth::PreviewTicket;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{ProjectId, Timestamp};
use store::internal::schema::preview_tickets;
use store::internal::{Db, millis};

use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;
use crate::projects::expect_kept_project;

/// How long the record of a ticket is kept after its end: an expired one opens nothing anyway.
const KEPT_FOR: Duration = Duration::from_hours(24);

impl Operator {
    /// Issues a ticket that opens the project's portal once, within the next minute. The caller
    /// seals it with the key that the portal shares.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`], or [`OperatorError::Conflict`] for a portal that is closed.
    pub fn issue_preview_ticket(&self, project: ProjectId) -> Result<PreviewTicket, OperatorError> {
        let ticket = PreviewTicket::issue(project, &*self.clock, &*self.random)?;
        self.act(|db| {
            let row = expect_kept_project(db, project)?;
            if !row.portal_enabled {
                let words = format!(
                    "the portal of project {:?} is closed: open it first",
                    row.name
                );
                return Err(OperatorError::Conflict(words));
            }
            forget_old_tickets(db, self.now())?;
            diesel::insert_into(preview_tickets::table)
                .values((
                    preview_tickets::id.eq(ticket.id.to_string()),
                    preview_tickets::project_id.eq(&row.id),
                    preview_tickets::expires_at.eq(millis(ticket.expires_at)),
                ))
                .execute(db)?;
            let change = Change {
                action: "portal.preview",
                subject: row.id,
                projects: Vec::new(),
                before: None,
                after: Some(State::default().plain("expires_at", ticket.expires_at)),
            };
            Ok((ticket, Some(change)))
        })
    }
}

fn forget_old_tickets(db: &mut Db, now: Timestamp) -> Result<(), OperatorError> {
    let before = now.saturating_sub(KEPT_FOR).unwrap_or(now);
    let old = preview_tickets::table.filter(preview_tickets::expires_at.lt(millis(before)));
    diesel::delete(old).execute(db)?;
    Ok(())
}
