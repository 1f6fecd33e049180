//! Under whose name an event is acknowledged.

use crate::draft::FieldError;

/// The name of one of the staff, as SLMM keeps it with an event: 1 to 80 characters, none of them a
/// control character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffName(String);

impl StaffName {
    /// The longest name, in characters.
    pub const MAX_LENGTH: usize = 80;

    /// Takes a name, without the blanks around it.
    ///
    /// # Errors
    /// [`FieldError`] of the field `by`.
    pub fn check(text: &str) -> Result<Self, FieldError> {
        let name = text.trim();
        let length = name.chars().count();
        if (1..=Self::MAX_LENGTH).contains(&length) && !name.contains(char::is_control) {
            Ok(Self(name.to_owned()))
        } else {
            Err(FieldError::new(
                "by",
                "a name of 1 to 80 characters, without control characters",
            ))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_somebodys() {
        assert_eq!(StaffName::check(" Jo Á. ").unwrap().as_str(), "Jo Á.");
        assert!(StaffName::check(&"é".repeat(80)).is_ok());
        for wrong in ["", "   ", "Jo\nX", "Jo\u{0}", &"é".repeat(81)] {
            assert_eq!(
                StaffName::check(wrong).unwrap_err().field,
                "by",
                "{wrong:?}"
            );
        }
    }
}
