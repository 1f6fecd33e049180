//! Passwords that people think of themselves.

use super::email::EmailAddress;
use crate::password::Password;

/// Why a password of somebody's own choice is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// It is too short to withstand a search.
    #[error("a password has {} characters or more", Password::MIN_CHOSEN)]
    TooShort,
    /// It is longer than any password.
    #[error("a password has {} bytes at most", Password::MAX_LENGTH)]
    TooLong,
    /// It is what everybody would try first.
    #[error("the e-mail address is no password")]
    IsEmail,
}

impl Password {
    /// The fewest characters of a password of one's own choice. Length is all that is asked for:
    /// rules about digits and signs make passwords that are harder to keep, not to find (NIST SP
    /// 800-63B, section 5.1.1.2).
    pub const MIN_CHOSEN: usize = 12;

    /// Takes a password that the owner of `email` has chosen, as it stands.
    ///
    /// # Errors
    /// [`PasswordRefused`] for one that is too easy to find, or no password at all.
    pub fn chosen(typed: String, email: &EmailAddress) -> Result<Self, PasswordRefused> {
        if typed.chars().count() < Self::MIN_CHOSEN {
            return Err(PasswordRefused::TooShort);
        }
        if typed.trim().eq_ignore_ascii_case(email.as_str()) {
            return Err(PasswordRefused::IsEmail);
        }
        Self::candidate(typed).map_err(|_too_long| PasswordRefused::TooLong)
    }
}
