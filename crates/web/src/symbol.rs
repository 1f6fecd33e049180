//! Quantities as the field writes them.

use domain::Metric;
use serde::Serialize;

/// A quantity: a letter and what stands below the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Symbol {
    /// `L`.
    pub letter: String,
    /// `eq`.
    pub below: String,
    /// For those who hear the page.
    pub spoken: String,
}

impl Symbol {
    /// The symbol of a quantity; `ln1` and `ln2` are what the meters' percentiles are set to, such as
    /// `L10`.
    pub fn of(metric: Metric, ln1: &str, ln2: &str) -> Self {
        let (label, spoken) = match metric {
            Metric::Lp => ("Lp", "instantaneous level".to_owned()),
            Metric::Leq => ("Leq", "average level".to_owned()),
            Metric::Lmax => ("Lmax", "highest level".to_owned()),
            Metric::Lmin => ("Lmin", "lowest level".to_owned()),
            Metric::Lpeak => ("Lpeak", "highest peak".to_owned()),
            Metric::Ln1 => percentile(ln1),
            Metric::Ln2 => percentile(ln2),
        };
        let mut letters = label.chars();
        let letter = letters.next().map(String::from).unwrap_or_default();
        Self {
            letter,
            below: letters.collect(),
            spoken,
        }
    }

    /// The symbol on one line, such as `Leq`.
    pub fn plain(&self) -> String {
        format!("{}{}", self.letter, self.below)
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
