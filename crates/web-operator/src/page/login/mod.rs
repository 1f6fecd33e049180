//! Signing in and out: the password, the code, and what is worth saying afterwards.

pub(crate) mod code;
pub(crate) mod logout;
mod onward;
pub(crate) mod password;
mod refusal;
pub(crate) mod welcome;

pub(crate) use onward::Onward;

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::error::UrlencodedError;
use actix_web::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use actix_web::web::FormConfig;
use store_operator::Actor;
use web::WebError;

use crate::Office;
use crate::guard::actor;

/// The largest body that a sign-in reads, bytes.
const BODY_LIMIT: usize = 4 * 1024;

/// How the forms of a sign-in are read.
pub(crate) fn form_config() -> FormConfig {
    FormConfig::default()
        .limit(BODY_LIMIT)
        .error_handler(|error, _| match error {
            UrlencodedError::Overflow { .. } => WebError::TooLarge.into(),
            _ => WebError::BadRequest("Send the form of the sign-in page.".into()).into(),
        })
}

/// Whoever is on their way in, as the audit log names them.
fn stranger(office: &Office, request: &HttpRequest) -> Actor {
    actor("nobody signed in", office.address_of(request))
}

/// On to another page, with these cookies.
fn go(path: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, path));
    for cookie in cookies {
        response.append_header((SET_COOKIE, cookie));
    }
    response.finish()
}
