//! Half-open stretches of time.

use jiff::Timestamp;

/// The stretch `[from, until)`; `until` `None` is still running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first moment inside, UTC.
    pub from: Timestamp,
    /// The first moment after, UTC.
    pub until: Option<Timestamp>,
}

impl Window {
    /// Whether the moment lies inside.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether any moment lies inside both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end = |a: &Self, b: &Self| b.until.is_none_or(|until| a.from < until);
        !self.is_empty()
            && !other.is_empty()
            && begins_before_end(self, other)
            && begins_before_end(other, self)
    }

    /// Whether no moment lies inside.
    pub fn is_empty(&self) -> bool {
        self.until.is_some_and(|until| until <= self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn window(from: i64, until: Option<i64>) -> Window {
        Window {
            from: at(from),
            until: until.map(at),
        }
    }

    #[test]
    fn the_end_is_outside() {
        let stay = window(10, Some(20));
        assert!(!stay.contains(at(9)) && stay.contains(at(10)) && stay.contains(at(19)));
        assert!(!stay.contains(at(20)));
        assert!(window(10, None).contains(at(i64::from(u32::MAX))));
    }

    #[test]
    fn back_to_back_windows_do_not_overlap() {
        assert!(!window(10, Some(20)).overlaps(&window(20, None)));
        assert!(window(10, Some(21)).overlaps(&window(20, None)));
        assert!(!window(10, Some(10)).overlaps(&window(5, None)));
    }

    proptest! {
        #[test]
        fn overlap_is_a_shared_moment(a in 0..20_i64, la in 0..10_i64, b in 0..20_i64, lb in 0..10_i64) {
            let (one, two) = (window(a, Some(a + la)), window(b, Some(b + lb)));
            let shared = (0..40).any(|second| one.contains(at(second)) && two.contains(at(second)));
            prop_assert_eq!(one.overlaps(&two), shared);
            prop_assert_eq!(two.overlaps(&one), shared);
        }
    }
}
