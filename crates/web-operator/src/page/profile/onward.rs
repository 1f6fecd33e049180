//! The session in which somebody ended all others of theirs goes on.

use actix_web::http::header::SET_COOKIE;
use actix_web::{HttpRequest, HttpResponse};
use auth::OperatorSession;
use domain::Timestamp;
use web::WebError;

use crate::Office;
use crate::page::see_other;

/// On to another page, in the same session, whose owner was here now: it counts by the moment that
/// its account was given, and lasts no longer than it would have anyway.
pub(super) fn goes_on(
    office: &Office,
    request: &HttpRequest,
    valid_from: Timestamp,
    path: &str,
) -> Result<HttpResponse, WebError> {
    let mut response = see_other(path);
    if let Some(session) = office.signed_session(request) {
        let goes_on = OperatorSession {
            valid_from,
            last_seen_at: office.now(),
            ..session
        };
        let cookie = office.session_cookie(&goes_on)?;
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}
