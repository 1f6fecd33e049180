//! What holds for whatever bytes come: called by `fuzz/`, and by the tests over its seeds.
//!
//! Each function panics where a promise is broken.
#![allow(
    clippy::missing_panics_doc,
    reason = "it is how a broken promise is told"
)]

use domain::Timestamp;
use web::{Failure, WebError};

use crate::api::query::{EventsFilter, HistoryQuery, LimitQuery, RangeQuery};

/// What a stranger writes behind the `?`: within the bounds, or a refusal that says what would be
/// right.
pub fn query(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let hours = HistoryQuery::read(text).map(|query| query.hours);
    if let Some(hours) = taken(hours) {
        assert!((0.1..=48.0).contains(&hours));
    }
    if let Some(range) = taken(RangeQuery::read(text)) {
        assert!((0.1..=48.0).contains(&range.hours));
        hold_range(&range);
    }
    if let Some(query) = taken(LimitQuery::read(text)) {
        assert!((1..=200).contains(&query.limit));
    }
    if let Some(filter) = taken(EventsFilter::read(text)) {
        assert!((1..=200).contains(&filter.limit));
        assert_ne!(filter.location.as_deref(), Some(""));
    }
}

fn taken<T>(read: Result<T, WebError>) -> Option<T> {
    read.inspect_err(|error| {
        let Failure { status, detail, .. } = Failure::from(error);
        assert!(status.is_client_error() && !detail.is_empty(), "{error}");
    })
    .ok()
}

fn hold_range(range: &RangeQuery) {
    let either = [range.from, range.until, Some(Timestamp::UNIX_EPOCH)];
    for at in either.into_iter().flatten() {
        let since = range
            .from
            .is_none_or(|from| from.as_second() <= at.as_second());
        let to = range
            .until
            .is_none_or(|until| at.as_second() <= until.as_second());
        assert_eq!(range.contains(at), since && to);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_bytes_break_a_query() {
        fuzzkit::bounded("portal_query", super::query);
    }
}
