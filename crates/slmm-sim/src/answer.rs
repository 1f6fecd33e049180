//! The answers of SLMM that are not data.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use serde::Serialize;

use crate::validate::Complaint;

#[derive(Serialize)]
struct Detail<T> {
    detail: T,
}

/// 404, 405 and the like.
pub(crate) fn detail(status: StatusCode, text: &str) -> HttpResponse {
    HttpResponse::build(status).json(Detail { detail: text })
}

/// 422.
pub(crate) fn unprocessable(complaints: &[Complaint]) -> HttpResponse {
    HttpResponse::UnprocessableEntity().json(Detail { detail: complaints })
}

/// A bug of SLMM's own: 500 in plain text.
pub(crate) fn internal_error() -> HttpResponse {
    HttpResponse::InternalServerError()
        .content_type(ContentType::plaintext())
        .body("Internal Server Error")
}
