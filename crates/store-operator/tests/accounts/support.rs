//! Somebody at the door, as the operator app serves them.

use auth::{
    EmailAddress, HashParams, OperatorSession, Password, SecondFactorDue, TotpCode, TotpSecret,
    Verdict, Verifier,
};
use domain::{Clock, Timestamp};
use store::Database;
use store_operator::{
    LiveAccount, Operator, OperatorError, SecondFactor, SecondStep, SignIn, SignInStart,
    check_operator_session,
};
use testkit::{TestAccount, TestDatabase};

/// How a password was taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    In(OperatorSession),
    CodeDue(SecondFactorDue),
    Wrong { locked_until: Option<Timestamp> },
    Locked { until: Timestamp },
}

pub(crate) fn verifier(test: &TestDatabase) -> Verifier {
    let params = HashParams::new(8, 1, 1).unwrap();
    Verifier::new(4, 400, params, test.random().clone())
}

/// A whole first step.
pub(crate) async fn try_password(
    staff: &Operator,
    verifier: &Verifier,
    email: &EmailAddress,
    password: &Password,
) -> Answer {
    let (desk, address) = (staff.clone(), email.clone());
    let started = tokio::task::spawn_blocking(move || desk.begin_sign_in(&address));
    let attempt = match started.await.unwrap().unwrap() {
        SignInStart::Check(attempt) => attempt,
        SignInStart::Locked { until } => return Answer::Locked { until },
    };
    let verdict = verifier.verify(attempt.password_hash(), password.clone());
    match verdict.await.unwrap() {
        Verdict::Wrong => Answer::Wrong {
            locked_until: attempt.locks_until(),
        },
        Verdict::Right { renewed } => {
            match staff.sign_in_succeeded(&attempt, renewed.as_ref()).unwrap() {
                SignIn::SignedIn(session) => Answer::In(session),
                SignIn::SecondFactorDue(due) => Answer::CodeDue(due),
                SignIn::Refused => Answer::Wrong { locked_until: None },
            }
        }
    }
}

/// A password that is nobody's.
pub(crate) fn wrong() -> Password {
    Password::candidate("none of them".to_owned()).unwrap()
}

pub(crate) async fn knock(
    test: &TestDatabase,
    email: &EmailAddress,
    password: &Password,
) -> Answer {
    try_password(&test.operator(), &verifier(test), email, password).await
}

/// Somebody comes in by password alone.
pub(crate) async fn come_in(test: &TestDatabase, account: &TestAccount) -> OperatorSession {
    match knock(test, &account.email, &account.password).await {
        Answer::In(session) => session,
        other => panic!("{other:?}"),
    }
}

/// Somebody has shown the password, and is asked for a code.
pub(crate) async fn code_due(test: &TestDatabase, account: &TestAccount) -> SecondFactorDue {
    match knock(test, &account.email, &account.password).await {
        Answer::CodeDue(due) => due,
        other => panic!("{other:?}"),
    }
}

/// Who a session is of now.
pub(crate) async fn live(
    database: &Database,
    session: &OperatorSession,
    now: Timestamp,
) -> Option<LiveAccount> {
    check_operator_session(database, session, now)
        .await
        .unwrap()
}

pub(crate) async fn is_live(test: &TestDatabase, session: &OperatorSession) -> bool {
    live(test.database(), session, test.clock().now())
        .await
        .is_some()
}

/// The code that an app shows now.
pub(crate) fn code_now(test: &TestDatabase, secret: &TotpSecret) -> TotpCode {
    let step = TotpSecret::step(test.clock().now());
    TotpCode::parse(&secret.shown_in(step)).unwrap()
}

/// A code that is none of those of now.
pub(crate) fn wrong_code(test: &TestDatabase, secret: &TotpSecret) -> TotpCode {
    let step = TotpSecret::step(test.clock().now());
    let taken: Vec<_> = (step - 1..=step + 1)
        .map(|step| secret.shown_in(step))
        .collect();
    let free = (0..9)
        .map(|n| format!("00000{n}"))
        .find(|code| !taken.contains(code));
    TotpCode::parse(&free.unwrap()).unwrap()
}

pub(crate) fn show(test: &TestDatabase, due: &SecondFactorDue, code: TotpCode) -> SecondStep {
    let shown = SecondFactor::Code(code);
    test.operator().second_step(due, &shown).unwrap()
}

/// Turns an account's second factor on, and lets the code that did it grow old.
pub(crate) fn with_app(
    test: &TestDatabase,
    account: &TestAccount,
) -> (TotpSecret, Vec<auth::RecoveryCode>) {
    let staff = test.operator();
    let secret = staff
        .offer_second_factor(test.asker(account.id), &test.proven(account.id))
        .unwrap();
    let codes = staff
        .confirm_second_factor(test.asker(account.id), code_now(test, &secret))
        .unwrap();
    test.clock().advance(std::time::Duration::from_mins(2));
    (secret, codes)
}

/// The words of a refusal that is of no field.
pub(crate) fn conflict<T: std::fmt::Debug>(answer: Result<T, OperatorError>) -> String {
    match answer {
        Err(OperatorError::Conflict(words)) => words,
        other => panic!("{other:?}"),
    }
}

/// The field that was refused.
pub(crate) fn field<T: std::fmt::Debug>(answer: Result<T, OperatorError>) -> &'static str {
    match answer {
        Err(OperatorError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    }
}
