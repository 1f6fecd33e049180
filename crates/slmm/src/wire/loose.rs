//! A field that may hold anything, of which only one kind of value is of use.

use std::fmt;
use std::marker::PhantomData;

use domain::{Decibel, Timestamp};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::time;

/// A field's value, if it is of the kind that is of use there.
#[derive(Debug)]
pub struct Loose<T>(pub Option<T>);

impl<T> Default for Loose<T> {
    fn default() -> Self {
        Self(None)
    }
}

/// What a field holds. Lists and objects are of no use in any of ours.
#[derive(Debug, Clone, Copy)]
pub enum Scalar<'a> {
    /// True or false.
    Flag(bool),
    /// A number without a point.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(&'a str),
}

/// A kind of value a field can be of use as.
pub trait OfScalar: Sized {
    /// The value, if it is of this kind.
    fn of(scalar: Scalar<'_>) -> Option<Self>;
}

impl OfScalar for bool {
    fn of(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Flag(flag) => Some(flag),
            _ => None,
        }
    }
}

impl OfScalar for i64 {
    fn of(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Integer(number) => Some(number),
            _ => None,
        }
    }
}

/// A threshold, margin or level; integers far beyond any of them are no value.
impl OfScalar for f64 {
    fn of(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Number(number) => Some(number).filter(|number| number.is_finite()),
            Scalar::Integer(number) => i32::try_from(number).ok().map(f64::from),
            _ => None,
        }
    }
}

impl OfScalar for String {
    fn of(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

/// Levels are texts where they come from the meter, and numbers where SLMM worked with them.
impl OfScalar for Decibel {
    fn of(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => Self::parse(text),
            other => f64::of(other).and_then(Self::new),
        }
    }
}

impl OfScalar for Timestamp {
    fn of(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => time::parse(text),
            _ => None,
        }
    }
}

impl<'de, T: OfScalar> Deserialize<'de> for Loose<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything(PhantomData))
    }
}

struct Anything<T>(PhantomData<T>);

impl<'de, T: OfScalar> Visitor<'de> for Anything<T> {
    type Value = Loose<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Loose(T::of(Scalar::Flag(flag))))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Loose(T::of(Scalar::Integer(number))))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        let number = i64::try_from(number).ok();
        Ok(Loose(
            number.and_then(|number| T::of(Scalar::Integer(number))),
        ))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Loose(T::of(Scalar::Number(number))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Loose(T::of(Scalar::Text(text))))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Loose(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Loose(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Loose(None))
    }
}
