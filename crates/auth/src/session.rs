//! A client's session: proof that somebody came in by a project's link and password.

use std::time::Duration;

use domain::{ProjectId, Timestamp};
use jiff::SignedDuration;

use crate::CLOCK_SKEW;
use crate::encoding::take;
use crate::link::LinkFingerprint;
use crate::signer::{Purpose, Signer, TokenError, log_tag};

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
    const VERSION: u8 = 2;

    /// The session as a signed token.
    pub fn seal(&self, signer: &Signer) -> String {
        let payload = [
            [Self::VERSION].as_slice(),
            &self.project.to_bytes(),
            &self.epoch.to_be_bytes(),
            &self.issued_at.as_millisecond().to_be_bytes(),
            &self.link.to_bytes(),
            &[u8::from(self.preview)],
        ]
        .concat();
        signer.sign(Purpose::PortalSession, &payload)
    }

    /// Opens a token whose signature is good. Nothing is said yet of its age or of the database.
    ///
    /// # Errors
    /// [`TokenError`] for a text that is no portal session of ours.
    pub fn open(signer: &Signer, token: &str) -> Result<Self, TokenError> {
        let payload = signer.verify(Purpose::PortalSession, token)?;
        Self::read(&payload).ok_or(TokenError::Malformed)
    }

    fn read(mut payload: &[u8]) -> Option<Self> {
        let bytes = &mut payload;
        let [version] = take(bytes)?;
        let session = Self {
            project: ProjectId::from_bytes(take(bytes)?),
            epoch: i64::from_be_bytes(take(bytes)?),
            issued_at: Timestamp::from_millisecond(i64::from_be_bytes(take(bytes)?)).ok()?,
            link: LinkFingerprint::from_bytes(take(bytes)?),
            preview: match take(bytes)? {
                [0] => false,
                [1] => true,
                _ => return None,
            },
        };
        (version == Self::VERSION && bytes.is_empty()).then_some(session)
    }

    /// Whether the session is `max_age` old or older, or from so far in the future
    /// ([`CLOCK_SKEW`]) that its age cannot be told.
    pub fn is_expired(&self, now: Timestamp, max_age: Duration) -> bool {
        let age = now.duration_since(self.issued_at);
        let max_age = SignedDuration::try_from(max_age).unwrap_or(SignedDuration::MAX);
        age >= max_age || age.is_negative() && age.unsigned_abs() > CLOCK_SKEW
    }

    /// How much of its life is left; nothing for an expired session.
    pub fn time_left(&self, now: Timestamp, max_age: Duration) -> Duration {
        if self.is_expired(now, max_age) {
            return Duration::ZERO;
        }
        // One that a server with a faster clock has made is no younger than new.
        let age = Duration::try_from(now.duration_since(self.issued_at)).unwrap_or_default();
        max_age.saturating_sub(age)
    }

    /// Eight characters that stand for a session token in a log.
    pub fn log_tag(token: &str) -> String {
        log_tag(token)
    }
}
