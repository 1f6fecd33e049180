//! What several pages are made of.

use domain::{
    Breach, BreachStatus, Comparison, Interruption, Limit, LocationState, Metric, Reading,
    Schedule, TimeZone, Timestamp,
};
use serde::Serialize;

use super::when::{When, duration};
use crate::PortalSettings;
use crate::survey::Sight;

/// A quantity as the field writes it: a letter and what stands below the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Symbol {
    pub(super) letter: String,
    pub(super) below: String,
    /// For those who hear the page.
    pub(super) spoken: &'static str,
}

/// How the meters' quantities are written.
#[derive(Debug, Clone)]
pub(crate) struct Symbols<'a>(pub(crate) &'a PortalSettings);

impl Symbols<'_> {
    pub(crate) fn of(&self, metric: Metric) -> Symbol {
        let (label, spoken) = match metric {
            Metric::Lp => ("Lp", "level now"),
            Metric::Leq => ("Leq", "average level"),
            Metric::Lmax => ("Lmax", "highest level"),
            Metric::Lmin => ("Lmin", "lowest level"),
            Metric::Lpeak => ("Lpeak", "highest peak"),
            Metric::Ln1 => (
                self.0.ln1_label.as_str(),
                "level exceeded for the first share of the time",
            ),
            Metric::Ln2 => (
                self.0.ln2_label.as_str(),
                "level exceeded for the second share of the time",
            ),
        };
        let mut letters = label.chars();
        let letter = letters.next().map(String::from).unwrap_or_default();
        Symbol {
            letter,
            below: letters.collect(),
            spoken,
        }
    }
}

/// One value with its name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    pub(super) symbol: Symbol,
    /// dB with one decimal; `None` where the meter has no value.
    pub(super) value: Option<String>,
}

/// The figures of a reading.
pub(crate) fn figures(reading: &Reading, metrics: &[Metric], symbols: &Symbols<'_>) -> Vec<Figure> {
    let figure = |metric: &Metric| Figure {
        symbol: symbols.of(*metric),
        value: reading.levels.get(*metric).map(|level| level.to_string()),
    };
    metrics.iter().map(figure).collect()
}

/// The state of a location in a word and a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct StateMark {
    /// Names the shape and the colour in the style sheet.
    class: &'static str,
    label: &'static str,
}

impl StateMark {
    pub(crate) fn of(state: LocationState, above_limit: bool) -> Self {
        let (class, label) = match state {
            LocationState::Measuring if above_limit => ("above", "Above limit"),
            LocationState::Measuring => ("measuring", "Measuring"),
            LocationState::Stopped => ("stopped", "Stopped"),
            LocationState::Stale => ("stale", "Stale"),
            LocationState::Offline => ("offline", "Offline"),
            LocationState::NoData => ("no-data", "No data"),
            LocationState::NoMeter => ("no-meter", "No meter"),
            LocationState::Unavailable => ("unavailable", "Unavailable"),
        };
        Self { class, label }
    }
}

/// Why there is no current number, in one sentence; `None` where there is one.
pub(crate) fn explanation(sight: &Sight<'_>, zone: &TimeZone, now: Timestamp) -> Option<String> {
    let last = sight
        .sighting
        .observation
        .reading
        .map(|reading| When::near(reading.at, zone, now));
    let since = |text: &str| last.as_ref().map(|when| format!("{text} {}.", when.text));
    match sight.sighting.observation.state {
        LocationState::Measuring => None,
        LocationState::Stopped => {
            Some("The meter is not measuring. The values are those of its last measurement.".into())
        }
        LocationState::Stale => since("No new reading since"),
        LocationState::Offline => since("No contact with the meter. Last reading at")
            .or(Some("No contact with the meter.".into())),
        LocationState::NoData => Some("The meter has not given a reading yet.".into()),
        LocationState::NoMeter => Some("No meter is assigned to this location.".into()),
        LocationState::Unavailable => Some("The readings cannot be reached at the moment.".into()),
    }
}

