//! The name by which somebody signs in.

use std::fmt;
use std::str::FromStr;

use ring::digest;

use crate::encoding::encode;

/// The text is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address is written as in name@company.example")]
pub struct EmailError;

/// An e-mail address in lower case, as far as its look tells. Whether it exists, only a mail can.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(Box<str>);

impl EmailAddress {
    /// The longest address (RFC 5321), bytes.
    pub const MAX_LENGTH: usize = 254;

    /// Takes an address as it was typed: blanks around it and capitals do not count.
    ///
    /// # Errors
    /// [`EmailError`] for a text that is written as no address is.
    pub fn parse(typed: &str) -> Result<Self, EmailError> {
        let typed = typed.trim();
        if !Self::is_plausible(typed) {
            return Err(EmailError);
        }
        Ok(Self(typed.to_ascii_lowercase().into()))
    }

    /// Whether the text, which has no blanks around it, is written as an address is: ASCII, with
    /// one `@` and a host of two labels or more.
    pub fn is_plausible(text: &str) -> bool {
        let is_address = text.split_once('@').is_some_and(|(mailbox, host)| {
            !mailbox.is_empty()
                && !host.contains('@')
                && host.contains('.')
                && host.split('.').all(|label| !label.is_empty())
        });
        let is_plain = text
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ',' | '"'));
        is_address && is_plain && text.len() <= Self::MAX_LENGTH
    }

    /// The SHA-256 of the address, base64url: what stands for it where people's mistakes are
    /// counted, which are not to be kept in clear.
    pub fn digest(&self) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(b"terra-view e-mail\0");
        context.update(self.0.as_bytes());
        encode(context.finish().as_ref())
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        Self::parse(text)
    }
}
