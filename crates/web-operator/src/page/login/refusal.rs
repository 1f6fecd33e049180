//! Why an attempt did not let somebody in.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use domain::Timestamp;
use serde::Serialize;

/// Why the last attempt did not let somebody in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Refusal {
    /// What was shown is not right.
    Wrong,
    /// Too many attempts.
    Locked {
        /// Whole minutes until the next attempt.
        minutes: String,
        /// The end of the lock and the time of this page, RFC 3339: the script counts down by
        /// them, whatever the visitor's clock says.
        until: String,
        at: String,
        /// The same as a wait, s.
        #[serde(skip)]
        seconds: u32,
    },
}

impl Refusal {
    pub(super) fn locked(until: Timestamp, now: Timestamp) -> Self {
        let left = until.duration_since(now);
        let part = u32::from(left.subsec_nanos() > 0);
        let seconds = u32::try_from(left.as_secs())
            .unwrap_or(0)
            .saturating_add(part)
            .max(1);
        Self::Locked {
            minutes: seconds.div_ceil(60).to_string(),
            until: format!("{until:.0}"),
            at: format!("{now:.0}"),
            seconds,
        }
    }

    /// Says in the answer's head when it is worth trying again.
    pub(super) fn tell(&self, response: &mut HttpResponse) {
        if let Self::Locked { seconds, .. } = self {
            let seconds = HeaderValue::from(*seconds);
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
    }

    pub(super) fn samples() -> [Option<Self>; 4] {
        let at: Timestamp = Timestamp::UNIX_EPOCH;
        let locked = |seconds| Self::locked(at + std::time::Duration::from_secs(seconds), at);
        [None, Some(Self::Wrong), Some(locked(900)), Some(locked(60))]
    }
}
