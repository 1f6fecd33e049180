//! How a request ended.

use slmm::plumbing::{Failure, Reply};

use crate::error::ControlError;

/// A reply, whatever it says, or the lack of one.
pub(crate) type Outcome = Result<Reply, Missed>;

/// Why there is no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missed {
    pub(crate) why: Failure,
    /// Whether SLMM may have had the request.
    pub(crate) sent: bool,
}

impl Missed {
    /// SLMM has certainly not had the request.
    pub(crate) fn unsent(why: Failure) -> Self {
        Self { why, sent: false }
    }

    /// What it means to the one who asked: somebody who speaks, but not well, is there.
    pub(crate) fn of_question(self) -> ControlError {
        match self.why {
            Failure::TooLarge | Failure::Malformed if self.sent => ControlError::Faulty,
            _ => ControlError::Unavailable,
        }
    }

    /// What it means to the one who wanted something done.
    pub(crate) fn of_write(self) -> ControlError {
        if self.sent {
            ControlError::Unsure
        } else {
            ControlError::Unavailable
        }
    }

    /// SLMM may have had the request.
    pub(crate) fn lost(why: Failure) -> Self {
        Self { why, sent: true }
    }
}
