//! Why an attempt did not let somebody in.

use std::time::Duration;

use actix_web::HttpResponse;
use domain::Timestamp;
use serde::Serialize;
use web::Lock;

/// Why the last attempt did not let somebody in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Refusal {
    /// What was shown is not right.
    Wrong,
    /// Too many attempts.
    Locked(Lock),
}

impl Refusal {
    /// Says in the answer's head when it is worth trying again.
    pub(super) fn tell(&self, response: &mut HttpResponse) {
        if let Self::Locked(lock) = self {
            lock.tell(response);
        }
    }

    pub(super) fn samples() -> [Option<Self>; 4] {
        let at = Timestamp::UNIX_EPOCH;
        let locked = |minutes| Self::Locked(Lock::new(at + Duration::from_mins(minutes), at));
        [None, Some(Self::Wrong), Some(locked(15)), Some(locked(1))]
    }
}
