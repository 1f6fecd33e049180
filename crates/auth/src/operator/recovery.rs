//! Codes for whoever has lost the phone.

use std::fmt;

use domain::{RandomError, RandomSource};
use ring::digest;

use crate::encoding::encode;
use crate::password::{ALPHABET, grouped};

/// The text is no recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a recovery code is four groups of five letters and digits")]
pub struct RecoveryCodeError;

/// One recovery code in clear. It lives from its making to its showing, or from its typing to its
/// check.
#[derive(Clone)]
pub struct RecoveryCode(Box<str>);

/// What is stored of a recovery code: the SHA-256 of it, base64url.
///
/// No argon2: a code is 99 bits of chance, which no search finds, however fast each guess is. A
/// slow hash is for what people think of; ten of them a sign-in would only be slow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryDigest(Box<str>);

impl RecoveryCode {
    /// How many somebody is given at once.
    pub const COUNT: usize = 10;

    const GROUPS: usize = 4;
    const GROUP_LENGTH: usize = 5;

    /// A new code: 20 characters drawn evenly from 31 (99 bits), in groups of five with hyphens
    /// between, which do not belong to it.
    ///
    /// # Errors
    /// [`RandomError`] when there is no randomness to be had.
    pub fn generate(random: &dyn RandomSource) -> Result<Self, RandomError> {
        let code = grouped(random, Self::GROUPS, Self::GROUP_LENGTH)?;
        Ok(Self(code.into()))
    }

    /// [`Self::COUNT`] new codes.
    ///
    /// # Errors
    /// As [`Self::generate`].
    pub fn generate_set(random: &dyn RandomSource) -> Result<Vec<Self>, RandomError> {
        (0..Self::COUNT).map(|_| Self::generate(random)).collect()
    }

    /// Takes a code as it was typed: blanks, hyphens and capitals do not count.
    ///
    /// # Errors
    /// [`RecoveryCodeError`] for a text that cannot be one.
    pub fn parse(typed: &str) -> Result<Self, RecoveryCodeError> {
        let characters: Vec<char> = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let is_code = characters.len() == Self::GROUPS * Self::GROUP_LENGTH
            && characters
                .iter()
                .all(|c| ALPHABET.iter().any(|known| char::from(*known) == *c));
        if !is_code {
            return Err(RecoveryCodeError);
        }
        let groups: Vec<String> = characters
            .chunks(Self::GROUP_LENGTH)
            .map(|group| group.iter().collect())
            .collect();
        Ok(Self(groups.join("-").into()))
    }

    /// The code in clear: for the one who is shown it once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn digest(&self) -> RecoveryDigest {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(b"terra-view recovery code\0");
        context.update(self.0.as_bytes());
        RecoveryDigest(encode(context.finish().as_ref()).into())
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

impl RecoveryDigest {
    /// The text, for the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
