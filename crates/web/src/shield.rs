//! What stands round every answer: security headers, a face for failures, the request log, and a
//! catch for panics.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use futures_util::FutureExt;

use crate::slow_head::Heads;
use crate::{Failure, MapTiles, PublicOrigin, RequestId, WebError};

/// How an app shows a failure: as a page, or as a problem.
pub trait FailureFace: Send + Sync + 'static {
    /// The answer to show.
    fn show(&self, request: &HttpRequest, failure: &Failure, id: RequestId) -> HttpResponse;
}

/// The headers that every answer carries.
#[derive(Debug, Clone)]
pub struct SecurityHeaders(Arc<[(HeaderName, HeaderValue)]>);

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; \
     base-uri 'none'; img-src 'self' data:";
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=()";
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

impl SecurityHeaders {
    /// The headers of an app that lives at this origin, and may show images from one other. It
    /// tells nobody where its visitors come from: the link's secret is in an address.
    pub fn of(origin: &PublicOrigin, map: Option<&MapTiles>) -> Self {
        Self::with("no-referrer", origin.is_https(), map)
    }

    /// The headers of an app that staff reach by whatever name their network has for it, over
    /// plain HTTP. Its own forms say where they come from, since there nothing else does.
    pub fn of_lan(map: Option<&MapTiles>) -> Self {
        Self::with("same-origin", false, map)
    }

    fn with(referrer: &'static str, https: bool, map: Option<&MapTiles>) -> Self {
        let mut headers = vec![
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", PERMISSIONS),
            ("referrer-policy", referrer),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("x-robots-tag", "noindex, nofollow"),
        ];
        if https {
            headers.push(("strict-transport-security", "max-age=31536000"));
        }
        let typed = |(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        let policy = (CONTENT_SECURITY_POLICY, policy(map));
        Self(headers.into_iter().map(typed).chain([policy]).collect())
    }

    fn apply(&self, headers: &mut HeaderMap) {
        for (name, value) in &*self.0 {
            headers.insert(name.clone(), value.clone());
        }
        if !headers.contains_key(CACHE_CONTROL) {
            headers.insert(CACHE_CONTROL, NO_STORE);
        }
    }
}

/// The content policy; the map's host is one more source of images.
fn policy(map: Option<&MapTiles>) -> HeaderValue {
    let text = map.map(|map| format!("{CSP} {}", map.origin()));
    text.and_then(|text| HeaderValue::try_from(text).ok())
        .unwrap_or(HeaderValue::from_static(CSP))
}

/// What the shield needs, put into the app's data.
pub struct Shield {
    /// The headers of every answer.
    pub headers: SecurityHeaders,
    /// How failures look.
    pub face: Arc<dyn FailureFace>,
}

/// The outermost middleware of an app.
///
/// # Errors
/// Only after a panic: the error then carries a complete plain answer.
pub async fn shield(
    state: web::Data<Shield>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let id = RequestId::next();
    let under_way = Heads::arrived(&request);
    // The routed request is gone when its handler panics; this much is kept to tell of it.
    let method = request.method().clone();
    let Ok(answered) = AssertUnwindSafe(next.call(request)).catch_unwind().await else {
        tracing::error!(%id, %method, status = 500, "a handler panicked");
        return Err(Panicked {
            id,
            headers: state.headers.clone(),
        }
        .into());
    };
    let mut response = answered?.map_into_boxed_body();
    if let Some(failure) = failure_of(&response, id) {
        let (request, _) = response.into_parts();
        let mut shown = state.face.show(&request, &failure, id);
        if let Some(seconds) = failure.retry_after_s {
            shown
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response = ServiceResponse::new(request, shown);
    }
    state.headers.apply(response.headers_mut());
    log(&response, id);
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        under_way.upgraded();
    }
    Ok(response)
}

/// The failure to show, where a handler or the framework left a bare one.
fn failure_of(response: &ServiceResponse<BoxBody>, id: RequestId) -> Option<Failure> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let error = response.response().error();
    let ours = error.and_then(|error| error.as_error::<WebError>());
    // Who is asked to come back later shows no fault: in a flood that is nearly everybody.
    let refused = ours.is_some_and(WebError::is_for_later);
    if let Some(cause) = error.filter(|_| status.is_server_error() && !refused) {
        tracing::error!(%id, %cause, "request failed");
    }
    if let Some(error) = ours {
        return Some(Failure::from(error));
    }
    let bare = matches!(
        response.response().body().size(),
        BodySize::None | BodySize::Sized(0)
    );
    (bare || error.is_some()).then(|| Failure::of_status(status))
}

/// One line a request, by route pattern: a path may hold a link's secret. What a signed-in page
/// asks for again and again is logged for debugging only.
fn log(response: &ServiceResponse<BoxBody>, id: RequestId) {
    let status = response.status().as_u16();
    let quiet = status < 400 && response.request().method().is_safe();
    if quiet && !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let route = response.request().match_pattern();
    let (route, method) = (
        route.as_deref().unwrap_or("(none)"),
        response.request().method(),
    );
    if quiet {
        tracing::debug!(%id, %method, route, status, "request");
    } else {
        tracing::info!(%id, %method, route, status, "request");
    }
}

/// A handler panicked; the cause is in the log under the same id.
#[derive(Debug, thiserror::Error)]
#[error("request {id} failed")]
struct Panicked {
    id: RequestId,
    headers: SecurityHeaders,
}

impl ResponseError for Panicked {
    fn status_code(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn error_response(&self) -> HttpResponse {
        let text = format!("Something went wrong on our side. Request {}.\n", self.id);
        let mut response = HttpResponse::InternalServerError()
            .content_type("text/plain; charset=utf-8")
            .body(text);
        self.headers.apply(response.headers_mut());
        response
    }
}
