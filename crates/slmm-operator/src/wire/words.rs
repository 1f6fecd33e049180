//! Texts of which nothing is known but that people may read them.

use slmm::plumbing::{Loose, OfScalar, Scalar};

/// A text, or a number as one, without blanks around.
#[derive(Debug)]
pub(super) struct Words(String);

impl OfScalar for Words {
    fn of(scalar: Scalar<'_>) -> Option<Self> {
        let text = match scalar {
            Scalar::Text(text) => text.trim().to_owned(),
            Scalar::Integer(number) => number.to_string(),
            Scalar::Number(number) => number.to_string(),
            Scalar::Flag(_) => return None,
        };
        // The meter's own word for no value.
        let says_something = !text.is_empty() && text != "-.-";
        says_something.then_some(Self(text))
    }
}

/// The text, cut at so many characters.
pub(super) fn at_most(length: usize, words: Loose<Words>) -> Option<String> {
    words.0.map(|words| words.0.chars().take(length).collect())
}

/// A count: a number from 0 on.
pub(super) fn count(number: &Loose<i64>) -> Option<u32> {
    number.0.and_then(|number| u32::try_from(number).ok())
}
