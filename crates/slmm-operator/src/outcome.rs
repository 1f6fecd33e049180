//! How a request ended.

use slmm::plumbing::{Failure, Reply};

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

    /// SLMM may have had the request.
    pub(crate) fn lost(why: Failure) -> Self {
        Self { why, sent: true }
    }
}
