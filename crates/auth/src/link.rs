//! The unguessable part of a project's portal link.

use std::fmt;
use std::hint::black_box;

use domain::{RandomError, RandomSource};
use ring::digest;

use crate::encoding::{decode_exact, encode};

/// The text is not written as a link token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a link token is {} letters, digits, '-' and '_'", LinkToken::LENGTH)]
pub struct LinkTokenError;

/// 192 random bits that say which project's portal is meant.
#[derive(Clone)]
pub struct LinkToken(Box<str>);

impl LinkToken {
    /// How long a token is, characters.
    pub const LENGTH: usize = 32;
    const BYTES: usize = 24;

    /// A new token that nobody has seen.
    ///
    /// # Errors
    /// [`RandomError`] when there is no randomness to be had.
    pub fn generate(random: &dyn RandomSource) -> Result<Self, RandomError> {
        let mut bytes = [0; Self::BYTES];
        random.fill(&mut bytes)?;
        Ok(Self(encode(&bytes).into()))
    }

    /// Takes a token from a link or the database.
    ///
    /// # Errors
    /// [`LinkTokenError`] for a text that [`Self::generate`] cannot have made.
    pub fn parse(text: &str) -> Result<Self, LinkTokenError> {
        let _bytes: [u8; Self::BYTES] = decode_exact(text).ok_or(LinkTokenError)?;
        Ok(Self(text.into()))
    }

    /// The token in clear: for the link itself and the database's look-up, never for a log.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands for the token where the token itself must not.
    pub fn fingerprint(&self) -> LinkFingerprint {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(b"terra-view link fingerprint\0");
        context.update(self.0.as_bytes());
        let digest = context.finish();
        let mut bytes = [0; LinkFingerprint::LENGTH];
        bytes
            .iter_mut()
            .zip(digest.as_ref())
            .for_each(|(to, from)| *to = *from);
        LinkFingerprint(bytes)
    }
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkToken(…)")
    }
}

/// A link token's SHA-256, truncated to 128 bits: it tells links apart and gives none away.
#[derive(Clone, Copy)]
pub struct LinkFingerprint([u8; LinkFingerprint::LENGTH]);

impl LinkFingerprint {
    /// How long it is, bytes.
    pub const LENGTH: usize = 16;

    /// Its bytes, for tokens.
    pub fn to_bytes(self) -> [u8; Self::LENGTH] {
        self.0
    }

    /// The fingerprint of these bytes.
    pub fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }
}

impl PartialEq for LinkFingerprint {
    /// Takes the same time wherever the two differ.
    fn eq(&self, other: &Self) -> bool {
        let differing = self
            .0
            .iter()
            .zip(&other.0)
            .fold(0, |differing, (one, two)| {
                black_box(differing | (one ^ two))
            });
        differing == 0
    }
}

impl Eq for LinkFingerprint {}

impl fmt::Debug for LinkFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LinkFingerprint({})", encode(&self.0))
    }
}
