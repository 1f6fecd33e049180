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
    /// The device layer does not know what is asked for; the text says what that is.
    #[error("SLMM: {0}")]
    Missing(Cow<'static, str>),
    /// SLMM did not do as asked; the text says whether anything may have come of it all the same.
    #[error("SLMM: {0}")]
    Upstream(Cow<'static, str>),
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

impl WebError {
    /// Whether nothing is wrong but that too much is asked for at the moment.
    pub(crate) fn is_for_later(&self) -> bool {
        matches!(
            self,
            Self::TooMany { .. } | Self::Full(_) | Self::Saturated | Self::Busy
        )
    }
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
            WebError::NotFound
            | WebError::LinkInactive
            | WebError::Missing(_)
            | WebError::SessionEnded { .. } => Self::absent(error),
            WebError::BadRequest(_)
            | WebError::TooLarge
            | WebError::CrossSite
            | WebError::Forbidden(_)
            | WebError::Unprocessable(_)
            | WebError::Conflict(_)
            | WebError::Stale(_) => Self::refused(error),
            WebError::TooMany { .. }
            | WebError::Full(Full)
            | WebError::Saturated
            | WebError::Busy
            | WebError::Store(
                StoreError::Busy(_) | StoreError::Unreachable(_) | StoreError::Full(_),
            ) => Self::crowded(error),
            WebError::Upstream(words) => Self::plain(StatusCode::BAD_GATEWAY, words.clone()),
            WebError::Store(_)
            | WebError::Template(_)
            | WebError::BrokenOff(_)
            | WebError::Unwritable(_)
            | WebError::Random(_) => Self::ours(),
        }
    }
}

impl Failure {
    /// There is nothing, or nobody who may see it.
    fn absent(error: &WebError) -> Self {
        match error {
            WebError::LinkInactive => Self::plain(
                StatusCode::NOT_FOUND,
                "This portal link is no longer active.",
            )
            .of_kind(FailureKind::LinkInactive),
            WebError::Missing(words) => Self::plain(StatusCode::NOT_FOUND, words.clone()),
            WebError::SessionEnded { prompt } => {
                Self::plain(StatusCode::UNAUTHORIZED, "The session has ended.").of_kind(
                    FailureKind::SessionEnded {
                        prompt: prompt.clone(),
                    },
                )
            }
            _ => Self::plain(StatusCode::NOT_FOUND, "There is nothing at this address."),
        }
    }

    /// What was sent is not taken.
    fn refused(error: &WebError) -> Self {
        match error {
            WebError::BadRequest(detail) => Self::plain(StatusCode::BAD_REQUEST, detail.clone()),
            WebError::TooLarge => {
                Self::plain(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.")
            }
            WebError::CrossSite => Self::plain(
                StatusCode::FORBIDDEN,
                "This request did not come from one of our own pages.",
            ),
            WebError::Forbidden(words) => Self::plain(StatusCode::FORBIDDEN, words.clone()),
            WebError::Conflict(words) | WebError::Stale(words) => {
                Self::plain(StatusCode::CONFLICT, words.clone())
            }
            WebError::Unprocessable(fields) => Self {
                fields: fields.clone(),
                ..Self::plain(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "Something that was sent cannot be taken.",
                )
            },
            _ => Self::ours(),
        }
    }

    /// It is worth trying again in a moment.
    fn crowded(error: &WebError) -> Self {
        let (status, detail, seconds) = match error {
            WebError::TooMany { retry_after_s } => (
                StatusCode::TOO_MANY_REQUESTS,
                format!("Too many requests from your network. Try again in {retry_after_s} s.")
                    .into(),
                *retry_after_s,
            ),
            WebError::Full(Full) => (
                StatusCode::SERVICE_UNAVAILABLE,
                Cow::Borrowed("Too many live views are open. Close one, or try again in a moment."),
                15,
            ),
            WebError::Saturated => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many people are signing in. Try again in a moment.".into(),
                2,
            ),
            // Somebody has to make room first.
            WebError::Store(StoreError::Full(_)) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Nothing can be stored at the moment. Try again later.".into(),
                60,
            ),
            _ => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The service is busy. Try again in a moment.".into(),
                2,
            ),
        };
        Self::plain(status, detail).again_after(seconds)
    }

    fn ours() -> Self {
        Self::plain(StatusCode::INTERNAL_SERVER_ERROR, OURS)
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
