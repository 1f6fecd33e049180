//! A client's session: proof that somebody came in by a project's link and password.

use std::time::Duration;

use domain::{ProjectId, Timestamp};

use crate::encoding::take;
use crate::link::LinkFingerprint;
use crate::signer::Purpose;
use crate::token::{Fields, age, take_number, take_time, write_time};

/// What the session cookie says. It is believed only together with the database: the epoch must be
/// the project's current one and the portal be enabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortalSession {
    /// The project that was entered.
    pub project: ProjectId,
    /// The project's portal epoch at that time.
    pub epoch: i64,
    /// When, UTC; whole milliseconds survive sealing.
    pub issued_at: Timestamp,
    /// The link by which it was entered.
    pub link: LinkFingerprint,
    /// Whether it is a look that staff take at the portal, by a ticket and not by the password.
    pub preview: bool,
}

impl PortalSession {
    /// Whether the session is `max_age` old or older, or from so far in the future
    /// ([`crate::CLOCK_SKEW`]) that its age cannot be told.
    pub fn is_expired(&self, now: Timestamp, max_age: Duration) -> bool {
        self.time_left(now, max_age).is_zero()
    }

    /// How much of its life is left; nothing for an expired session.
    pub fn time_left(&self, now: Timestamp, max_age: Duration) -> Duration {
        age(self.issued_at, now).map_or(Duration::ZERO, |age| max_age.saturating_sub(age))
    }
}

impl Fields for PortalSession {
    const PURPOSE: Purpose = Purpose::PortalSession;
    const VERSION: u8 = 2;

    fn write(&self, payload: &mut Vec<u8>) {
        payload.extend(self.project.to_bytes());
        payload.extend(self.epoch.to_be_bytes());
        payload.extend(write_time(self.issued_at));
        payload.extend(self.link.to_bytes());
        payload.push(u8::from(self.preview));
    }

    fn read(payload: &mut &[u8]) -> Option<Self> {
        Some(Self {
            project: ProjectId::from_bytes(take(payload)?),
            epoch: take_number(payload)?,
            issued_at: take_time(payload)?,
            link: LinkFingerprint::from_bytes(take(payload)?),
            preview: match take(payload)? {
                [0] => false,
                [1] => true,
                _ => return None,
            },
        })
    }
}
