//! A lock against guessing, as the page says it and as a header does.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use domain::Timestamp;
use serde::Serialize;

/// How long nothing is checked any more, for a template and for `Retry-After`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lock {
    /// Until the next attempt, as in "15 minutes": rounded up, one at least.
    wait: String,
    /// The end of the lock and the time of this page, RFC 3339: the script counts down by
    /// them, whatever the visitor's clock says.
    until: String,
    at: String,
    /// The same as a wait, s: rounded up, one at least.
    #[serde(skip)]
    seconds: u32,
}

impl Lock {
    /// A lock that ends at `until`, as it is at `now`.
    pub fn new(until: Timestamp, now: Timestamp) -> Self {
        let left = until.duration_since(now);
        let part = u32::from(left.subsec_nanos() > 0);
        let seconds = u32::try_from(left.as_secs())
            .unwrap_or(0)
            .saturating_add(part)
            .max(1);
        let minutes = seconds.div_ceil(60);
        let unit = if minutes == 1 { "minute" } else { "minutes" };
        Self {
            wait: format!("{minutes} {unit}"),
            until: format!("{until:.0}"),
            at: format!("{now:.0}"),
            seconds,
        }
    }

    /// How long until the next attempt, as in "15 minutes".
    pub fn wait(&self) -> &str {
        &self.wait
    }

    /// Says in the answer's head when it is worth trying again.
    pub fn tell(&self, response: &mut HttpResponse) {
        let seconds = HeaderValue::from(self.seconds);
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_rounded_up() {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        for (left_ms, seconds, minutes) in [
            (900_000, 900, "15 minutes"),
            (840_001, 841, "15 minutes"),
            (840_000, 840, "14 minutes"),
            (60_001, 61, "2 minutes"),
            (60_000, 60, "1 minute"),
            (1, 1, "1 minute"),
            (0, 1, "1 minute"),
            (-5_000, 1, "1 minute"),
        ] {
            let lock = Lock::new(at(1_000_000 + left_ms), at(1_000_000));
            assert_eq!(
                (lock.seconds, lock.wait()),
                (seconds, minutes),
                "{left_ms} ms"
            );
        }
    }
}
