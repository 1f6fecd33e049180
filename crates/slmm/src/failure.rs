//! Why a fetch gave no good answer. It is logged and counted, never shown.

/// Why a fetch gave no good answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// There was no connection, or it broke.
    #[error("no connection, or it broke")]
    Unreachable,
    /// Not within the time-out.
    #[error("no complete answer in time")]
    TimedOut,
    /// Another HTTP status than was hoped for.
    #[error("status {0}")]
    Status(u16),
    /// The body goes beyond its limit.
    #[error("the body is too large")]
    TooLarge,
    /// No HTTP, no JSON, or another shape.
    #[error("the body is not what was asked for")]
    Malformed,
    /// It names another meter.
    #[error("the answer is about another meter")]
    Mixed,
    /// It stood in line for too long, and was never sent.
    #[error("it could not be sent in time for all the others")]
    Crowded,
    /// It was never sent, for the breaker is open.
    #[error("it was not sent: SLMM is being left alone")]
    Held,
    /// Nobody is there to send it.
    #[error("the thread that talks to SLMM is gone")]
    Stopped,
}

/// Who is to be asked less after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blame {
    /// SLMM as a whole: it did not speak.
    Upstream,
    /// What was asked: SLMM spoke, but not well.
    Key,
    /// Nobody: the request was never sent.
    Nobody,
}

impl Failure {
    pub(crate) fn blame(self) -> Blame {
        match self {
            // SLMM's reads never answer 502 to 504: a gateway in front of a dead SLMM does.
            Self::Unreachable | Self::TimedOut | Self::Stopped | Self::Status(502..=504) => {
                Blame::Upstream
            }
            Self::Status(_) | Self::TooLarge | Self::Malformed | Self::Mixed => Blame::Key,
            Self::Crowded | Self::Held => Blame::Nobody,
        }
    }
}
