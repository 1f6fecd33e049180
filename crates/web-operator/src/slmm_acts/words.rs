//! What staff are told of a call that came to nothing: above all, whether to do it again.

use slmm_operator::{ControlError, FieldError, Missing};
use web::{FieldProblem, WebError};

/// What is said of a meter that SLMM does not have.
pub(crate) const NO_METER: &str =
    "SLMM has no meter of this id: check the spelling, here and at SLMM.";

/// What staff are told of a call that came to nothing.
pub(crate) fn upstream(error: ControlError) -> WebError {
    let words = match error {
        ControlError::NotFound(missing) => return WebError::Missing(absent(missing).into()),
        ControlError::Unavailable => {
            "SLMM does not answer. Nothing was changed there: try again in a moment."
        }
        ControlError::Unsure => {
            "SLMM did not confirm it: it may be done, or not. Look at the meter before you repeat it."
        }
        ControlError::Refused { status } => {
            let why = refusal(status);
            let words = format!("SLMM refused it: {why}. Nothing was changed there.");
            return WebError::Upstream(words.into());
        }
        ControlError::Faulty => {
            "What answered in SLMM's place cannot be understood. Nothing was changed; whether its address in the settings is right is worth a look."
        }
        ControlError::RulesUnlistable => {
            "SLMM cannot list the rules of this meter, for one with an impossible threshold is stored. Nothing was changed. That rule can be deleted by its number on the meter's page."
        }
    };
    WebError::Upstream(words.into())
}

fn absent(missing: Missing) -> &'static str {
    match missing {
        Missing::Meter => NO_METER,
        Missing::Rule => "SLMM has no such rule of this meter any more.",
        Missing::Event => "SLMM has no such event of this meter.",
    }
}

/// Why SLMM would not, as far as the status tells: its own words stay in the log.
fn refusal(status: u16) -> String {
    match status {
        400 | 422 => "it does not take what was sent".to_owned(),
        401 | 403 => "it does not let this app do that".to_owned(),
        405 => "it does not know how to do that".to_owned(),
        409 => "it does not fit what is stored there".to_owned(),
        413 => "it was too much at once".to_owned(),
        429 => "it is asked too often".to_owned(),
        other => format!("it answers with status {other}, and the log says with which words"),
    }
}

/// Field by field, what would be right.
pub(crate) fn unprocessable(errors: Vec<FieldError>) -> WebError {
    let problem = |error: FieldError| FieldProblem::new(error.field, error.right);
    WebError::Unprocessable(errors.into_iter().map(problem).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(error: ControlError) -> (u16, String) {
        let failure = web::Failure::from(&upstream(error));
        (failure.status.as_u16(), failure.detail.into_owned())
    }

    #[test]
    fn every_error_says_whether_to_do_it_again() {
        let certain = [
            ControlError::Unavailable,
            ControlError::Refused { status: 403 },
            ControlError::Refused { status: 418 },
            ControlError::Faulty,
            ControlError::RulesUnlistable,
        ];
        let mut told = Vec::new();
        for error in certain {
            let (status, words) = words(error);
            assert_eq!(status, 502, "{error}");
            assert!(words.contains("Nothing was changed"), "{words}");
            told.push(words);
        }
        let (status, unsure) = words(ControlError::Unsure);
        assert_eq!(status, 502);
        assert!(unsure.contains("may be done") && unsure.contains("before you repeat"));
        told.push(unsure);
        told.sort();
        told.dedup();
        assert_eq!(told.len(), 6, "each has words of its own: {told:?}");
    }

    #[test]
    fn what_slmm_does_not_know_is_named() {
        let (status, meter) = words(ControlError::NotFound(Missing::Meter));
        assert_eq!((status, meter.as_str()), (404, NO_METER));
        let (_, rule) = words(ControlError::NotFound(Missing::Rule));
        assert!(rule.contains("no such rule"), "{rule}");
        let (_, event) = words(ControlError::NotFound(Missing::Event));
        assert!(event.contains("no such event"), "{event}");
    }
}
