//! The gate: how a visitor earns a scope, and gives it back. Everything behind it asks only for
//! the scope.

mod knock;
mod preview;

pub(crate) use knock::{form_config, knock, prompt};
pub(crate) use preview::preview;

use actix_web::http::header::{LOCATION, SET_COOKIE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use web::WebError;

use crate::Portal;
use crate::page::{html, notice::NoticePage};

/// `GET /portal/access`: what a visitor without a link is told.
pub(crate) async fn access(
    portal: Data<Portal>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    html(&portal, &request, &NoticePage::access())
}

/// `GET` and `POST /portal/logout`.
pub(crate) async fn logout(
    request: HttpRequest,
    portal: Data<Portal>,
) -> Result<HttpResponse, actix_web::Error> {
    if !request.method().is_safe() {
        portal.settings.origin.require_same_origin(&request)?;
    }
    if let Some(session) = portal.signed_session(&request) {
        portal.presence.left(&session);
    }
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, "/portal/access"))
        .insert_header((SET_COOKIE, portal.cleared_cookie()?))
        .finish())
}
