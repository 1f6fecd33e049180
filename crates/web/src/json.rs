//! JSON answers: private, never stored, and problems by RFC 9457.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ContentType, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::encoding::Text;
use crate::{Failure, FieldProblem};

/// Nobody between the portal and the visitor's eyes keeps a copy.
pub const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// Answers with a projection.
pub fn private_json(body: &impl Serialize) -> HttpResponse {
    private_json_with(StatusCode::OK, body)
}

/// The same with another status.
pub fn private_json_with(status: StatusCode, body: &impl Serialize) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((CACHE_CONTROL, PRIVATE))
        .json(body)
}

/// The same from a text that is kept for others, compressed as the visitor likes.
pub fn private_json_text(request: &HttpRequest, json: &Text) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CACHE_CONTROL, PRIVATE))
        .content_type(ContentType::json());
    json.answer(request, response)
}

#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    detail: &'a str,
    /// Field by field, where that can be said.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldProblem],
}

/// Answers with a problem (`application/problem+json`).
pub fn problem(failure: &Failure) -> HttpResponse {
    let body = Problem {
        r#type: "about:blank",
        title: title(failure.status),
        status: failure.status.as_u16(),
        detail: &failure.detail,
        errors: &failure.fields,
    };
    // A struct of three texts and a number always serialises.
    let bytes = serde_json::to_vec(&body).unwrap_or_default();
    HttpResponse::build(failure.status)
        .insert_header((CACHE_CONTROL, PRIVATE))
        .content_type("application/problem+json")
        .body(bytes)
}

/// The standard words of a status, which `about:blank` asks for as the title.
pub fn title(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Error")
}
