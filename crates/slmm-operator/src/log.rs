//! What is logged of staff's calls: SLMM's going and coming once, whatever else goes wrong each time.

use std::sync::atomic::{AtomicBool, Ordering};

use slmm::plumbing::{Failure, Reply};

use crate::call::Call;
use crate::outcome::Missed;
use crate::wire;

/// Whether SLMM was away when last heard of.
#[derive(Debug, Default)]
pub(crate) struct Log {
    away: AtomicBool,
}

impl Log {
    pub(crate) fn answered(&self) {
        if self.away.swap(false, Ordering::Relaxed) {
            tracing::info!("SLMM answers staff again");
        }
    }

    pub(crate) fn missed(&self, call: &Call, missed: Missed) {
        let (kind, unit, failure) = (call.kind(), call.unit(), missed.why);
        if missed.why == Failure::Crowded {
            tracing::warn!(kind, unit, %failure, "a call of staff was not sent");
        } else if !self.away.swap(true, Ordering::Relaxed) || call.is_write() {
            tracing::warn!(kind, unit, %failure, sent = missed.sent, "SLMM does not answer staff");
        }
    }
}

/// What answered did not say what was hoped for.
pub(crate) fn failed(call: &Call, failure: Failure) {
    tracing::warn!(kind = call.kind(), unit = call.unit(), %failure, "a call of staff to SLMM failed");
}

/// SLMM would not do it, and says why.
pub(crate) fn refused(call: &Call, reply: &Reply) {
    let detail = wire::detail(reply);
    tracing::warn!(
        kind = call.kind(),
        unit = call.unit(),
        status = reply.status,
        detail,
        "SLMM refused a call of staff"
    );
}
