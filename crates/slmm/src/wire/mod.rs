//! What SLMM's JSON means. The types of the wire stay in here: each of these functions takes a
//! whole reply and gives domain values, or says why it cannot.
//!
//! Unknown fields are ignored, a field of the wrong type has no value, an item of a list that
//! cannot be read is left out. A body that is not of the kind asked for is a failure.

mod entry;
mod events;
mod frame;
mod history;
mod loose;
mod monitor;
mod rules;
mod status;
mod time;

use domain::{Limit, MeterStatus, TrailPoint, UnitId};
use serde::Deserialize;

use crate::event_list::EventList;
use crate::failure::Failure;
use crate::http::Reply;
pub use entry::Entry;
pub(crate) use frame::Frame;
pub use loose::{Loose, OfScalar, Scalar};
pub(crate) use monitor::Monitors;
pub(crate) use status::Row;
pub use status::says_unknown;

const OK: u16 = 200;
const NOT_FOUND: u16 = 404;

pub(crate) fn monitors(reply: &Reply) -> Result<Monitors, Failure> {
    monitor::parse(good(reply)?)
}

/// What SLMM's row of a meter says of its sound, cleaned; `None` where SLMM has no row of it.
///
/// # Errors
/// [`Failure`] where the reply is none to `GET /{unit}/status`.
pub fn meter_status(reply: &Reply, unit: &UnitId) -> Result<Option<MeterStatus>, Failure> {
    status(reply, unit).map(|row| row.exists.then_some(row.status))
}

/// A meter that SLMM knows no reading of is a 404 in SLMM's own words, and a good answer.
pub(crate) fn status(reply: &Reply, unit: &UnitId) -> Result<Row, Failure> {
    if reply.status == NOT_FOUND && says_unknown(&reply.body) {
        return Ok(status::NO_ROW);
    }
    status::parse(good(reply)?, unit)
}

pub(crate) fn limits(reply: &Reply, unit: &UnitId) -> Result<Vec<Limit>, Failure> {
    rules::parse(good(reply)?, unit)
}

pub(crate) fn events(reply: &Reply, unit: &UnitId) -> Result<EventList, Failure> {
    events::parse(good(reply)?, unit)
}

pub(crate) fn trail(reply: &Reply, unit: &UnitId) -> Result<Vec<TrailPoint>, Failure> {
    history::parse(good(reply)?, unit)
}

/// One frame of a meter's feed.
pub(crate) fn frame(text: &[u8], unit: &UnitId) -> Result<Frame, Failure> {
    frame::parse(text, unit)
}

fn good(reply: &Reply) -> Result<&[u8], Failure> {
    match reply.status {
        OK => Ok(&reply.body),
        status => Err(Failure::Status(status)),
    }
}

/// Reads a body that is to be an object.
///
/// # Errors
/// [`Failure::Malformed`] where it is none.
pub fn read<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, Failure> {
    serde_json::from_slice::<Entry<T>>(body)
        .ok()
        .and_then(Entry::into_inner)
        .ok_or(Failure::Malformed)
}

