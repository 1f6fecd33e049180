//! One-time tickets by which a member of staff looks into a client's portal.

use std::time::Duration;

use domain::{Clock, ProjectId, RandomError, RandomSource, TicketId, Timestamp};

use crate::CLOCK_SKEW;
use crate::encoding::take;
use crate::signer::Purpose;
use crate::token::{Fields, take_time, write_time};

/// How long a ticket may be used, once.
pub const TICKET_LIFETIME: Duration = Duration::from_mins(1);

/// What a preview ticket says. That it is used once only is the database's to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreviewTicket {
    /// Its own id, by which the database remembers its use.
    pub id: TicketId,
    /// The project whose portal it opens.
    pub project: ProjectId,
    /// From when on it opens nothing, UTC; whole milliseconds survive sealing.
    pub expires_at: Timestamp,
}

impl PreviewTicket {
    /// A new ticket that may be used for [`TICKET_LIFETIME`] from now.
    ///
    /// # Errors
    /// [`RandomError`] when there is no randomness to be had.
    pub fn issue(
        project: ProjectId,
        clock: &dyn Clock,
        random: &dyn RandomSource,
    ) -> Result<Self, RandomError> {
        let id = TicketId::generate(clock, random)?;
        let now = clock.now();
        let expires_at = now.saturating_add(TICKET_LIFETIME).unwrap_or(now);
        Ok(Self {
            id,
            project,
            expires_at,
        })
    }

    /// Whether its time is over, or lies so far in the future ([`CLOCK_SKEW`]) that it cannot have
    /// been issued by now.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        let left = self.expires_at.duration_since(now);
        !left.is_positive() || left.unsigned_abs() > TICKET_LIFETIME + CLOCK_SKEW
    }
}

impl Fields for PreviewTicket {
    const PURPOSE: Purpose = Purpose::PreviewTicket;
    const VERSION: u8 = 1;

    fn write(&self, payload: &mut Vec<u8>) {
        payload.extend(self.id.to_bytes());
        payload.extend(self.project.to_bytes());
        payload.extend(write_time(self.expires_at));
    }

    fn read(payload: &mut &[u8]) -> Option<Self> {
        Some(Self {
            id: TicketId::from_bytes(take(payload)?),
            project: ProjectId::from_bytes(take(payload)?),
            expires_at: take_time(payload)?,
        })
    }
}
