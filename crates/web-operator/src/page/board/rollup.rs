//! How many of a project's locations are in which state.

use domain::LocationState;
use serde::Serialize;

/// A state, a shape and a word for it, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Chip {
    /// The class, which is the name of its shape too.
    pub(super) class: &'static str,
    /// Such as "4 measuring".
    pub(super) words: String,
}

/// The word and the shape of a state.
pub(crate) fn words(state: LocationState) -> (&'static str, &'static str) {
    match state {
        LocationState::Measuring => ("free", "measuring"),
        LocationState::Stopped => ("stopped", "stopped"),
        LocationState::Stale => ("stale", "stale"),
        LocationState::Offline => ("offline", "offline"),
        LocationState::NoData => ("no-data", "no data"),
        LocationState::NoMeter => ("no-meter", "no meter"),
        LocationState::Unavailable => ("unavailable", "unavailable"),
    }
}

impl Chip {
    /// A state by itself.
    pub(super) fn of(state: LocationState) -> Self {
        let (class, word) = words(state);
        Self {
            class,
            words: word.to_owned(),
        }
    }

    fn count(class: &'static str, count: usize, word: &str) -> Option<Self> {
        (count > 0).then(|| Self {
            class,
            words: format!("{count} {word}"),
        })
    }

    pub(super) fn sample() -> Self {
        Self::of(LocationState::Offline)
    }

    pub(super) fn samples(full: bool) -> Vec<Self> {
        if full {
            rollup(&[LocationState::Measuring, LocationState::Offline], 1)
        } else {
            Vec::new()
        }
    }
}

/// The states that occur, those above a limit first.
pub(super) fn rollup(states: &[LocationState], above: usize) -> Vec<Chip> {
    let of_state = LocationState::ALL.iter().filter_map(|state| {
        let count = states.iter().filter(|one| *one == state).count();
        let (class, word) = words(*state);
        Chip::count(class, count, word)
    });
    Chip::count("above", above, "above limit")
        .into_iter()
        .chain(of_state)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rollup_counts_what_occurs_and_nothing_else() {
        let states = [
            LocationState::Offline,
            LocationState::Measuring,
            LocationState::Measuring,
        ];
        let words = |above| -> Vec<_> {
            let chips = rollup(&states, above);
            chips.into_iter().map(|chip| chip.words).collect()
        };
        assert_eq!(words(0), ["2 measuring", "1 offline"]);
        assert_eq!(words(1), ["1 above limit", "2 measuring", "1 offline"]);
        assert!(rollup(&[], 0).is_empty());
    }
}
