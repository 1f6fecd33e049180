//! Why an act was not done. Nothing of it has taken effect then.

use domain::RandomError;
use store::StoreError;
use store::internal::QueryError;

use crate::assignments::InTheWay;

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// Something that was given cannot be taken.
    #[error("{field}: {problem}")]
    Invalid {
        /// What it was given as.
        field: &'static str,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// There is no such thing.
    #[error("no {kind} has the id or the name {asked:?}")]
    NotFound {
        /// What was looked for.
        kind: &'static str,
        /// How it was called.
        asked: String,
    },
    /// Several go by that name.
    #[error("{count} {kind}s are called {asked:?}: give the id of the one that is meant")]
    Ambiguous {
        /// What was looked for.
        kind: &'static str,
        /// How it was called.
        asked: String,
        /// How many there are.
        count: usize,
    },
    /// It does not fit what there is; in words.
    #[error("{0}")]
    Conflict(String),
    /// A stay is in the way; what is told of it has times.
    #[error("{0}")]
    InTheWay(Box<InTheWay>),
    /// It is no longer as it was when whoever asks looked at it; in words.
    #[error("{0}")]
    Stale(&'static str),
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There was no randomness for an id or a link.
    #[error(transparent)]
    Random(#[from] RandomError),
}

impl OperatorError {
    pub(crate) fn invalid(field: &'static str, problem: impl Into<String>) -> Self {
        Self::Invalid {
            field,
            problem: problem.into(),
        }
    }

    pub(crate) fn not_found(kind: &'static str, asked: impl Into<String>) -> Self {
        Self::NotFound {
            kind,
            asked: asked.into(),
        }
    }
}

impl From<QueryError> for OperatorError {
    fn from(error: QueryError) -> Self {
        Self::Store(error.into())
    }
}
