//! The situation of a project in one plain sentence or two.

use super::standing::Standing;

/// What is to be said of these locations, by name and standing.
pub(crate) fn verdict(places: &[(&str, Standing)]) -> String {
    if places.is_empty() {
        return "No monitoring location has been set up yet.".to_owned();
    }
    let live = places
        .iter()
        .filter(|(_, standing)| standing.is_live())
        .count();
    if live == 0 {
        return nothing_live(places);
    }
    let concerns = CONCERNS
        .iter()
        .map(|(standing, one, many)| (named(places, &[*standing]), one, many));
    let mut said: Vec<String> = concerns
        .filter(|(names, _, _)| !names.is_empty())
        .map(|(names, one, many)| about(&names, one, many))
        .collect();
    let unknown = named(places, &[Standing::Unknown]);
    let free = named(places, &[Standing::Free]);
    let is_rest = free.is_empty() && unknown.is_empty() && !said.is_empty();
    said.extend(kept(places, live, is_rest));
    if !unknown.is_empty() {
        said.push(format!(
            "Of {} it cannot be told at the moment.",
            listed(&unknown)
        ));
    }
    if free.len() == live {
        said.push("No limit is in force now.".to_owned());
    } else if !free.is_empty() {
        said.push(about(
            &free,
            "has no limit in force now",
            "have no limit in force now",
        ));
    }
    said.join(" ")
}

/// What wants looking at, said of one location and of several.
const CONCERNS: [(Standing, &str, &str); 4] = [
    (
        Standing::Above,
        "is above its limit",
        "are above their limits",
    ),
    (
        Standing::Under,
        "is under its limit",
        "are under their limits",
    ),
    (
        Standing::Over,
        "is past the level of its limit, not yet long enough for a breach",
        "are past the level of their limits, not yet long enough for a breach",
    ),
    (
        Standing::Near,
        "is within 3 dB of its limit",
        "are within 3 dB of their limits",
    ),
];

fn named<'a>(places: &[(&'a str, Standing)], wanted: &[Standing]) -> Vec<&'a str> {
    let those = places
        .iter()
        .filter(|(_, standing)| wanted.contains(standing));
    those.map(|(name, _)| *name).collect()
}

/// Of those that keep to their limits; `is_rest` where something was said of every other.
fn kept(places: &[(&str, Standing)], live: usize, is_rest: bool) -> Option<String> {
    let names = named(places, &[Standing::Below, Standing::Within]);
    let (one, many, theirs) = if named(places, &[Standing::Within]).is_empty() {
        (
            "is below its limit",
            "are below their limits",
            "are below theirs",
        )
    } else {
        (
            "keeps to its limits",
            "keep to their limits",
            "keep to theirs",
        )
    };
    let count = names.len();
    Some(match count {
        0 => return None,
        1 if is_rest => format!("The other live location {one}."),
        _ if is_rest => format!("The other {} live locations {theirs}.", number(count)),
        2 if live == 2 => format!("Both live locations {many}."),
        _ if count > 2 && count == live => {
            format!("All {} live locations {many}.", number(count))
        }
        _ => about(&names, one, many),
    })
}

fn nothing_live(places: &[(&str, Standing)]) -> String {
    let all = |wanted: fn(Standing) -> bool| places.iter().all(|(_, standing)| wanted(*standing));
    if all(|standing| standing == Standing::Unavailable) {
        "The readings cannot be reached at the moment.".to_owned()
    } else if all(|standing| standing == Standing::NoMeter) {
        "No meter is assigned to this project at the moment.".to_owned()
    } else if all(|standing| matches!(standing, Standing::Stopped | Standing::NoMeter)) {
        "No location is measuring at the moment.".to_owned()
    } else {
        "There is no current reading from any location.".to_owned()
    }
}

/// A sentence on one or more locations; names while they are few.
fn about(names: &[&str], one: &str, many: &str) -> String {
    let verb = if names.len() == 1 { one } else { many };
    format!("{} {verb}.", listed(names))
}

fn listed(names: &[&str]) -> String {
    match names {
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        many => capital(&format!("{} locations", number(many.len()))),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn number(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::Standing::{
        Above, Below, Free, Near, NoMeter, Offline, Over, Stale, Stopped, Unavailable, Under,
        Unknown, Within,
    };
    use super::*;

    #[test]
    fn the_situation_is_said_in_plain_words() {
        let cases: &[(&[(&str, Standing)], &str)] = &[
            (&[], "No monitoring location has been set up yet."),
            (
                &[
                    ("North gate", Above),
                    ("A", Below),
                    ("B", Below),
                    ("C", Below),
                    ("D", Offline),
                ],
                "North gate is above its limit. The other three live locations are below theirs.",
            ),
            (
                &[("North gate", Above), ("Quay", Above), ("B", Below)],
                "North gate and Quay are above their limits. The other live location is below its limit.",
            ),
            (
                &[("A", Above), ("B", Above), ("C", Above), ("D", Above)],
                "Four locations are above their limits.",
            ),
            (&[("A", Below)], "A is below its limit."),
            (
                &[("A", Below), ("B", Below)],
                "Both live locations are below their limits.",
            ),
            (
                &[("A", Below), ("B", Below), ("C", Below), ("D", Stopped)],
                "All three live locations are below their limits.",
            ),
            (
                &[("A", Above), ("B", Near), ("C", Below)],
                "A is above its limit. B is within 3 dB of its limit. The other live location is below its limit.",
            ),
            (
                &[("A", Above), ("B", Below), ("C", Free)],
                "A is above its limit. B is below its limit. C has no limit in force now.",
            ),
            (&[("A", Near)], "A is within 3 dB of its limit."),
            (
                &[("A", Over), ("B", Below)],
                "A is past the level of its limit, not yet long enough for a breach. The other live location is below its limit.",
            ),
            (
                &[("A", Under), ("B", Within), ("C", Below)],
                "A is under its limit. The other two live locations keep to theirs.",
            ),
            (&[("A", Within)], "A keeps to its limits."),
            (&[("A", Free), ("B", Free)], "No limit is in force now."),
            (
                &[("A", Below), ("B", Free)],
                "A is below its limit. B has no limit in force now.",
            ),
            (
                &[("A", Below), ("B", Unknown)],
                "A is below its limit. Of B it cannot be told at the moment.",
            ),
            (
                &[("A", Unavailable)],
                "The readings cannot be reached at the moment.",
            ),
            (
                &[("A", Stopped), ("B", NoMeter)],
                "No location is measuring at the moment.",
            ),
            (
                &[("A", NoMeter)],
                "No meter is assigned to this project at the moment.",
            ),
            (
                &[("A", Stale), ("B", Stopped)],
                "There is no current reading from any location.",
            ),
        ];
        for (places, said) in cases {
            assert_eq!(&verdict(places), said);
        }
    }
}
