//! Times as stored: milliseconds since 1970-01-01T00:00:00Z.

use domain::Timestamp;

/// The time, or `None` beyond the calendar (year 9999).
pub fn time(millis: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(millis).ok()
}

/// The stored form of a time; fractions of a millisecond are dropped.
pub fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}
