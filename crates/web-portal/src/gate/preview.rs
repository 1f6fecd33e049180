//! The operator's look at the portal, by a one-time ticket.

use actix_web::HttpResponse;
use actix_web::http::header::{LOCATION, SET_COOKIE};
use actix_web::web::{Data, Path};
use auth::{PreviewTicket, Token};
use web::WebError;

use crate::Portal;

/// `GET /portal/preview/{ticket}`: used, expired and forged tickets are one and the same answer.
pub(crate) async fn preview(
    portal: Data<Portal>,
    ticket: Path<String>,
) -> Result<HttpResponse, actix_web::Error> {
    let ticket =
        PreviewTicket::open(&portal.signer, &ticket).map_err(|_forged| WebError::NotFound)?;
    let redeemed = portal
        .database
        .redeem_ticket(&ticket, portal.now())
        .await
        .map_err(WebError::from)?;
    let session = redeemed.ok_or(WebError::NotFound)?;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, "/portal"))
        .insert_header((SET_COOKIE, portal.session_cookie(&session)?))
        .finish())
}
