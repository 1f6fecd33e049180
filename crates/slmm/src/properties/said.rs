//! The same bytes read in another way, to hold against what `wire` made of them.

use bytes::Bytes;
use domain::{Levels, Metric, UnitId};
use serde_json::Value;

use crate::failure::Failure;
use crate::http::Reply;
use crate::wire::{OfScalar, Scalar};

/// A reply of this body.
pub(super) fn reply(status: u16, body: &[u8]) -> Reply {
    Reply {
        status,
        body: Bytes::copy_from_slice(body),
    }
}

/// The body as plain JSON. Nothing for what is none, and for what only a reader that passes over
/// most of it can read (a number beyond all, or a hundred lists in each other).
pub(super) fn json(body: &[u8]) -> Option<Value> {
    serde_json::from_slice(body).ok()
}

/// A field, where there is one of the kind that is of use.
pub(super) fn field<T: OfScalar>(of: &Value, name: &str) -> Option<T> {
    T::of(match of.get(name)? {
        Value::Bool(flag) => Scalar::Flag(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => Scalar::Integer(integer),
            None if number.is_u64() => return None,
            None => Scalar::Number(number.as_f64()?),
        },
        Value::String(text) => Scalar::Text(text),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    })
}

/// The objects of a list.
pub(super) fn rows<'a>(of: &'a Value, name: &str) -> Vec<&'a Value> {
    let items = of.get(name).and_then(Value::as_array);
    let items = items.map(Vec::as_slice).unwrap_or_default();
    items.iter().filter(|item| item.is_object()).collect()
}

/// Whether it says that it is about another meter.
pub(super) fn is_anothers(of: &Value, unit: &UnitId) -> bool {
    let said = of.get("unit_id").and_then(Value::as_str);
    said.is_some_and(|said| said != unit.as_str())
}

/// Each level is the one that was said under its name, and none was shifted there.
pub(super) fn hold_levels(levels: &Levels, of: &Value) {
    for metric in Metric::ALL {
        if let Some(level) = levels.get(*metric) {
            assert_eq!(field(of, metric.as_str()), Some(level), "{metric}");
        }
    }
    let raw: Option<String> = field(of, "raw_payload");
    if let Some(raw) = raw.filter(|_| !levels.is_empty()) {
        let fields: Vec<&str> = raw.split(',').take(11).collect();
        let whole = fields.len() == 11 && fields.iter().all(|field| !field.trim().is_empty());
        assert!(
            whole,
            "a reply of the meter with a blank in it moves all behind: {raw:?}"
        );
    }
}

/// What only an answer of status 200 may be.
pub(super) fn hold_failed<T: std::fmt::Debug>(read: &Result<T, Failure>, status: u16) {
    assert!(
        matches!(read, Err(Failure::Status(told)) if *told == status),
        "{read:?}"
    );
}
