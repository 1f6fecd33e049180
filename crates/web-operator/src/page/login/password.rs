//! `GET` and `POST /login`: e-mail and password.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use auth::Role;
use serde::{Deserialize, Serialize};
use web::{Lock, Page, WebError};

use super::refusal::Refusal;
use super::{Onward, go, stranger, welcome};
use crate::Office;
use crate::door::Knock;
use crate::page::form::query;
use crate::page::{html_with, see_other};

/// `operator/login-password.html`
#[derive(Debug, Serialize)]
pub(crate) struct PasswordPage {
    /// What was typed before.
    email: String,
    refusal: Option<Refusal>,
    /// Whether the second step came too late, or the account was changed before it.
    over: bool,
    /// Whether there is somebody who manages accounts; if not, only the command line helps.
    has_superadmin: bool,
    /// This page without what was tried.
    again: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    email: String,
    password: String,
}

/// `GET /login`. Whoever is in already is led on.
pub(crate) async fn show(
    office: Data<Office>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    if office.signed_in(&request).await?.is_some() {
        return Ok(see_other(Onward::of(&request).path()));
    }
    page(&office, &request, "", None).await
}

/// `POST /login`.
pub(crate) async fn sign_in(
    office: Data<Office>,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, WebError> {
    office.door.admit(office.address_of(&request))?;
    let Sent { email, password } = form.into_inner();
    let onward = Onward::of(&request);
    match office
        .door
        .knock(stranger(&office, &request), &email, password)
        .await?
    {
        Knock::In(session) => {
            let account = office.account_of(&session).await?;
            // A superadmin who comes in by the password alone is asked to make it safer.
            let next = if account.is_some_and(|account| account.role >= Role::Superadmin) {
                onward.after(welcome::PATH)
            } else {
                onward.path().to_owned()
            };
            Ok(go(&next, [office.session_cookie(&session)?]))
        }
        Knock::CodeDue(due) => {
            let cookie = office.second_factor_cookie(&due)?;
            Ok(go(&onward.after("/login/code"), [cookie]))
        }
        Knock::Wrong => page(&office, &request, &email, Some(Refusal::Wrong)).await,
        Knock::Locked { until } => {
            let refusal = Refusal::Locked(Lock::new(until, office.now()));
            page(&office, &request, &email, Some(refusal)).await
        }
    }
}

async fn page(
    office: &Office,
    request: &HttpRequest,
    email: &str,
    refusal: Option<Refusal>,
) -> Result<HttpResponse, WebError> {
    let status = match refusal {
        None => StatusCode::OK,
        Some(Refusal::Wrong) => StatusCode::UNAUTHORIZED,
        Some(Refusal::Locked(_)) => StatusCode::TOO_MANY_REQUESTS,
    };
    let page = PasswordPage {
        email: email.to_owned(),
        over: refusal.is_none() && !query(request, "over").is_empty(),
        has_superadmin: office
            .door
            .has_superadmin(stranger(office, request))
            .await?,
        again: Onward::of(request).after("/login"),
        refusal,
    };
    let mut response = html_with(office, status, &page)?;
    if let Some(refusal) = &page.refusal {
        refusal.tell(&mut response);
    }
    Ok(response)
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "operator/login-password.html";

    fn samples() -> Vec<Self> {
        let page = |refusal: Option<Refusal>| Self {
            email: refusal.as_ref().map_or("", |_| "ada@<firm>").into(),
            over: refusal.is_none(),
            has_superadmin: refusal.is_some(),
            again: "/login?next=%2Fprojects".into(),
            refusal,
        };
        Refusal::samples().map(page).into()
    }
}
