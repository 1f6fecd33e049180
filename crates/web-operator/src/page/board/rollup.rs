//! How many of a project's locations are in which state.

use domain::LocationState;
use serde::Serialize;

use crate::survey::Sight;

/// A state, a shape and a word for it, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Chip {
    /// The class, which is the name of its shape too.
    pub(crate) class: &'static str,
    /// Such as "4 measuring".
    pub(crate) words: String,
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

/// How a location counts: by its state, or as one of which SLMM was not asked yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing(Option<LocationState>);

impl Standing {
    pub(super) fn of(sight: &Sight) -> Self {
        Self(sight.heard.then_some(sight.observation.state))
    }
}

impl Chip {
    /// A limit that is being broken.
    pub(crate) fn above() -> Self {
        Self {
            class: "above",
            words: "above limit".to_owned(),
        }
    }

    /// A state by itself.
    pub(crate) fn of(state: LocationState) -> Self {
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

    pub(crate) fn sample() -> Self {
        Self::of(LocationState::Offline)
    }

    pub(super) fn samples(full: bool) -> Vec<Self> {
        if full {
            let states = [
                Some(LocationState::Measuring),
                Some(LocationState::Offline),
                None,
            ];
            rollup(&states.map(Standing), 1)
        } else {
            Vec::new()
        }
    }
}

const NOT_HEARD: &str = "not heard yet";

/// The states that occur, those above a limit first.
pub(super) fn rollup(standings: &[Standing], above: usize) -> Vec<Chip> {
    let number = |state| standings.iter().filter(|one| one.0 == state).count();
    let of_state = LocationState::ALL.iter().filter_map(|state| {
        let (class, word) = words(*state);
        Chip::count(class, number(Some(*state)), word)
    });
    Chip::count("above", above, "above limit")
        .into_iter()
        .chain(of_state)
        .chain(Chip::count("unavailable", number(None), NOT_HEARD))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rollup_counts_what_occurs_and_nothing_else() {
        let states = [
            Some(LocationState::Offline),
            None,
            Some(LocationState::Measuring),
            Some(LocationState::Measuring),
        ];
        let states = states.map(Standing);
        let words = |above| -> Vec<_> {
            let chips = rollup(&states, above);
            chips.into_iter().map(|chip| chip.words).collect()
        };
        assert_eq!(words(0), ["2 measuring", "1 offline", "1 not heard yet"]);
        assert_eq!(words(1)[..2], ["1 above limit", "2 measuring"]);
        assert!(rollup(&[], 0).is_empty());
    }
}
