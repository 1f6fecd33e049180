//! What a caller is told.

/// An answer of the device layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<T> {
    /// SLMM said so, no longer ago than this kind of value is kept as current.
    Fresh(T),
    /// SLMM did not answer (in time); this is what it said last, at most an hour ago.
    Remembered(T),
    /// SLMM did not answer and nothing is remembered.
    Nothing,
    /// SLMM was not asked: too much stood in line before, or it was given up meanwhile. Nothing is
    /// remembered, and the silence is nobody's but ours.
    Unasked,
}

impl<T> Answer<T> {
    /// What is remembered, if anything is.
    pub(crate) fn from_memory(remembered: Option<T>) -> Self {
        remembered.map_or(Self::Nothing, Self::Remembered)
    }

    /// The value, fresh or remembered.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Fresh(value) | Self::Remembered(value) => Some(value),
            Self::Nothing | Self::Unasked => None,
        }
    }

    /// The value itself, fresh or remembered.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Fresh(value) | Self::Remembered(value) => Some(value),
            Self::Nothing | Self::Unasked => None,
        }
    }

    /// Whether this is an old value given because SLMM did not answer.
    pub fn is_remembered(&self) -> bool {
        matches!(self, Self::Remembered(_))
    }

    /// The same answer about another value.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Fresh(value) => Answer::Fresh(with(value)),
            Self::Remembered(value) => Answer::Remembered(with(value)),
            Self::Nothing => Answer::Nothing,
            Self::Unasked => Answer::Unasked,
        }
    }
}
