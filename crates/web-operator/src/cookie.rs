//! The cookies of a sign-in: the session, and between its two steps that the password was right.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use auth::{OperatorSession, SecondFactorDue, Token};
use web::{WebError, cookies};

use crate::Office;

const SESSION: &str = "operator_session";
const SECOND_FACTOR: &str = "operator_second_factor";

impl Office {
    /// The `Set-Cookie` of a session, for as long as it lasts if its owner does not come back.
    pub(crate) fn session_cookie(
        &self,
        session: &OperatorSession,
    ) -> Result<HeaderValue, WebError> {
        let lasts = session.time_left(self.now());
        self.set_cookie(SESSION, &session.seal(&self.signer), lasts)
    }

    /// The `Set-Cookie` that ends a session in this browser.
    pub(crate) fn cleared_session(&self) -> Result<HeaderValue, WebError> {
        self.set_cookie(SESSION, "", Duration::ZERO)
    }

    /// The `Set-Cookie` of a first step that was taken.
    pub(crate) fn second_factor_cookie(
        &self,
        due: &SecondFactorDue,
    ) -> Result<HeaderValue, WebError> {
        let token = due.seal(&self.signer);
        self.set_cookie(SECOND_FACTOR, &token, SecondFactorDue::LIFETIME)
    }

    /// The `Set-Cookie` that forgets the first step.
    pub(crate) fn cleared_second_factor(&self) -> Result<HeaderValue, WebError> {
        self.set_cookie(SECOND_FACTOR, "", Duration::ZERO)
    }

    /// The session that a request brings, by its signature alone.
    pub(crate) fn signed_session(&self, request: &HttpRequest) -> Option<OperatorSession> {
        self.signed(request, SESSION, |token| {
            OperatorSession::open(&self.signer, token).ok()
        })
    }

    /// The first step that a request brings, by its signature alone.
    pub(crate) fn signed_second_factor(&self, request: &HttpRequest) -> Option<SecondFactorDue> {
        self.signed(request, SECOND_FACTOR, |token| {
            SecondFactorDue::open(&self.signer, token).ok()
        })
    }

    /// Of several cookies of one name the first that we signed counts.
    fn signed<T>(
        &self,
        request: &HttpRequest,
        name: &str,
        open: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        cookies::values(request, &self.cookie_name(name)).find_map(open)
    }

    fn cookie_name(&self, name: &str) -> String {
        let prefix = if self.settings.cookie_secure {
            "__Host-"
        } else {
            ""
        };
        format!("{prefix}{name}")
    }

    fn set_cookie(&self, name: &str, value: &str, age: Duration) -> Result<HeaderValue, WebError> {
        let secure = if self.settings.cookie_secure {
            "; Secure"
        } else {
            ""
        };
        let (name, age) = (self.cookie_name(name), age.as_secs());
        let text = format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={age}{secure}");
        HeaderValue::try_from(text).map_err(|error| WebError::Unwritable(error.to_string()))
    }
}
