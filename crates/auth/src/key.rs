//! The secret that signs, and what is refused as one.

use std::fmt;

use domain::{RandomError, RandomSource};

/// Why a text cannot be the secret key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretKeyError {
    /// Too few bytes to withstand a search.
    #[error(
        "it has {got} bytes, and needs {} or more: try `openssl rand -base64 48`",
        SecretKey::MIN_LENGTH
    )]
    TooShort {
        /// How many bytes were given.
        got: usize,
    },
    /// It is, or holds, a value from somebody's documentation.
    #[error("it is an example that everybody knows: try `openssl rand -base64 48`")]
    KnownExample,
    /// It was typed, not drawn.
    #[error("it repeats itself or counts, so it can be guessed: try `openssl rand -base64 48`")]
    Regular,
}

/// The key material of a [`crate::Signer`].
#[derive(Clone)]
pub struct SecretKey(Box<[u8]>);

impl SecretKey {
    /// The fewest bytes taken: as many as HMAC-SHA-256 gives (RFC 2104, section 3).
    pub const MIN_LENGTH: usize = 32;

    /// Fewer different bytes than this in a whole key are not chance.
    const MIN_DISTINCT: usize = 8;

    /// Takes a configured key as it stands, every byte of it.
    ///
    /// # Errors
    /// [`SecretKeyError`] for a key that can be found out.
    pub fn parse(text: &str) -> Result<Self, SecretKeyError> {
        let bytes = text.as_bytes();
        if bytes.len() < Self::MIN_LENGTH {
            return Err(SecretKeyError::TooShort { got: bytes.len() });
        }
        if is_known_example(text) {
            return Err(SecretKeyError::KnownExample);
        }
        if distinct(bytes) < Self::MIN_DISTINCT || repeats(bytes) || counts(bytes) {
            return Err(SecretKeyError::Regular);
        }
        Ok(Self(bytes.into()))
    }

    /// A fresh key that nobody else has.
    ///
    /// # Errors
    /// [`RandomError`] when there is no randomness to be had.
    pub fn random(random: &dyn RandomSource) -> Result<Self, RandomError> {
        let mut bytes = [0; Self::MIN_LENGTH];
        random.fill(&mut bytes)?;
        Ok(Self(bytes.into()))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// Whole words of six letters or more, which chance puts into a key about once in ten million.
fn is_known_example(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "changeme",
        "secret",
        "password",
        "example",
        "insecure",
        "default",
        "replaceme",
        "placeholder",
        "development",
        "terraview",
        "yourkey",
    ];
    let letters: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    WORDS.iter().any(|word| letters.contains(word))
}

fn distinct(bytes: &[u8]) -> usize {
    let mut sorted = bytes.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len()
}

/// Whether the whole is one piece said twice or more.
fn repeats(bytes: &[u8]) -> bool {
    (1..=bytes.len() / 2).any(|period| {
        bytes
            .iter()
            .zip(bytes.iter().skip(period))
            .all(|(byte, later)| byte == later)
    })
}

/// Whether most bytes are the neighbours of those before them: `abcdef…`, `9876…`.
fn counts(bytes: &[u8]) -> bool {
    let steps = bytes.windows(2).filter(|pair| match pair {
        [one, next] => one.abs_diff(*next) <= 1,
        _ => false,
    });
    steps.count() * 4 >= bytes.len() * 3
}
