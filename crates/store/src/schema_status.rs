//! Whether a database has the schema that this program needs.

use std::fmt;

use crate::dialect::{self, Db};
use crate::error::StoreError;

/// How the database's schema stands to the one this program was built for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaStatus {
    /// The same.
    Current,
    /// These migrations, by name, oldest first, have yet to be applied.
    Missing(Vec<String>),
    /// A newer program has applied these versions, which this one does not know.
    Newer(Vec<String>),
}

impl SchemaStatus {
    pub(crate) fn of(db: &mut Db) -> Result<Self, StoreError> {
        let applied = dialect::applied_versions(db)?;
        let known = dialect::known_migrations(db)?;
        let newer: Vec<_> = applied
            .iter()
            .filter(|version| known.iter().all(|known| known.version != **version))
            .cloned()
            .collect();
        let missing: Vec<_> = known
            .into_iter()
            .filter(|known| !applied.contains(&known.version))
            .map(|known| known.name)
            .collect();
        Ok(match (newer.is_empty(), missing.is_empty()) {
            (false, _) => Self::Newer(newer),
            (true, false) => Self::Missing(missing),
            (true, true) => Self::Current,
        })
    }
}

impl fmt::Display for SchemaStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Current => f.write_str("current"),
            Self::Missing(names) => write!(f, "missing {}", names.join(", ")),
            Self::Newer(versions) => {
                write!(f, "newer than this program: {}", versions.join(", "))
            }
        }
    }
}
