//! What somebody saw of a thing before they said it anew.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;

use crate::error::OperatorError;

/// What somebody saw of a thing before they said it anew, as 16 hexadecimal digits: another one
/// where anything that can be said of it was another. It keeps nothing secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen(u64);

impl Seen {
    pub(crate) fn of(said: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        said.hash(&mut hasher);
        Self(hasher.finish())
    }

    /// Refuses to say anew what somebody else has said anew since.
    pub(crate) fn expect(self, before: Option<Self>) -> Result<(), OperatorError> {
        if before.is_none_or(|before| before == self) {
            Ok(())
        } else {
            Err(OperatorError::Stale(CHANGED))
        }
    }
}

const CHANGED: &str = "somebody else has changed it since this page was opened";

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Seen {
    type Err = OperatorError;

    fn from_str(text: &str) -> Result<Self, OperatorError> {
        u64::from_str_radix(text, 16)
            .map(Self)
            .map_err(|_malformed| OperatorError::invalid("seen", "it is as the form had it"))
    }
}
