//! The link and the password.

use std::net::IpAddr;

use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, SET_COOKIE};
use actix_web::web::{Data, Form, FormConfig, Path};
use actix_web::{HttpRequest, HttpResponse, error::UrlencodedError};
use auth::{Admission, LinkToken, LockoutKey, Password, PasswordHash, Saturated, Verdict};
use domain::Timestamp;
use serde::Deserialize;
use store::Gate;
use web::{Lock, WebError, client_address};

use crate::Portal;
use crate::page::html_with;
use crate::page::prompt::{PromptPage, Refusal};

/// The largest body the gate reads, bytes.
const BODY_LIMIT: usize = 4 * 1024;

#[derive(Deserialize)]
pub(crate) struct Knock {
    password: String,
}

/// Who came in, and when.
struct Came {
    from: IpAddr,
    at: Timestamp,
}

/// How the gate's form is read.
pub(crate) fn form_config() -> FormConfig {
    FormConfig::default()
        .limit(BODY_LIMIT)
        .error_handler(|error, _| match error {
            UrlencodedError::Overflow { .. } => WebError::TooLarge.into(),
            _ => {
                WebError::BadRequest("Send a form with one field named \"password\".".into()).into()
            }
        })
}

/// `GET /portal/p/{link_token}`.
pub(crate) async fn prompt(
    request: HttpRequest,
    portal: Data<Portal>,
    token: Path<String>,
) -> Result<HttpResponse, WebError> {
    let (_, gate) = portal.gate(&token).await?;
    portal.show_prompt(&request, &gate, StatusCode::OK, None)
}

/// `POST /portal/p/{link_token}`.
///
/// An attempt is counted before the password is looked at, so that guessing at once from many
/// connections gains nothing; what the verifier never looked at is given back.
pub(crate) async fn knock(
    request: HttpRequest,
    portal: Data<Portal>,
    token: Path<String>,
    form: Form<Knock>,
) -> Result<HttpResponse, actix_web::Error> {
    portal.settings.origin.require_same_origin(&request)?;
    // In a flood most guesses end here, and leave the database to those who are at work.
    if portal.verifier.is_full() {
        return Err(WebError::Saturated.into());
    }
    let (token, gate) = portal.gate(&token).await?;
    let visitor = client_address(&request, &portal.settings.trusted_proxies);
    let key = LockoutKey::portal(&token.fingerprint(), visitor);
    let now = portal.now();
    let policy = &portal.settings.lockout;
    let admission = portal
        .database
        .admit_attempt(&key, policy, now)
        .await
        .map_err(WebError::from)?;
    if let Admission::Locked { until } = admission {
        return Ok(portal.refuse_locked(&request, &gate, now, until)?);
    }
    match portal.verify(&gate, form.into_inner().password).await {
        Ok(Verdict::Wrong) => {
            let refusal = Some(Refusal::Wrong);
            Ok(portal.show_prompt(&request, &gate, StatusCode::UNAUTHORIZED, refusal)?)
        }
        Ok(Verdict::Right { renewed }) => {
            let came = Came {
                from: visitor,
                at: now,
            };
            portal.let_in(&gate, &key, renewed.as_ref(), came).await?;
            Ok(portal.open(&gate, now)?)
        }
        Err(_saturated) => {
            let refund = portal.database.refund_attempt(&key, policy).await;
            refund.map_err(WebError::from)?;
            Err(WebError::Saturated.into())
        }
    }
}

impl Portal {
    async fn verify(&self, gate: &Gate, password: String) -> Result<Verdict, Saturated> {
        // What is longer than any password is a wrong one, and not worth the verifier's time.
        let Ok(candidate) = Password::candidate(password) else {
            return Ok(Verdict::Wrong);
        };
        let stored = Some(gate.password_hash().clone());
        self.verifier.verify(stored, candidate).await
    }

    async fn gate(&self, token: &str) -> Result<(LinkToken, Gate), WebError> {
        let token = LinkToken::parse(token).map_err(|_no_token| WebError::LinkInactive)?;
        let gate = self
            .database
            .gate_by_link(&token)
            .await?
            .ok_or(WebError::LinkInactive)?;
        Ok((token, gate))
    }

    /// Writes down that somebody proved themself.
    async fn let_in(
        &self,
        gate: &Gate,
        key: &LockoutKey,
        renewed: Option<&PasswordHash>,
        came: Came,
    ) -> Result<(), WebError> {
        self.database.clear_failures(key).await?;
        self.database
            .record_opening(gate, came.from, came.at)
            .await?;
        if let Some(hash) = renewed {
            self.database.renew_password_hash(gate, hash).await?;
        }
        Ok(())
    }

    fn open(&self, gate: &Gate, now: Timestamp) -> Result<HttpResponse, actix_web::Error> {
        Ok(HttpResponse::SeeOther()
            .insert_header((LOCATION, "/portal"))
            .insert_header((SET_COOKIE, self.session_cookie(&gate.session(now))?))
            .finish())
    }

    fn refuse_locked(
        &self,
        request: &HttpRequest,
        gate: &Gate,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<HttpResponse, WebError> {
        let lock = Lock::new(until, now);
        let refusal = Some(Refusal::Locked(lock.clone()));
        let mut response =
            self.show_prompt(request, gate, StatusCode::TOO_MANY_REQUESTS, refusal)?;
        lock.tell(&mut response);
        Ok(response)
    }

    fn show_prompt(
        &self,
        request: &HttpRequest,
        gate: &Gate,
        status: StatusCode,
        refusal: Option<Refusal>,
    ) -> Result<HttpResponse, WebError> {
        html_with(
            self,
            request,
            status,
            &PromptPage::new(gate.project_name(), refusal),
        )
    }
}
