//! A page with one message: something not found, refused, or broken.

use actix_web::http::StatusCode;
use serde::Serialize;
use web::{Failure, FieldProblem, Page, RequestId};

/// `operator/notice.html`
#[derive(Debug, Serialize)]
pub(crate) struct NoticePage {
    title: String,
    text: String,
    fields: Vec<FieldProblem>,
    /// By which the cause is found in the log, where it is our fault.
    request: Option<String>,
}

impl NoticePage {
    pub(crate) fn failure(failure: &Failure, id: RequestId) -> Self {
        let title = match failure.status {
            StatusCode::NOT_FOUND => "Not found",
            StatusCode::FORBIDDEN => "Not allowed",
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => "That cannot be done",
            // The text says whether it does not answer, would not, or perhaps did it.
            StatusCode::BAD_GATEWAY => "Trouble with SLMM",
            StatusCode::SERVICE_UNAVAILABLE => "Busy for a moment",
            status if status.is_server_error() => "Something went wrong",
            _ => "That did not work",
        };
        let ours = failure.status == StatusCode::INTERNAL_SERVER_ERROR;
        Self {
            title: title.to_owned(),
            text: failure.detail.clone().into_owned(),
            fields: failure.fields.clone(),
            request: ours.then(|| id.to_string()),
        }
    }
}

impl Page for NoticePage {
    const TEMPLATE: &'static str = "operator/notice.html";

    fn samples() -> Vec<Self> {
        let page = |fields, request| Self {
            title: "That cannot be done".into(),
            text: "The meter stands at <North gate>.".into(),
            fields,
            request,
        };
        vec![
            page(Vec::new(), Some("1-00002a".into())),
            page(
                vec![FieldProblem::new("name", "write 1 to 80 characters")],
                None,
            ),
        ]
    }
}
