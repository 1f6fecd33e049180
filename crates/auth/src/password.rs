//! Passwords in clear: as made for a project, and as typed by a visitor.

use std::fmt;

use domain::{RandomError, RandomSource};

/// Lower case and digits, without what is mistaken for something else (`0` `o`, `1` `i` `l`): easy
/// to read out and to type on a phone.
pub(crate) const ALPHABET: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// What was typed is longer than any password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a password has {} bytes at most", Password::MAX_LENGTH)]
pub struct PasswordTooLong;

/// A password in clear. It lives from its making to its showing, or from its typing to its check.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// The longest text taken for a password, bytes.
    pub const MAX_LENGTH: usize = 1024;

    const GROUPS: usize = 6;
    const GROUP_LENGTH: usize = 4;

    /// A new password: 24 characters drawn evenly from 31 (119 bits), in groups of four with
    /// hyphens between, which belong to it.
    ///
    /// # Errors
    /// [`RandomError`] when there is no randomness to be had.
    pub fn generate(random: &dyn RandomSource) -> Result<Self, RandomError> {
        grouped(random, Self::GROUPS, Self::GROUP_LENGTH).map(Self)
    }

    /// Takes what a visitor typed, as it stands.
    ///
    /// # Errors
    /// [`PasswordTooLong`] beyond [`Self::MAX_LENGTH`].
    pub fn candidate(typed: String) -> Result<Self, PasswordTooLong> {
        if typed.len() <= Self::MAX_LENGTH {
            Ok(Self(typed))
        } else {
            Err(PasswordTooLong)
        }
    }

    /// The password in clear: for the one who is shown it once, and for its hash.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// So many groups of so many characters each, with hyphens between.
pub(crate) fn grouped(
    random: &dyn RandomSource,
    groups: usize,
    length: usize,
) -> Result<String, RandomError> {
    let mut text = String::new();
    for group in 0..groups {
        if group > 0 {
            text.push('-');
        }
        for _ in 0..length {
            text.push(draw(random)?);
        }
    }
    Ok(text)
}

/// One character, each as likely as the others: of five bits the one value that names no character
/// is drawn again. A source that never names one is none.
fn draw(random: &dyn RandomSource) -> Result<char, RandomError> {
    const ATTEMPTS: usize = 32;
    for _ in 0..ATTEMPTS {
        let mut byte = [0];
        random.fill(&mut byte)?;
        let [bits] = byte.map(|byte| usize::from(byte & 0b1_1111));
        if let Some(character) = ALPHABET.get(bits) {
            return Ok(char::from(*character));
        }
    }
    Err(RandomError)
}
