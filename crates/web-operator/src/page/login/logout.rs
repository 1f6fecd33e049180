//! `GET` and `POST /logout`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use web::WebError;

use super::go;
use crate::Office;

/// Ends the session in this browser.
pub(crate) async fn logout(office: Data<Office>) -> Result<HttpResponse, WebError> {
    let cookies = [office.cleared_session()?, office.cleared_second_factor()?];
    Ok(go("/login", cookies))
}
