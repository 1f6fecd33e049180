//! A field as it was given, in a form or in JSON, before anybody knows what it means.

use domain::Decibel;
use serde_json::Value;

/// A field as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Given {
    /// Not at all, or null: SLMM's default counts.
    #[default]
    Absent,
    /// True or false.
    Flag(bool),
    /// A number, as it was written.
    Number(String),
    /// A text.
    Text(String),
    /// Several values, as of check boxes of one name.
    List(Vec<Given>),
    /// Something else, which is right nowhere: an object, a number beyond all numbers.
    Other,
}

impl Given {
    /// A number with a fraction or without, written in JSON's manner or a form's.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
            // Digits with at most one point: no field takes a level that no meter shows.
            Self::Text(text) => Decibel::parse(text).map(Decibel::db),
            _ => None,
        }
    }

    /// A whole number from 0 on. JSON may write it as `60.0`.
    pub(super) fn whole(&self) -> Option<u32> {
        match self {
            Self::Number(text) => {
                // The sum turns −0.0 into 0.0, which would be written with its sign.
                let number = text.parse::<f64>().ok()? + 0.0;
                let whole = number.is_finite() && number.fract().abs() <= 0.0;
                let text = whole.then(|| format!("{number:.0}"))?;
                text.parse().ok()
            }
            Self::Text(text) => {
                let digits = text.trim_matches(' ');
                let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
                plain.then(|| digits.parse().ok()).flatten()
            }
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&Value> for Given {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Absent,
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(values) => Self::List(values.iter().map(Self::from).collect()),
            Value::Object(_) => Self::Other,
        }
    }
}

impl From<&str> for Given {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Given {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Given {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<f64> for Given {
    fn from(number: f64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<i64> for Given {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

impl<T: Into<Self>> From<Option<T>> for Given {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}
