//! Signed tokens: HMAC-SHA-256 over a purpose, a key id and a payload.

use std::fmt;

use ring::{digest, hmac};

use crate::encoding::{decode, decode_exact, encode};
use crate::key::SecretKey;

/// What a token is for. A token of one purpose never verifies as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A client's session in the portal.
    PortalSession,
    /// A member of staff's session in the operator app.
    OperatorSession,
    /// Between the two steps of a sign-in: the password was right, a second factor is due.
    OperatorSecondFactor,
    /// A one-time ticket into a portal from the operator app.
    PreviewTicket,
}

impl Purpose {
    fn tag(self) -> &'static str {
        match self {
            Self::PortalSession => "portal-session",
            Self::OperatorSession => "operator-session",
            Self::OperatorSecondFactor => "operator-second-factor",
            Self::PreviewTicket => "preview-ticket",
        }
    }
}

/// The text is no token of ours for that purpose. Which of the reasons it was is for the log only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is not written as a token is.
    #[error("not written as a token is")]
    Malformed,
    /// It names a key that this server does not hold.
    #[error("signed with a key that is not held here")]
    UnknownKey,
    /// Its signature is not over what it says.
    #[error("the signature does not fit")]
    Forged,
}

/// Makes and checks tokens `kid.payload.mac`, each part base64url without padding.
///
/// A token has one spelling. The key id is derived from the key, so that servers need not agree on
/// names; rotation is a matter of naming the old keys as previous.
#[derive(Clone)]
pub struct Signer {
    current: KeyInUse,
    previous: Vec<KeyInUse>,
}

#[derive(Clone)]
struct KeyInUse {
    id: String,
    key: hmac::Key,
}

impl KeyInUse {
    /// Bytes of a key id: enough to tell the keys of one deployment apart.
    const ID_LENGTH: usize = 6;

    fn new(secret: &SecretKey) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let digest = hmac::sign(&key, b"terra-view key id");
        let id: Vec<u8> = digest
            .as_ref()
            .iter()
            .copied()
            .take(Self::ID_LENGTH)
            .collect();
        Self {
            id: encode(&id),
            key,
        }
    }
}

impl Signer {
    /// The longest token looked at, bytes.
    pub const MAX_TOKEN: usize = 1024;
    /// The longest payload that fits a token, bytes.
    pub const MAX_PAYLOAD: usize = 720;

    /// A signer that signs with `current` and still believes tokens of the `previous` keys.
    pub fn new(current: &SecretKey, previous: &[SecretKey]) -> Self {
        Self {
            current: KeyInUse::new(current),
            previous: previous.iter().map(KeyInUse::new).collect(),
        }
    }

    /// Signs a payload. One longer than [`Self::MAX_PAYLOAD`] makes a token that never verifies.
    pub fn sign(&self, purpose: Purpose, payload: &[u8]) -> String {
        let payload = encode(payload);
        let KeyInUse { id, key } = &self.current;
        let mac = hmac::sign(key, &signed_text(purpose, id, &payload));
        format!("{id}.{payload}.{}", encode(mac.as_ref()))
    }

    /// The payload of a token that one of our keys signed for this purpose.
    ///
    /// # Errors
    /// [`TokenError`] for every other text. The comparison takes the same time wherever the
    /// signatures differ.
    pub fn verify(&self, purpose: Purpose, token: &str) -> Result<Vec<u8>, TokenError> {
        let (id, payload, mac) = split(token).ok_or(TokenError::Malformed)?;
        let mac: [u8; 32] = decode_exact(mac).ok_or(TokenError::Malformed)?;
        let key = std::iter::once(&self.current)
            .chain(&self.previous)
            .find(|known| known.id == id)
            .ok_or(TokenError::UnknownKey)?;
        hmac::verify(&key.key, &signed_text(purpose, id, payload), &mac)
            .map_err(|_unspecified| TokenError::Forged)?;
        decode(payload).ok_or(TokenError::Malformed)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("current", &self.current.id)
            .finish_non_exhaustive()
    }
}

fn split(token: &str) -> Option<(&str, &str, &str)> {
    let mut parts = token.split('.');
    let three = (parts.next()?, parts.next()?, parts.next()?);
    (token.len() <= Signer::MAX_TOKEN && parts.next().is_none()).then_some(three)
}

/// No part can hold the separator, so no two triples make the same text.
fn signed_text(purpose: Purpose, key_id: &str, payload: &str) -> Vec<u8> {
    [purpose.tag(), key_id, payload].join(".").into_bytes()
}

/// Eight characters that stand for a session's token in a log.
pub(crate) fn log_tag(token: &str) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"terra-view session log tag\0");
    context.update(token.as_bytes());
    let digest: Vec<u8> = context.finish().as_ref().iter().copied().take(6).collect();
    encode(&digest)
}
