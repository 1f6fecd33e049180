//! What is wrong with one field.

/// A field that cannot be sent as it is, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {right}")]
pub struct FieldError {
    /// The field, as JSON names it; `body` for the whole.
    pub field: String,
    /// What would be right, such as `a number from 0 to 160, dB`.
    pub right: String,
}

impl FieldError {
    pub(crate) fn new(field: &str, right: &str) -> Self {
        Self {
            field: field.to_owned(),
            right: right.to_owned(),
        }
    }
}
