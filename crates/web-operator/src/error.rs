//! What staff are told of an act that was refused.

use domain::TimeZone;
use store_operator::OperatorError;
use web::when::When;
use web::{FieldProblem, WebError};

/// The answer to a refused act: staff may read why, for it is their own data that it speaks of.
pub(crate) fn refused(error: OperatorError) -> WebError {
    refused_in(error, &TimeZone::UTC)
}

/// The same with its times as they are in a zone.
pub(crate) fn refused_in(error: OperatorError, zone: &TimeZone) -> WebError {
    match error {
        OperatorError::InTheWay(stay) => {
            let words = stay.words(|at| When::full(at, zone).text);
            match stay.field {
                Some(field) => WebError::Unprocessable(vec![FieldProblem::new(field, words)]),
                None => WebError::Conflict(words),
            }
        }
        OperatorError::Stale(words) => WebError::Stale(sentence(words)),
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

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}
