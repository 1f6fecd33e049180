//! `GET` and `POST /login/code`: a code of the app, or a recovery code.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use auth::{OperatorSession, RecoveryCode, SecondFactorDue, TotpCode};
use serde::{Deserialize, Serialize};
use store_operator::{SecondFactor, SecondStep};
use web::{Lock, Page, WebError};

use super::refusal::Refusal;
use super::{Onward, go, stranger, welcome};
use crate::Office;
use crate::page::form::query;
use crate::page::html_with;

const PATH: &str = "/login/code";
const RECOVERY: &str = "/login/code?recovery=1";

/// `operator/login-code.html`
#[derive(Debug, Serialize)]
pub(crate) struct CodePage {
    /// Whether a recovery code is asked for instead of one of the app.
    recovery: bool,
    refusal: Option<Refusal>,
    /// The page that asks for the other.
    other: String,
    /// The first step.
    again: String,
}

/// What the form sends: one of the two.
#[derive(Deserialize)]
pub(crate) struct Sent {
    code: Option<String>,
    recovery: Option<String>,
}

/// `GET /login/code`.
pub(crate) async fn show(
    office: Data<Office>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    match due(&office, &request) {
        Some(_) => page(&office, &request, None),
        None => over(&office, &request),
    }
}

/// `POST /login/code`.
pub(crate) async fn sign_in(
    office: Data<Office>,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, WebError> {
    office.door.admit(office.address_of(&request))?;
    let Some(due) = due(&office, &request) else {
        return over(&office, &request);
    };
    // What cannot be a code is a wrong one, and not worth an attempt.
    let Some(shown) = shown(form.into_inner())? else {
        return page(&office, &request, Some(Refusal::Wrong));
    };
    match office
        .door
        .show(stranger(&office, &request), due, shown)
        .await?
    {
        SecondStep::SignedIn {
            session,
            recovery_codes_left,
        } => let_in(&office, &request, &session, recovery_codes_left.is_some()),
        SecondStep::Wrong { .. } => page(&office, &request, Some(Refusal::Wrong)),
        SecondStep::Locked { until } => {
            let refusal = Refusal::Locked(Lock::new(until, office.now()));
            page(&office, &request, Some(refusal))
        }
        SecondStep::Over => over(&office, &request),
    }
}

/// The first step that counts still, as far as the cookie can tell.
fn due(office: &Office, request: &HttpRequest) -> Option<SecondFactorDue> {
    let due = office.signed_second_factor(request)?;
    (!due.is_expired(office.now())).then_some(due)
}

fn shown(sent: Sent) -> Result<Option<SecondFactor>, WebError> {
    match sent {
        Sent {
            code: Some(code), ..
        } => Ok(TotpCode::parse(&code).ok().map(SecondFactor::Code)),
        Sent {
            recovery: Some(recovery),
            ..
        } => Ok(RecoveryCode::parse(&recovery)
            .ok()
            .map(SecondFactor::Recovery)),
        _ => Err(WebError::BadRequest(
            "Send the form of the sign-in page.".into(),
        )),
    }
}

fn let_in(
    office: &Office,
    request: &HttpRequest,
    session: &OperatorSession,
    by_recovery: bool,
) -> Result<HttpResponse, WebError> {
    let onward = Onward::of(request);
    let next = if by_recovery {
        onward.after(welcome::PATH)
    } else {
        onward.path().to_owned()
    };
    let cookies = [
        office.session_cookie(session)?,
        office.cleared_second_factor()?,
    ];
    Ok(go(&next, cookies))
}

/// Back to the password.
fn over(office: &Office, request: &HttpRequest) -> Result<HttpResponse, WebError> {
    let again = Onward::of(request).after("/login?over=1");
    Ok(go(&again, [office.cleared_second_factor()?]))
}

fn page(
    office: &Office,
    request: &HttpRequest,
    refusal: Option<Refusal>,
) -> Result<HttpResponse, WebError> {
    let status = match refusal {
        None => StatusCode::OK,
        Some(Refusal::Wrong) => StatusCode::UNAUTHORIZED,
        Some(Refusal::Locked(_)) => StatusCode::TOO_MANY_REQUESTS,
    };
    let recovery = !query(request, "recovery").is_empty();
    let onward = Onward::of(request);
    let page = CodePage {
        recovery,
        other: onward.after(if recovery { PATH } else { RECOVERY }),
        again: onward.after("/login"),
        refusal,
    };
    let mut response = html_with(office, status, &page)?;
    if let Some(refusal) = &page.refusal {
        refusal.tell(&mut response);
    }
    Ok(response)
}

impl Page for CodePage {
    const TEMPLATE: &'static str = "operator/login-code.html";

    fn samples() -> Vec<Self> {
        let page = |recovery, refusal| Self {
            recovery,
            refusal,
            other: RECOVERY.into(),
            again: "/login".into(),
        };
        let app = Refusal::samples()
            .into_iter()
            .map(|refusal| page(false, refusal));
        let recovery = Refusal::samples()
            .into_iter()
            .map(|refusal| page(true, refusal));
        app.chain(recovery.take(2)).collect()
    }
}
