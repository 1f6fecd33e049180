//! What a reply means to the one who asked.

use slmm::plumbing::{Failure, Reply, says_unknown};

use crate::call::Call;
use crate::error::{ControlError, Missing};
use crate::log;

const OK: u16 = 200;
const NOT_FOUND: u16 = 404;

/// The answer to a question. `parse` sees a reply of any status.
pub(crate) fn to_question<T>(
    call: &Call,
    reply: &Reply,
    parse: impl FnOnce(&Reply) -> Result<T, Failure>,
) -> Result<T, ControlError> {
    parse(reply).map_err(|failure| {
        log::failed(call, failure);
        match failure {
            // SLMM's reads never answer so: a gateway in front of a dead SLMM does.
            Failure::Status(502..=504) => ControlError::Unavailable,
            _ => ControlError::Faulty,
        }
    })
}

/// The answer to a write. What is not found is `missing`.
pub(crate) fn to_write<T>(
    call: &Call,
    reply: &Reply,
    missing: Missing,
    parse: impl FnOnce(&Reply) -> Result<T, Failure>,
) -> Result<T, ControlError> {
    let failed = |failure, error| {
        log::failed(call, failure);
        Err(error)
    };
    let status = reply.status;
    match status {
        OK => parse(reply).or_else(|failure| failed(failure, ControlError::Unsure)),
        NOT_FOUND if says_unknown(&reply.body) => Err(ControlError::NotFound(missing)),
        // A path that SLMM does not have: something else is there.
        NOT_FOUND | 300..=399 => failed(Failure::Status(status), ControlError::Faulty),
        400..=499 => {
            log::refused(call, reply);
            Err(ControlError::Refused { status })
        }
        // SLMM answers 500 to what it has stored already, and a gateway's word is not SLMM's.
        _ => failed(Failure::Status(status), ControlError::Unsure),
    }
}

/// The body of a reply that went well.
pub(crate) fn good(reply: &Reply) -> Result<&[u8], Failure> {
    match reply.status {
        OK => Ok(&reply.body),
        status => Err(Failure::Status(status)),
    }
}
