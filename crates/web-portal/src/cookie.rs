//! The session cookie.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use auth::{PortalSession, Token};
use web::cookies;

use crate::Portal;

impl Portal {
    fn cookie_name(&self) -> &'static str {
        if self.settings.cookie_secure {
            "__Host-portal_session"
        } else {
            "portal_session"
        }
    }

    /// The `Set-Cookie` that opens a session.
    pub(crate) fn session_cookie(
        &self,
        session: &PortalSession,
    ) -> Result<HeaderValue, actix_web::Error> {
        let token = session.seal(&self.signer);
        let age = self.settings.session_max_age.as_secs();
        self.set_cookie(&token, age)
    }

    /// The `Set-Cookie` that ends it.
    pub(crate) fn cleared_cookie(&self) -> Result<HeaderValue, actix_web::Error> {
        self.set_cookie("", 0)
    }

    fn set_cookie(&self, value: &str, max_age_s: u64) -> Result<HeaderValue, actix_web::Error> {
        let secure = if self.settings.cookie_secure {
            "; Secure"
        } else {
            ""
        };
        let name = self.cookie_name();
        let text =
            format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={max_age_s}{secure}");
        HeaderValue::try_from(text).map_err(actix_web::error::ErrorInternalServerError)
    }

    /// The session a request brings, by its signature alone. Of several cookies of its name the
    /// first that we signed counts.
    pub(crate) fn signed_session(&self, request: &HttpRequest) -> Option<PortalSession> {
        cookies::values(request, self.cookie_name())
            .find_map(|token| PortalSession::open(&self.signer, token).ok())
    }
}
