//! How the portal shows a failure: a problem under `/portal/api`, a calm page elsewhere.

use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, SET_COOKIE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use web::error::FailureKind;
use web::{Failure, FailureFace, RequestId, json};

use crate::Portal;
use crate::page::notice::NoticePage;

pub(crate) struct PortalFace {
    portal: Data<Portal>,
}

impl PortalFace {
    pub(crate) fn new(portal: Data<Portal>) -> Self {
        Self { portal }
    }

    fn answer(&self, request: &HttpRequest, failure: &Failure, id: RequestId) -> HttpResponse {
        if is_api(request) {
            return json::problem(failure);
        }
        match &failure.kind {
            FailureKind::SessionEnded {
                prompt: Some(prompt),
            } => HttpResponse::SeeOther()
                .insert_header((LOCATION, prompt.as_str()))
                .finish(),
            FailureKind::SessionEnded { prompt: None } => {
                self.page(failure.status, &NoticePage::access())
            }
            FailureKind::LinkInactive => self.page(failure.status, &NoticePage::link_inactive()),
            FailureKind::Plain => self.page(failure.status, &NoticePage::failure(failure, id)),
        }
    }

    fn page(&self, status: StatusCode, page: &NoticePage) -> HttpResponse {
        match self.portal.render(page) {
            Ok(html) => HttpResponse::build(status)
                .content_type("text/html; charset=utf-8")
                .body(html),
            Err(cause) => {
                tracing::error!(%cause, "the page of a failure cannot be rendered");
                HttpResponse::new(status)
            }
        }
    }
}

impl FailureFace for PortalFace {
    fn show(&self, request: &HttpRequest, failure: &Failure, id: RequestId) -> HttpResponse {
        let mut response = self.answer(request, failure, id);
        // Whoever is sent to the prompt keeps the cookie: other tabs find the prompt by it.
        let ended = matches!(failure.kind, FailureKind::SessionEnded { .. });
        if ended && response.status() == StatusCode::UNAUTHORIZED {
            match self.portal.cleared_cookie() {
                Ok(cookie) => {
                    response.headers_mut().insert(SET_COOKIE, cookie);
                }
                Err(cause) => tracing::error!(%cause, "a cookie cannot be cleared"),
            }
        }
        response
    }
}

fn is_api(request: &HttpRequest) -> bool {
    request.path() == "/portal/api" || request.path().starts_with("/portal/api/")
}
