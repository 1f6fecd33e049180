//! The situation of a project in one plain sentence or two.

use super::standing::Standing;

/// What is to be said of these locations, by name and standing.
pub(crate) fn verdict(places: &[(&str, Standing)]) -> String {
    if places.is_empty() {
        return "No monitoring location has been set up yet.".to_owned();
    }
    let named = |wanted: fn(Standing) -> bool| -> Vec<&str> {
        let those = places.iter().filter(|(_, standing)| wanted(*standing));
        those.map(|(name, _)| *name).collect()
    };
    let above = named(|standing| standing == Standing::Above);
    let over = named(|standing| standing == Standing::Near { over: true });
    let near = named(|standing| standing == Standing::Near { over: false });
    let below = named(|standing| standing == Standing::Below);
    let unknown = named(|standing| standing == Standing::Unknown);
    let free = named(|standing| standing == Standing::Free);
    let live = named(Standing::is_live).len();
    if live == 0 {
        return nothing_live(places);
    }
    let mut said = Vec::new();
    if !above.is_empty() {
        said.push(about(
            &above,
            "is above its limit",
            "are above their limits",
        ));
    }
    if !over.is_empty() {
        said.push(about(
            &over,
            "is over the level of its limit, not yet long enough for a breach",
            "are over the level of their limits, not yet long enough for a breach",
        ));
    }
    if !near.is_empty() {
        said.push(about(
            &near,
            "is within 3 dB of its limit",
            "are within 3 dB of their limits",
        ));
    }
    if !below.is_empty() {
        let rest = free.is_empty() && unknown.is_empty();
        said.push(if rest && !said.is_empty() {
            others(below.len())
        } else {
            all_or_some(&below, live)
        });
    }
    if !unknown.is_empty() {
        said.push(format!(
            "Of {} it cannot be told at the moment.",
            listed(&unknown)
        ));
    }
    if !free.is_empty() {
        said.push(if free.len() == live {
            "No limit is in force now.".to_owned()
        } else {
            about(
                &free,
                "has no limit in force now",
                "have no limit in force now",
            )
        });
    }
    said.join(" ")
}

/// Of those that nothing was said of yet.
fn others(count: usize) -> String {
    match count {
        1 => "The other live location is below its limit.".to_owned(),
        _ => format!(
            "The other {} live locations are below theirs.",
            number(count)
        ),
    }
}

fn all_or_some(below: &[&str], live: usize) -> String {
    match below.len() {
        2 if live == 2 => "Both live locations are below their limits.".to_owned(),
        count if count > 2 && count == live => {
            format!(
                "All {} live locations are below their limits.",
                number(count)
            )
        }
        _ => about(below, "is below its limit", "are below their limits"),
    }
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
        Above, Below, Free, NoMeter, Offline, Stale, Stopped, Unavailable, Unknown,
    };
    use super::*;

    const NEAR: Standing = Standing::Near { over: false };
    const OVER: Standing = Standing::Near { over: true };

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
                &[("A", Above), ("B", NEAR), ("C", Below)],
                "A is above its limit. B is within 3 dB of its limit. The other live location is below its limit.",
            ),
            (
                &[("A", Above), ("B", Below), ("C", Free)],
                "A is above its limit. B is below its limit. C has no limit in force now.",
            ),
            (&[("A", NEAR)], "A is within 3 dB of its limit."),
            (
                &[("A", OVER), ("B", Below)],
                "A is over the level of its limit, not yet long enough for a breach. The other live location is below its limit.",
            ),
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
