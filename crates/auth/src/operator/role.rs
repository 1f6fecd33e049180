//! What a member of staff may do: a ladder.

use std::fmt;
use std::str::FromStr;

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not one of: superadmin, admin, operator")]
pub struct RoleError(String);

/// A step of the ladder. A higher one may whatever a lower one may: `role >= Role::Admin` is the
/// whole check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sees everything, acknowledges events, sets alert rules.
    Operator,
    /// The whole app but the management of accounts.
    Admin,
    /// Everything.
    Superadmin,
}

impl Role {
    /// All of them, the highest first.
    pub const ALL: [Self; 3] = [Self::Superadmin, Self::Admin, Self::Operator];

    /// As it is stored and written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Superadmin => "superadmin",
            Self::Admin => "admin",
            Self::Operator => "operator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        let known = Self::ALL.into_iter().find(|role| role.as_str() == text);
        known.ok_or_else(|| RoleError(text.to_owned()))
    }
}
