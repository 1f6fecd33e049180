//! What can go wrong while answering, and the one place that turns it into a status code.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use domain::RandomError;
use store::StoreError;

use crate::TemplateError;
use crate::live::Full;

/// Why a request was not answered as asked. The visitor sees the [`Failure`] it maps to, never
/// its cause; the cause goes to the log.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Nothing is here, or it is not yours: the two are one answer.
    #[error("not found")]
    NotFound,
    /// A portal link that is unknown, switched off or replaced: the three are one answer.
    #[error("the portal link is not active")]
    LinkInactive,
    /// The request is malformed; the text says what would be right.
    #[error("bad request: {0}")]
    BadRequest(Cow<'static, str>),
    /// The body is larger than the route takes.
    #[error("body too large")]
    TooLarge,
    /// A changing request from a page that is not ours.
    #[error("cross-site request")]
    CrossSite,
    /// Whoever asks may not do that; the text says what it takes.
    #[error("forbidden: {0}")]
    Forbidden(String),
    /// What was sent is understood but cannot be taken; each field says what would be right.
    #[error("unprocessable: {0:?}")]
    Unprocessable(Vec<FieldProblem>),
    /// It does not fit what there is; the text says why.
    #[error("conflict: {0}")]
    Conflict(String),
    /// It is no longer as it was when whoever asks looked at it; the text says what happened.
    #[error("stale: {0}")]
    Stale(String),
    /// SLMM did not answer, or not as it should.
    #[error("SLMM: {0}")]
    Upstream(String),
    /// No live session. `prompt` is the path at which this visitor may prove themself again.
    #[error("no live session")]
    SessionEnded {
        /// A path, or `None` where none may be told.
        prompt: Option<String>,
    },
    /// One address asks too often.
    #[error("too many requests")]
    TooMany {
        /// When the next will be let in, s.
        retry_after_s: u32,
    },
    /// Every place for a live socket is taken.
    #[error(transparent)]
    Full(#[from] Full),
    /// Every place for verifying a password is taken.
    #[error("the password verifier is saturated")]
    Saturated,
    /// Too much is being done at once.
    #[error("too much is being done at once")]
    Busy,
    /// What was asked broke off, and nobody knows how much of it was done.
    #[error("an act broke off: {0}")]
    BrokenOff(String),
    /// The database did not do what was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A page cannot be rendered.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A file cannot be written into memory.
    #[error("the answer cannot be written: {0}")]
    Unwritable(String),
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
}

/// What is wrong with one field of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FieldProblem {
    /// The field, as the form or the JSON names it.
    pub field: String,
    /// What is wrong, and what would be right.
    pub detail: String,
}

impl FieldProblem {
    /// A problem of one field.
    pub fn new(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            detail: detail.into(),
        }
    }
}

/// What a visitor is told of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The status of the answer.
    pub status: StatusCode,
    /// One plain sentence.
    pub detail: Cow<'static, str>,
    /// When it is worth trying again, s.
    pub retry_after_s: Option<u32>,
    /// What is wrong field by field, where that can be said.
    pub fields: Vec<FieldProblem>,
    /// What an app may want to show in its own way.
    pub kind: FailureKind,
}

/// Failures that have a page of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// None of the others.
    Plain,
    /// The session is gone; its cookie is to be cleared.
    SessionEnded {
        /// Where to prove oneself again, if that may be told.
        prompt: Option<String>,
    },
    /// The portal link leads nowhere.
    LinkInactive,
}

impl Failure {
    /// A failure of which only the status matters.
    pub fn plain(status: StatusCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            detail: detail.into(),
            retry_after_s: None,
            fields: Vec::new(),
            kind: FailureKind::Plain,
        }
    }

    fn again_after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    fn of_kind(mut self, kind: FailureKind) -> Self {
        self.kind = kind;
        self
    }

    /// The failure of a status that the framework chose.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::from(&WebError::NotFound),
            StatusCode::PAYLOAD_TOO_LARGE => Self::from(&WebError::TooLarge),
            StatusCode::METHOD_NOT_ALLOWED => {
                Self::plain(status, "This address does not take that method.")
            }
            status if status.is_client_error() => {
                Self::plain(status, "The request could not be understood.")
            }
            status => Self::plain(status, OURS),
        }
    }
}

const OURS: &str = "Something went wrong on our side.";

impl From<&WebError> for Failure {
    fn from(error: &WebError) -> Self {
        match error {
            WebError::NotFound => {
                Self::plain(StatusCode::NOT_FOUND, "There is nothing at this address.")
            }
            WebError::LinkInactive => Self::plain(
                StatusCode::NOT_FOUND,
                "This portal link is no longer active.",
            )
            .of_kind(FailureKind::LinkInactive),
            WebError::BadRequest(detail) => Self::plain(StatusCode::BAD_REQUEST, detail.clone()),
            WebError::TooLarge => {
                Self::plain(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.")
            }
            WebError::CrossSite => Self::plain(
                StatusCode::FORBIDDEN,
                "This request did not come from one of our own pages.",
            ),
            WebError::Forbidden(words) => Self::plain(StatusCode::FORBIDDEN, words.clone()),
            WebError::Unprocessable(fields) => Self {
                fields: fields.clone(),
                ..Self::plain(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "Something that was sent cannot be taken.",
                )
            },
            WebError::Conflict(words) | WebError::Stale(words) => {
                Self::plain(StatusCode::CONFLICT, words.clone())
            }
            WebError::Upstream(_) => Self::plain(
                StatusCode::BAD_GATEWAY,
                "SLMM did not answer as it should. Look again before you repeat it.",
            ),
            WebError::SessionEnded { prompt } => {
                Self::plain(StatusCode::UNAUTHORIZED, "The session has ended.").of_kind(
                    FailureKind::SessionEnded {
                        prompt: prompt.clone(),
                    },
                )
            }
            WebError::TooMany { retry_after_s } => Self::plain(
                StatusCode::TOO_MANY_REQUESTS,
                format!("Too many requests from your network. Try again in {retry_after_s} s."),
            )
            .again_after(*retry_after_s),
            WebError::Full(Full) => Self::plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many live views are open. Close one, or try again in a moment.",
            )
            .again_after(15),
            WebError::Saturated => Self::plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many people are signing in. Try again in a moment.",
            )
            .again_after(2),
            WebError::Busy | WebError::Store(StoreError::Busy(_) | StoreError::Unreachable(_)) => {
                Self::plain(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "The service is busy. Try again in a moment.",
                )
                .again_after(2)
            }
            WebError::Store(_)
            | WebError::Template(_)
            | WebError::BrokenOff(_)
            | WebError::Unwritable(_)
            | WebError::Random(_) => Self::plain(StatusCode::INTERNAL_SERVER_ERROR, OURS),
        }
    }
}

/// The bare answer; [`crate::shield()`] gives it its face.
impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        Failure::from(self).status
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