/// A breach as a row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BreachRow {
    /// The location's id and name, where the page is about several.
    pub(super) location: Option<(String, String)>,
    pub(super) limit: String,
    pub(super) symbol: Symbol,
    pub(super) threshold: String,
    pub(super) onset: When,
    pub(super) lasted: Option<String>,
    pub(super) peak: Option<String>,
    pub(super) status: &'static str,
    pub(super) status_label: &'static str,
}

impl BreachRow {
    pub(crate) fn new(
        breach: &Breach,
        symbols: &Symbols<'_>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Self {
        let lasted = match breach.status {
            BreachStatus::Active => Some(duration(breach.onset_at, now)),
            BreachStatus::Cleared => breach
                .clear_at
                .map(|clear_at| duration(breach.onset_at, clear_at)),
            BreachStatus::Lapsed => None,
        };
        Self {
            location: None,
            limit: breach.limit.clone(),
            symbol: symbols.of(breach.metric),
            threshold: format!("{:.1}", breach.threshold),
            onset: When::near(breach.onset_at, zone, now),
            lasted,
            peak: breach.peak.map(|peak| peak.to_string()),
            status: breach.status.as_str(),
            status_label: match breach.status {
                BreachStatus::Active => "Active",
                BreachStatus::Cleared => "Over",
                BreachStatus::Lapsed => "End not recorded",
            },
        }
    }

    pub(crate) fn at(mut self, id: String, name: String) -> Self {
        self.location = Some((id, name));
        self
    }
}

/// An interruption as a row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InterruptionRow {
    pub(super) from: When,
    pub(super) to: Option<When>,
    pub(super) lasted: String,
}

impl InterruptionRow {
    pub(crate) fn new(interruption: &Interruption, zone: &TimeZone, now: Timestamp) -> Self {
        Self {
            from: When::near(interruption.from, zone, now),
            to: interruption.to.map(|to| When::near(to, zone, now)),
            lasted: duration(interruption.from, interruption.to.unwrap_or(now)),
        }
    }
}

/// A limit in words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LimitLine {
    pub(super) name: String,
    pub(super) symbol: Symbol,
    /// "above 65.0 dB for 60 s, 22:00 to 07:00, Mon to Fri".
    pub(super) words: String,
}

impl LimitLine {
    /// `None` for a limit that is switched off or watches nothing.
    pub(crate) fn of(limit: &Limit, symbols: &Symbols<'_>) -> Option<Self> {
        let metric = limit.metric.filter(|_| limit.enabled)?;
        let side = match limit.comparison {
            Comparison::Above => "above",
            Comparison::Below => "below",
        };
        let lasting = match limit.duration_s {
            ..=0 => String::new(),
            seconds => format!(" for {seconds} s"),
        };
        let hours = limit
            .schedule
            .as_ref()
            .map(schedule_words)
            .unwrap_or_default();
        let words = format!("{side} {:.1} dB{lasting}{hours}", limit.threshold);
        Some(Self {
            name: limit.name.clone(),
            symbol: symbols.of(metric),
            words,
        })
    }
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn schedule_words(schedule: &Schedule) -> String {
    let hours = schedule
        .hours
        .map(|(start, end)| format!(", {start} to {end}"))
        .unwrap_or_default();
    let days = schedule
        .days
        .as_deref()
        .map(day_words)
        .map(|days| format!(", {days}"))
        .unwrap_or_default();
    hours + &days
}

/// "Mon to Fri" for a run of three or more, else each day.
fn day_words(days: &[u8]) -> String {
    let name = |day: &u8| DAYS.get(usize::from(*day)).copied().unwrap_or_default();
    let is_run = days
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a + 1 == *b));
    match days {
        [first, .., last] if is_run && days.len() > 2 => {
            format!("{} to {}", name(first), name(last))
        }
        _ => days.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_people_say_them() {
        for (days, said) in [
            (&[0, 1, 2, 3, 4][..], "Mon to Fri"),
            (&[5, 6], "Sat, Sun"),
            (&[0, 2, 4], "Mon, Wed, Fri"),
            (&[6], "Sun"),
        ] {
            assert_eq!(day_words(days), said);
        }
    }
}
