//! One-time tickets by which a member of staff looks into a client's portal.

use std::time::Duration;

use domain::{Clock, ProjectId, RandomError, RandomSource, TicketId, Timestamp};

use crate::CLOCK_SKEW;
use crate::encoding::take;
use crate::signer::{Purpose, Signer, TokenError};

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
    const VERSION: u8 = 1;

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

    /// The ticket as a signed token.
    pub fn seal(&self, signer: &Signer) -> String {
        let payload = [
            [Self::VERSION].as_slice(),
            &self.id.to_bytes(),
            &self.project.to_bytes(),
            &self.expires_at.as_millisecond().to_be_bytes(),
        ]
        .concat();
        signer.sign(Purpose::PreviewTicket, &payload)
    }

    /// Opens a token whose signature is good. Nothing is said yet of its age or of its use.
    ///
    /// # Errors
    /// [`TokenError`] for a text that is no preview ticket of ours.
    pub fn open(signer: &Signer, token: &str) -> Result<Self, TokenError> {
        let payload = signer.verify(Purpose::PreviewTicket, token)?;
        Self::read(&payload).ok_or(TokenError::Malformed)
    }

    fn read(mut payload: &[u8]) -> Option<Self> {
        let bytes = &mut payload;
        let [version] = take(bytes)?;
        let ticket = Self {
            id: TicketId::from_bytes(take(bytes)?),
            project: ProjectId::from_bytes(take(bytes)?),
            expires_at: Timestamp::from_millisecond(i64::from_be_bytes(take(bytes)?)).ok()?,
        };
        (version == Self::VERSION && bytes.is_empty()).then_some(ticket)
    }

    /// Whether its time is over, or lies so far in the future ([`CLOCK_SKEW`]) that it cannot have
    /// been issued by now.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        let left = self.expires_at.duration_since(now);
        !left.is_positive() || left.unsigned_abs() > TICKET_LIFETIME + CLOCK_SKEW
    }
}
