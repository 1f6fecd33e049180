//! The name of a meter, and the one way to make one.
//!
//! `domain` hands on the type, but not [`parse`]. Only crates that are allowed to name this one
//! (`deny.toml` lists them) can turn text into a [`UnitId`], so that code of the public portal
//! cannot take a meter's name from a request: it does not compile.

use std::fmt;

/// The text is no meter's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a unit id has 1 to 64 letters, digits, '.', '_' or '-', and begins with a letter or a digit"
)]
pub struct UnitIdError;

/// The name by which SLMM knows a meter; letter case counts.
///
/// SLMM takes any text. We take only what can stand in the path segment of a URL as it is, so that
/// a name never changes which resource is asked for (`_monitor` is one of SLMM's own).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(Box<str>);

impl UnitId {
    /// The longest name accepted, in bytes.
    pub const MAX_LENGTH: usize = 64;

    /// The name as SLMM writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes a meter's name of a text that comes from the roster, the firm's staff or SLMM itself.
///
/// # Errors
/// [`UnitIdError`] for anything that is no name.
pub fn parse(text: &str) -> Result<UnitId, UnitIdError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let begins_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if begins_well && text.len() <= UnitId::MAX_LENGTH && text.chars().all(allowed) {
        Ok(UnitId(text.into()))
    } else {
        Err(UnitIdError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_in_a_path() {
        for good in ["SLM-101", "nl43.7", "7", "A_b"] {
            assert_eq!(parse(good).unwrap().as_str(), good);
        }
        let long = "x".repeat(65);
        for bad in [
            "", ".", "..", "_monitor", "-x", "a/b", "a b", "a%2f", "ä", "a?b", &long,
        ] {
            assert_eq!(parse(bad), Err(UnitIdError), "{bad}");
        }
    }
}
