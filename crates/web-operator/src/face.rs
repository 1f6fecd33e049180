//! How the app shows a failure: a problem on JSON routes, a page with its words elsewhere.

use actix_web::http::header::{ACCEPT, HeaderValue, LOCATION};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use web::error::FailureKind;
use web::{Failure, FailureFace, RequestId, json};

use crate::Office;
use crate::page::notice::NoticePage;
use crate::routes;

pub(crate) struct OperatorFace {
    office: Data<Office>,
}

impl OperatorFace {
    pub(crate) fn new(office: Data<Office>) -> Self {
        Self { office }
    }
}

impl FailureFace for OperatorFace {
    fn show(&self, request: &HttpRequest, failure: &Failure, id: RequestId) -> HttpResponse {
        if wants_json(request) {
            return json::problem(failure);
        }
        if let FailureKind::SessionEnded {
            prompt: Some(prompt),
        } = &failure.kind
        {
            return HttpResponse::SeeOther()
                .insert_header((LOCATION, prompt.as_str()))
                .finish();
        }
        match self.office.render(&NoticePage::failure(failure, id)) {
            Ok(html) => HttpResponse::build(failure.status)
                .content_type("text/html; charset=utf-8")
                .body(html),
            Err(cause) => {
                tracing::error!(%cause, "the page of a failure cannot be rendered");
                HttpResponse::new(failure.status)
            }
        }
    }
}

/// JSON routes answer in JSON; a page's route does where a script asks for it.
fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(ACCEPT);
    let accept = accept.and_then(|value: &HeaderValue| value.to_str().ok());
    routes::is_json(request.path())
        || accept.is_some_and(|accept| accept.starts_with("application/json"))
}
