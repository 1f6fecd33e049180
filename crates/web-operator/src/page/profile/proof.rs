//! Whoever is signed in shows once more that they know the password.

use auth::{Password, PasswordHash, Verdict};
use domain::Timestamp;
use store_operator::{LiveAccount, Operator, SignInAttempt, SignInStart};
use web::{FieldProblem, Lock, WebError};

use crate::Office;
use crate::guard::Staff;

/// The field in which a form asks for one's own password.
pub(super) const FIELD: &str = "password";

/// Checks the password of one's own account; failures count as those at the door do. Answers the
/// hash that it was checked against.
///
/// # Errors
/// [`WebError::Unprocessable`] at [`FIELD`] for a wrong one and for an account that is locked;
/// [`WebError::Saturated`] when no check can be made now, which counts as no attempt.
pub(super) async fn prove(
    office: &Office,
    staff: &Staff,
    me: &LiveAccount,
    typed: &str,
) -> Result<PasswordHash, WebError> {
    let id = me.id;
    let password = Password::candidate(typed.to_owned()).map_err(|_too_long| wrong())?;
    let begun = office
        .desk
        .act(staff.actor(), move |operator| operator.begin_proof(id))
        .await?;
    let attempt = match begun {
        SignInStart::Check(attempt) => attempt,
        SignInStart::Locked { until } => return Err(locked(until, office.now())),
    };
    let stored = attempt.password_hash();
    let verdict = office
        .passwords
        .at_work
        .verify(stored.clone(), password)
        .await;
    match (verdict, stored) {
        (Ok(Verdict::Right { .. }), Some(hash)) => {
            settle(office, staff, attempt, Operator::proof_given).await?;
            Ok(hash)
        }
        (Ok(_), _) => {
            let lock = attempt.locks_until();
            Err(lock.map_or_else(wrong, |until| locked(until, office.now())))
        }
        (Err(_saturated), _) => {
            settle(office, staff, attempt, Operator::attempt_not_made).await?;
            Err(WebError::Saturated)
        }
    }
}

async fn settle<T: Send + 'static>(
    office: &Office,
    staff: &Staff,
    attempt: SignInAttempt,
    how: impl FnOnce(&Operator, &SignInAttempt) -> Result<T, store_operator::OperatorError>
    + Send
    + 'static,
) -> Result<T, WebError> {
    office
        .desk
        .act(staff.actor(), move |operator| how(operator, &attempt))
        .await
}

fn wrong() -> WebError {
    problem("it is not your password".into())
}

fn locked(until: Timestamp, now: Timestamp) -> WebError {
    let lock = Lock::new(until, now);
    problem(format!(
        "too many wrong passwords: nothing is checked for {}, the right one included",
        lock.wait()
    ))
}

fn problem(words: String) -> WebError {
    WebError::Unprocessable(vec![FieldProblem::new(FIELD, words)])
}
