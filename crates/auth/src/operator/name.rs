//! What the others call somebody.

use std::fmt;

/// The text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// There is nothing in it.
    #[error("a name is needed")]
    Empty,
    /// It is longer than a name.
    #[error("it has {} characters at most", DisplayName::MAX_LENGTH)]
    TooLong,
    /// It cannot be shown in a line.
    #[error("it is one line, without control characters")]
    Unprintable,
}

/// A person's name: one line, without blanks around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayName(Box<str>);

impl DisplayName {
    /// The longest name, characters.
    pub const MAX_LENGTH: usize = 80;

    /// Takes a name as it was typed; blanks around it do not count.
    ///
    /// # Errors
    /// [`NameError`] for what cannot be shown as one.
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(NameError::Empty);
        }
        if typed.chars().count() > Self::MAX_LENGTH {
            return Err(NameError::TooLong);
        }
        if typed.chars().any(char::is_control) {
            return Err(NameError::Unprintable);
        }
        Ok(Self(typed.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
