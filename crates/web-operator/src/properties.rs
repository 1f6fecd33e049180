//! What holds for whatever bytes come: called by `fuzz/`, and by the tests over its seeds.
//!
//! Each function panics where a promise is broken.
#![allow(
    clippy::missing_panics_doc,
    reason = "it is how a broken promise is told"
)]

use std::collections::BTreeSet;

use domain::TimeZone;
use web::{Failure, WebError};

use crate::page::form::Sent;
use crate::page::login::Onward;
use crate::page::projects::meters::local;
use crate::page::projects::place::position_sent;

/// A form's body: what is read is trimmed, a number is finite, a time is one of the zone, and what
/// is refused says at which field.
pub fn form(bytes: &[u8]) {
    let (Some(pairs), Some(sent)) = (taken(Sent::pairs(bytes)), taken(Sent::read(bytes))) else {
        return;
    };
    for (name, value) in &pairs {
        assert_eq!(value, value.trim());
        let last = pairs.iter().rev().find(|(other, _)| other == name);
        assert_eq!(last.map(|(_, value)| value.as_str()), Some(sent.text(name)));
    }
    // What was typed may be a password: only the names are shown, one after the other.
    let names: BTreeSet<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    let length: usize = names.iter().map(|name| format!("{name:?}, ").len()).sum();
    assert_eq!(format!("{sent:?}").len(), length.max("{}".len()));
    let position = taken(position_sent(&sent));
    let numbers = position.map(|(latitude, longitude)| [latitude, longitude]);
    let number = taken(sent.number("number")).flatten();
    let all = numbers.into_iter().flatten().chain([number]).flatten();
    all.for_each(|number| assert!(number.is_finite(), "{number}"));
    if let Some(seen) = taken(sent.seen()).flatten() {
        assert_eq!(seen.to_string().parse().ok(), Some(seen));
    }
    for zone in ["America/New_York", "Pacific/Apia", "Australia/Lord_Howe"] {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        taken(local(&sent, "at", &zone));
    }
}

fn taken<T>(read: Result<T, WebError>) -> Option<T> {
    read.inspect_err(|error| {
        let Failure { status, detail, .. } = Failure::from(error);
        assert!(status.is_client_error() && !detail.is_empty(), "{error}");
    })
    .ok()
}

/// Where a sign-in leads on to: a page of this app, as any browser would read it, in one line.
pub fn onward(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let onward = Onward::to(text);
    let path = onward.path();
    assert_eq!(Onward::to(path), onward, "and back again the same");
    assert!(path == text || path == "/");
    // A browser drops these, and takes one stroke for the other.
    let read: String = path
        .trim()
        .replace(['\t', '\r', '\n'], "")
        .replace('\\', "/");
    assert!(read.starts_with('/') && !read.starts_with("//"), "{path:?}");
    assert!(path.bytes().all(|byte| byte.is_ascii_graphic()), "{path:?}");
    let way_in = ["/login", "/logout"]
        .iter()
        .any(|way| path.starts_with(way));
    assert!(!way_in, "not round in a circle");
    let after = onward.after("/login");
    let (page, query) = after.split_once('?').unwrap_or((&after, ""));
    assert_eq!(page, "/login");
    let next: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    match next.as_slice() {
        [] => assert_eq!(onward, Onward::default()),
        [(name, next)] => assert_eq!((name.as_str(), next.as_str()), ("next", path)),
        more => assert!(more.len() < 2, "{query} says more than one thing"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_bytes_break_a_form() {
        fuzzkit::bounded("staff_form", super::form);
    }

    #[test]
    fn no_bytes_lead_out_of_the_app() {
        fuzzkit::bounded("staff_onward", super::onward);
    }
}
