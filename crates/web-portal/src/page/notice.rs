//! A calm page with one message: no access, a dead link, something not found.

use actix_web::http::StatusCode;
use serde::Serialize;
use web::{Failure, Page, RequestId};

/// `portal/notice.html`
#[derive(Debug, Serialize)]
pub(crate) struct NoticePage {
    title: String,
    text: String,
    /// By which the cause is found in the log, where it is our fault.
    request: Option<String>,
}

impl NoticePage {
    fn new(title: &str, text: &str) -> Self {
        Self {
            title: title.to_owned(),
            text: text.to_owned(),
            request: None,
        }
    }

    /// A visitor without a session or a link.
    pub(crate) fn access() -> Self {
        Self::new(
            "You need your project's link",
            "To see a project, open the portal link that your monitoring firm sent you, and enter the \
             project's password. If you no longer have the link, ask the firm for it.",
        )
    }

    /// Unknown, switched off or replaced: the three are one.
    pub(crate) fn link_inactive() -> Self {
        Self::new(
            "This portal link is no longer active",
            "Ask your monitoring firm for the current link to your project.",
        )
    }

    /// Anything else.
    pub(crate) fn failure(failure: &Failure, id: RequestId) -> Self {
        let title = match failure.status {
            StatusCode::NOT_FOUND => "Not found",
            StatusCode::SERVICE_UNAVAILABLE => "Busy for a moment",
            status if status.is_server_error() => "Something went wrong",
            _ => "That did not work",
        };
        let request = failure.status.is_server_error().then(|| id.to_string());
        Self {
            request,
            ..Self::new(title, &failure.detail)
        }
    }
}

impl Page for NoticePage {
    const TEMPLATE: &'static str = "portal/notice.html";

    fn samples() -> Vec<Self> {
        let ours = Self {
            request: Some("1-00002a".into()),
            ..Self::new("Something went wrong", "On our side.")
        };
        vec![Self::access(), Self::link_inactive(), ours]
    }
}
