//! Nobody comes in but by this door: what is not open by name is closed.

use std::net::IpAddr;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::LOCATION;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse};
use std::future::{Ready, ready};
use store_operator::{Actor, LiveAccount};
use web::WebError;

use crate::Office;
use crate::settings::Access;

/// Paths that are open without a sign-in, each by itself and nothing below it.
const OPEN: [&str; 4] = ["/login", "/logout", "/healthz", "/readyz"];
/// The folder of static files, which hold nobody's data.
const STATIC: &str = "/static/";

/// Somebody who may be here. Handlers take it; there is none without the guard.
#[derive(Debug, Clone)]
pub(crate) struct Staff {
    name: String,
    address: Option<IpAddr>,
    /// `None` while the app is open and nobody has signed in.
    account: Option<LiveAccount>,
}

impl Staff {
    /// Whose session it is; `None` while the app is open and nobody has signed in.
    pub(crate) fn account(&self) -> Option<&LiveAccount> {
        self.account.as_ref()
    }

    /// As the audit log names them.
    pub(crate) fn actor(&self) -> Actor {
        Actor {
            name: self.name.clone(),
            origin: self
                .address
                .map_or_else(|| "unknown".to_owned(), |address| address.to_string()),
        }
    }
}

/// The guard of every route.
///
/// # Errors
/// Those of what it guards.
pub(crate) async fn guard(
    office: Data<Office>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<actix_web::body::BoxBody>, actix_web::Error> {
    if let Err(refusal) = from_where(&office, &request) {
        // Given back as an answer: an error would pass by the shield outside.
        return Ok(request.error_response(refusal));
    }
    if !is_open(request.path()) {
        match office.settings.access {
            Access::Open => {
                let staff = Staff {
                    name: "operator".to_owned(),
                    address: request.peer_addr().map(|address| address.ip()),
                    account: None,
                };
                request.extensions_mut().insert(staff);
            }
            Access::SignedIn => return Ok(request.into_response(ask_to_sign_in())),
        }
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Whether the request comes by an address, and from a page, that it may come from.
fn from_where(office: &Office, request: &ServiceRequest) -> Result<(), WebError> {
    if office.settings.access == Access::Open {
        web::lan::require_private_host(request.request())?;
    }
    if !request.method().is_safe() {
        web::lan::require_same_host(request.request())?;
    }
    Ok(())
}

fn is_open(path: &str) -> bool {
    OPEN.contains(&path) || path.starts_with(STATIC)
}

fn ask_to_sign_in() -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, "/login"))
        .finish()
}

impl FromRequest for Staff {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let staff = request.extensions().get::<Self>().cloned();
        ready(staff.ok_or(WebError::SessionEnded { prompt: None }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_open_by_name_is_closed() {
        for open in [
            "/login",
            "/logout",
            "/healthz",
            "/readyz",
            "/static/0/operator.css",
        ] {
            assert!(is_open(open), "{open}");
        }
        for closed in [
            "/",
            "/projects",
            "/login/",
            "/loginx",
            "/static",
            "/Static/x",
            "/healthz/x",
            "//static/x",
        ] {
            assert!(!is_open(closed), "{closed}");
        }
    }
}
