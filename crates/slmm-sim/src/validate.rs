//! SLMM's validation, as its framework words it, with all its leniency.

use serde::Serialize;
use serde_json::{Value, json};

/// One complaint of a 422.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Complaint {
    #[serde(rename = "type")]
    kind: &'static str,
    loc: Vec<Value>,
    msg: String,
    input: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    ctx: Option<Context>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Context {
    error: &'static str,
}

/// A complaint about a value at a place such as `["body", "threshold_db"]`.
pub(crate) fn complaint(
    kind: &'static str,
    place: &[&str],
    message: &str,
    input: &Value,
) -> Complaint {
    Complaint {
        kind,
        loc: place.iter().map(|part| Value::from(*part)).collect(),
        msg: message.to_owned(),
        input: input.clone(),
        ctx: None,
    }
}

/// The complaint about a body that is no JSON.
pub(crate) fn not_json() -> Complaint {
    Complaint {
        kind: "json_invalid",
        loc: vec!["body".into(), 0.into()],
        msg: "JSON decode error".to_owned(),
        input: json!({}),
        ctx: Some(Context {
            error: "Expecting value",
        }),
    }
}

const NOT_FLOAT: &str = "Input should be a valid number";
const NOT_INT: &str = "Input should be a valid integer";
const NOT_BOOL: &str = "Input should be a valid boolean";

/// Reads a number as the framework does: numbers, truth values, and texts that Python's `float`
/// takes, `nan` and `inf` among them.
pub(crate) fn float(value: &Value, place: &[&str]) -> Result<f64, Complaint> {
    match value {
        Value::Number(number) => Ok(number.as_f64().unwrap_or(f64::INFINITY)),
        Value::Bool(flag) => Ok(f64::from(u8::from(*flag))),
        Value::String(text) => text.trim().parse().map_err(|_not_a_number| {
            let message = format!("{NOT_FLOAT}, unable to parse string as a number");
            complaint("float_parsing", place, &message, value)
        }),
        _ => Err(complaint("float_type", place, NOT_FLOAT, value)),
    }
}

/// Reads a whole number: also texts, truth values, and numbers without a fraction.
pub(crate) fn int(value: &Value, place: &[&str]) -> Result<i128, Complaint> {
    match value {
        Value::Number(number) => number
            .as_i64()
            .map(i128::from)
            .or_else(|| number.as_f64().and_then(whole))
            .ok_or_else(|| {
                let message = format!("{NOT_INT}, got a number with a fractional part");
                complaint("int_from_float", place, &message, value)
            }),
        Value::Bool(flag) => Ok(i128::from(*flag)),
        Value::String(text) => text.trim().parse().map_err(|_not_a_number| {
            let message = format!("{NOT_INT}, unable to parse string as an integer");
            complaint("int_parsing", place, &message, value)
        }),
        _ => Err(complaint("int_type", place, NOT_INT, value)),
    }
}

/// Reads a truth value: also the words and digits for yes and no.
pub(crate) fn flag(value: &Value, place: &[&str]) -> Result<bool, Complaint> {
    let unclear = || {
        let message = format!("{NOT_BOOL}, unable to interpret input");
        complaint("bool_parsing", place, &message, value)
    };
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
            "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
            _ => Err(unclear()),
        },
        Value::Number(number) => match number.as_f64() {
            Some(1.0) => Ok(true),
            Some(0.0) => Ok(false),
            _ => Err(unclear()),
        },
        _ => Err(complaint("bool_type", place, NOT_BOOL, value)),
    }
}

/// Reads a text; nothing else becomes one.
pub(crate) fn text(value: &Value, place: &[&str]) -> Result<String, Complaint> {
    match value {
        Value::String(text) => Ok(text.clone()),
        _ => Err(complaint(
            "string_type",
            place,
            "Input should be a valid string",
            value,
        )),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "out of range saturates, and is refused later"
)]
fn whole(number: f64) -> Option<i128> {
    (number.fract() == 0.0).then_some(number as i128)
}
