//! Quantities and their values, as the field writes them.

use domain::{Metric, Reading};
use serde::Serialize;

use crate::PortalSettings;

/// A quantity: a letter and what stands below the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Symbol {
    pub(in crate::page) letter: String,
    pub(in crate::page) below: String,
    /// For those who hear the page.
    pub(in crate::page) spoken: String,
}

impl Symbol {
    /// The symbol on one line, such as `Leq`.
    pub(crate) fn plain(&self) -> String {
        format!("{}{}", self.letter, self.below)
    }
}

/// How the meters' quantities are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbols<'a>(pub(crate) &'a PortalSettings);

impl Symbols<'_> {
    pub(crate) fn of(self, metric: Metric) -> Symbol {
        let (label, spoken) = match metric {
            Metric::Lp => ("Lp", "instantaneous level".to_owned()),
            Metric::Leq => ("Leq", "average level".to_owned()),
            Metric::Lmax => ("Lmax", "highest level".to_owned()),
            Metric::Lmin => ("Lmin", "lowest level".to_owned()),
            Metric::Lpeak => ("Lpeak", "highest peak".to_owned()),
            Metric::Ln1 => percentile(&self.0.ln1_label),
            Metric::Ln2 => percentile(&self.0.ln2_label),
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

/// A percentile by its label, such as `L10`: the level exceeded for 10 % of the time.
fn percentile(label: &str) -> (&str, String) {
    let share = label.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let spoken = match share.parse::<f64>() {
        Ok(share) => format!("level exceeded {share} % of the time"),
        Err(_) => "level exceeded for a share of the time".to_owned(),
    };
    (label, spoken)
}

/// One value with its name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    /// As the JSON names it.
    pub(in crate::page) metric: &'static str,
    pub(in crate::page) symbol: Symbol,
    /// dB with one decimal; `None` where the meter has no value.
    pub(in crate::page) value: Option<String>,
}

/// The figures of a reading; without one, names without values.
pub(crate) fn figures(
    reading: Option<&Reading>,
    metrics: impl IntoIterator<Item = Metric>,
    symbols: Symbols<'_>,
) -> Vec<Figure> {
    let figure = |metric: Metric| Figure {
        metric: metric.as_str(),
        symbol: symbols.of(metric),
        value: reading
            .and_then(|reading| reading.levels.get(metric))
            .map(|level| level.to_string()),
    };
    metrics.into_iter().map(figure).collect()
}

/// A number of dB in as few digits as say it: "70", "70.5". Thresholds are set by people, who
/// write whole numbers.
pub(crate) fn short_db(db: f64) -> String {
    let text = format!("{db:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