/// Whether what says whom it is about is about this meter. Another one's must never be shown.
pub fn is_of(said: Option<&str>, unit: &UnitId) -> bool {
    said.is_none_or(|said| said == unit.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use proptest::prelude::*;

    fn unit() -> UnitId {
        meter_id::parse("SLM-101").unwrap()
    }

    /// Reads a body as everything it might be.
    fn read_as_all(status: u16, body: &[u8]) -> [bool; 5] {
        // A frame is read with the same tools, but has no status.
        frame(body, &unit()).ok();
        let reply = Reply {
            status,
            body: Bytes::copy_from_slice(body),
        };
        [
            super::status(&reply, &unit()).is_ok(),
            monitors(&reply).is_ok(),
            limits(&reply, &unit()).is_ok(),
            events(&reply, &unit()).is_ok(),
            trail(&reply, &unit()).is_ok(),
        ]
    }

    #[test]
    fn garbage_is_no_answer_to_anything() {
        let deep = "[".repeat(10_000);
        let deep_object = r#"{"data":"#.repeat(10_000);
        let deep_list = format!(r#"{{"readings":{deep}"#);
        for body in [
            "",
            " ",
            "null",
            "[]",
            "{}",
            "1",
            "\"ok\"",
            "<!doctype html><title>Sign in</title>",
            "Internal Server Error",
            r#"{"status":"ok","data":{"unit_id":"SLM-101","lp":"6"#,
            r#"{"data":null,"monitors":null,"rules":null,"events":null,"readings":null}"#,
            r#"{"data":[],"monitors":[],"rules":{},"events":{},"readings":{}}"#,
            r#"{"data":"x","monitors":1,"rules":true,"events":"x","readings":1.5}"#,
            r#"{"data":{"unit_id":"SLM-101","last_seen":1795233600,"lp":"65.2"}}"#,
            "{\"data\":{\"lp\":\"\u{0}\"}} trailing",
            &deep,
            &deep_object,
            &deep_list,
        ] {
            assert_eq!(read_as_all(200, body.as_bytes()), [false; 5], "{body:.60}");
        }
        assert_eq!(
            read_as_all(200, b"{\"data\":{\"lp\":\"\xff\"}}"),
            [false; 5]
        );
    }

    #[test]
    fn depth_in_a_field_that_nobody_needs_does_no_harm() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let body = format!(r#"{{"x":{deep},"data":{{"last_error":{deep},"lp":{deep}}}}}"#);
        read_as_all(200, body.as_bytes());
    }

    #[test]
    fn only_a_status_may_be_unknown() {
        let own_words = br#"{"detail":"No NL43 status recorded"}"#;
        assert_eq!(
            read_as_all(404, own_words),
            [true, false, false, false, false]
        );
        for not_slmm in [
            &b"<h1>404</h1>"[..],
            b"{}",
            b"{\"detail\":\"Not Found\"}",
            b"",
        ] {
            assert_eq!(read_as_all(404, not_slmm), [false; 5]);
        }
    }

    #[test]
    fn a_good_body_under_another_status_is_no_answer() {
        let body = br#"{"data":{"last_seen":"2026-11-21T04:00:00"},"monitors":{},"rules":[],"events":[],"readings":[]}"#;
        assert_eq!(read_as_all(200, body), [true; 5]);
        for status in [201, 204, 307, 422, 500, 503] {
            assert_eq!(read_as_all(status, body), [false; 5], "{status}");
        }
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let name = prop_oneof![
            Just("data"),
            Just("monitors"),
            Just("rules"),
            Just("events"),
            Just("readings"),
            Just("unit_id"),
            Just("last_seen"),
            Just("timestamp"),
            Just("onset_at"),
            Just("lp"),
            Just("raw_payload"),
            Just("measurement_state"),
            Just("id"),
            Just("rule_id"),
            Just("metric"),
            Just("threshold_db"),
            Just("schedule_days"),
            Just("running"),
            Just("reachable"),
            Just("enabled"),
            Just("duration_s"),
            Just("hours"),
            Just("feed_status"),
            Just("heartbeat"),
        ];
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<u64>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            ".{0,30}".prop_map(Into::into),
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,12})?Z?"
                .prop_map(Into::into),
        ];
        leaf.prop_recursive(5, 60, 8, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                proptest::collection::vec((name.clone(), inner), 0..8).prop_map(|fields| {
                    let fields = fields
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value));
                    serde_json::Value::Object(fields.collect())
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(body in proptest::collection::vec(any::<u8>(), 0..400), status in 100_u16..600) {
            read_as_all(status, &body);
        }

        #[test]
        fn no_json_makes_it_panic(body in json()) {
            read_as_all(200, body.to_string().as_bytes());
        }
    }
}
