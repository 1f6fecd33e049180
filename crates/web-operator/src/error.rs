//! What staff are told of an act that was refused.

use store_operator::OperatorError;
use web::{FieldProblem, WebError};

/// The answer to a refused act: staff may read why, for it is their own data that it speaks of.
pub(crate) fn refused(error: OperatorError) -> WebError {
    match error {
        OperatorError::Invalid { field, problem } => {
            WebError::Unprocessable(vec![FieldProblem::new(field, problem)])
        }
        OperatorError::NotFound { .. } => WebError::NotFound,
        ambiguous @ OperatorError::Ambiguous { .. } => WebError::Conflict(ambiguous.to_string()),
        OperatorError::Conflict(words) => WebError::Conflict(words),
        OperatorError::Store(error) => error.into(),
        OperatorError::Random(error) => error.into(),
    }
}
