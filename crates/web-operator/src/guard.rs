//! Nobody comes in but by this door: what the route table does not open by name is closed.

use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderValue, SET_COOKIE};
use actix_web::http::uri::PathAndQuery;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use auth::{OperatorSession, Role};
use store_operator::{Actor, LiveAccount};
use web::{WebError, client_address};

use crate::least::{Least, is_page, least};
use crate::page::login::Onward;
use crate::page::who;
use crate::session::SignedIn;
use crate::settings::Access;
use crate::{Office, routes};

/// What a page's script asks for by itself is no sign of anybody's being there.
const BY_ITSELF: &str = "x-refresh";

/// Somebody who may be here. Handlers take it; there is none without the guard.
#[derive(Debug, Clone)]
pub(crate) struct Staff {
    address: IpAddr,
    /// `None` while the app is open and nobody has signed in.
    signed_in: Option<SignedIn>,
    /// Whether people are asked to sign in.
    asked: bool,
}

impl Staff {
    /// Whose session it is; `None` while the app is open and nobody has signed in.
    pub(crate) fn account(&self) -> Option<&LiveAccount> {
        self.signed_in.as_ref().map(|signed_in| &signed_in.account)
    }

    /// The session by which they are here; `None` while nobody needs one.
    pub(crate) fn session(&self) -> Option<&OperatorSession> {
        let signed_in = self.signed_in.as_ref().filter(|_| self.asked);
        signed_in.map(|signed_in| &signed_in.session)
    }

    /// As the audit log names them.
    pub(crate) fn actor(&self) -> Actor {
        let name = self.account().map_or("operator", |account| &account.email);
        actor(name, self.address)
    }
}

/// Somebody of that name at that address, as the audit log names them.
pub(crate) fn actor(name: &str, address: IpAddr) -> Actor {
    Actor {
        name: name.to_owned(),
        origin: address.to_string(),
    }
}

/// The guard of every route.
///
/// # Errors
/// Those of what it guards.
pub(crate) async fn guard(
    office: Data<Office>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    // Everything is there before it is asked who may: what is revoked while a body trickles in holds.
    if let Err(refusal) = web::slow_body::receive(&mut request).await {
        return Ok(request.error_response(refusal));
    }
    let admitted = match office.admit(&request).await {
        Ok(admitted) => admitted,
        // Given back as an answer: an error would pass by the shield outside.
        Err(refusal) => return Ok(request.error_response(refusal)),
    };
    let Some(staff) = admitted else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let renewed = match office.renewed_cookie(&staff, &request) {
        Ok(renewed) => renewed,
        Err(refusal) => return Ok(request.error_response(refusal)),
    };
    let seen_by = who::Viewer::of(&office.settings, staff.account());
    request.extensions_mut().insert(staff);
    let answered = who::while_seen_by(seen_by, next.call(request)).await;
    let mut response = answered?.map_into_boxed_body();
    // An act that set the cookie itself (another password) knows better.
    if let Some(cookie) = renewed
        && !response.headers().contains_key(SET_COOKIE)
    {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}

impl Office {
    /// Lets a request in or refuses it. `None` for a route that is open to everybody.
    async fn admit(&self, request: &ServiceRequest) -> Result<Option<Staff>, WebError> {
        self.check_source(request)?;
        // By the path as it is routed: what is not decoded could be another route's.
        let path = request.match_info().as_str();
        let pattern = request.resource_map().match_pattern(path);
        let due = pattern
            .as_deref()
            .map(|pattern| least(pattern, request.method()));
        if due == Some(Least::Open) {
            return Ok(None);
        }
        let signed_in = self.signed_in(request.request()).await?;
        if self.settings.access == Access::SignedIn {
            match (&signed_in, due) {
                (None, _) => return Err(ask_to_sign_in(request, pattern.as_deref())),
                (Some(signed_in), Some(Least::Of(role))) => require(&signed_in.account, role)?,
                // Nothing is there, which whoever is signed in may know.
                (Some(_), _) => {}
            }
        }
        Ok(Some(Staff {
            address: self.address_of(request.request()),
            signed_in,
            asked: self.settings.access == Access::SignedIn,
        }))
    }

    /// Where a request comes from: the audit log says it, and attempts to sign in are counted by it.
    pub(crate) fn address_of(&self, request: &HttpRequest) -> IpAddr {
        client_address(request, &self.settings.trusted_proxies)
    }

    /// Whether the request comes by an address, and from a page, that it may come from.
    fn check_source(&self, request: &ServiceRequest) -> Result<(), WebError> {
        if self.asks_for_a_private_host() {
            web::lan::require_private_host(request.request())?;
        }
        if !request.method().is_safe() {
            web::lan::require_same_host(request.request())?;
        }
        Ok(())
    }

    /// Whether only hosts that no stranger can own lead here. Where people sign in over TLS a browser
    /// has already seen a certificate for the name, and a stranger's has none.
    fn asks_for_a_private_host(&self) -> bool {
        self.settings.access == Access::Open || !self.settings.cookie_secure
    }

    /// A cookie that says that its owner was here now, where that is worth one.
    fn renewed_cookie(
        &self,
        staff: &Staff,
        request: &ServiceRequest,
    ) -> Result<Option<HeaderValue>, WebError> {
        let by_itself = request.headers().contains_key(BY_ITSELF)
            || request.method().is_safe() && routes::is_json(request.path());
        let session = staff.signed_in.as_ref().filter(|_| !by_itself);
        session
            .and_then(|signed_in| signed_in.session.renewed(self.now()))
            .map(|session| self.session_cookie(&session))
            .transpose()
    }
}

fn require(account: &LiveAccount, role: Role) -> Result<(), WebError> {
    if account.role >= role {
        return Ok(());
    }
    let words = format!("This takes the role {role}; you have {}.", account.role);
    Err(WebError::Forbidden(words))
}

/// The way to the sign-in, and back to where somebody wanted to go: what a form would have done is
/// not done again, but its page is shown.
fn ask_to_sign_in(request: &ServiceRequest, pattern: Option<&str>) -> WebError {
    let wanted = if request.method().is_safe() {
        request.uri().path_and_query().map(PathAndQuery::as_str)
    } else {
        pattern
            .filter(|pattern| is_page(pattern))
            .map(|_| request.path())
    };
    let onward = wanted.map_or_else(Onward::default, Onward::to);
    WebError::SessionEnded {
        prompt: Some(onward.after("/login")),
    }
}

impl FromRequest for Staff {
    type Error = WebError;
    type Future = Ready<Result<Self, WebError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let staff = request.extensions().get::<Self>().cloned();
        ready(staff.ok_or(WebError::SessionEnded { prompt: None }))
    }
}
