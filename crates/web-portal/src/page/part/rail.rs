//! The level rail: a value on a fixed scale, the limit as a notch, hatched above it.

use domain::{Comparison, Decibel, Limit, Margin};
use serde::Serialize;

use super::symbol::short_db;

/// The ends of the scale, dB.
pub(crate) const SCALE: (f64, f64) = (30.0, 100.0);

/// A value on the scale. Positions are per cent of its length, as SVG takes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Rail {
    /// How the value keeps to this limit: `above`, `near`, `below`, or none.
    pub(in crate::page) class: &'static str,
    pub(in crate::page) fill: String,
    pub(in crate::page) notch: Option<Notch>,
    /// The same for those who hear the page.
    pub(in crate::page) spoken: String,
}

/// Where a limit stands on the scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Notch {
    pub(in crate::page) at: String,
    /// From where, and how far, the forbidden side reaches.
    pub(in crate::page) from: String,
    pub(in crate::page) rest: String,
    pub(in crate::page) label: String,
    /// `start`, `middle` or `end`: the label stays within the scale.
    pub(in crate::page) anchor: &'static str,
}

impl Rail {
    /// The rail of a level and the limit it is held against.
    pub(crate) fn new(level: Decibel, limit: Option<&Limit>) -> Self {
        let limit_words = limit
            .map(|limit| format!(", limit {}", short_db(limit.threshold)))
            .unwrap_or_default();
        let (low, high) = SCALE;
        Self {
            class: limit.map_or("", |limit| class(level, limit)),
            fill: percent(position(level.db())),
            notch: limit.map(Notch::new),
            spoken: format!("{level} dB on a scale of {low} to {high}{limit_words}"),
        }
    }
}

fn class(level: Decibel, limit: &Limit) -> &'static str {
    let over = match limit.comparison {
        Comparison::Above => level.db() - limit.threshold,
        Comparison::Below => limit.threshold - level.db(),
    };
    match over {
        _ if over > 0.0 => "above",
        _ if over >= -Margin::NEAR => "near",
        _ => "below",
    }
}

impl Notch {
    fn new(limit: &Limit) -> Self {
        let at = position(limit.threshold);
        let (from, rest) = match limit.comparison {
            Comparison::Above => (at, 100.0 - at),
            Comparison::Below => (0.0, at),
        };
        Self {
            at: percent(at),
            from: percent(from),
            rest: percent(rest),
            label: format!("limit {}", short_db(limit.threshold)),
            // The ends of the scale are labelled too.
            anchor: match at {
                ..22.0 => "start",
                78.0.. => "end",
                _ => "middle",
            },
        }
    }
}

/// Per cent of the scale, within it.
fn position(db: f64) -> f64 {
    let (low, high) = SCALE;
    ((db - low) / (high - low) * 100.0).clamp(0.0, 100.0)
}

/// A position as SVG takes it.
pub(crate) fn percent(value: f64) -> String {
    format!("{value:.2}%")
}
