//! The live panel of a location: the headline, its distance to the limit, the cards.

use domain::{Decibel, Limit, LocationState, Metric, TimeZone, Timestamp};
use serde::Serialize;

use super::glance::Glance;
use super::rail::Rail;
use super::strip::margin_words;
use super::symbol::{Figure, Symbols, figures, short_db};
use crate::page::location::CARDS;

/// What the script needs to go on from here, and what stands there before it runs.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Panel {
    /// Whether there is a meter to listen to.
    pub(in crate::page) streams: bool,
    /// As the JSON names them.
    pub(in crate::page) state: &'static str,
    pub(in crate::page) headline: &'static str,
    /// The tightest limit in force on the headline.
    pub(in crate::page) threshold: Option<Threshold>,
    /// The headline, whether current or last known; dB with one decimal.
    pub(in crate::page) value: Option<String>,
    pub(in crate::page) rail: Option<Rail>,
    pub(in crate::page) cards: Vec<Card>,
}

/// A limit as the script holds the headline against it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Threshold {
    pub(in crate::page) db: String,
    pub(in crate::page) comparison: &'static str,
    /// "3.8 dB above the limit".
    pub(in crate::page) margin: Option<String>,
}

/// A value, its name, and the time that it is of.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Card {
    pub(in crate::page) figure: Figure,
    pub(in crate::page) of: String,
}

impl Panel {
    /// The panel as of `now`.
    pub(crate) fn new(
        glance: &Glance<'_>,
        symbols: Symbols<'_>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Self {
        let observation = &glance.sight.sighting.observation;
        let headline = symbols.0.headline.metric();
        let level = observation
            .reading
            .and_then(|reading| reading.levels.get(headline));
        let since = glance.since(zone, now);
        let since = since.map(|since| format!("since {}", since.text));
        let live = glance.standing.is_live();
        let card = |figure: Figure, metric: Metric| Card {
            figure,
            of: if live {
                card_words(metric, since.as_deref())
            } else {
                "last value".to_owned()
            },
        };
        // A value that is not current is held against nothing.
        let limit = glance.headline_limit.filter(|_| live);
        Self {
            streams: observation.state != LocationState::NoMeter,
            state: observation.state.as_str(),
            headline: headline.as_str(),
            threshold: limit.map(|limit| Threshold::new(limit, level)),
            value: level.map(|level| level.to_string()),
            rail: level.filter(|_| live).map(|level| Rail::new(level, limit)),
            cards: figures(observation.reading.as_ref(), CARDS, symbols)
                .into_iter()
                .zip(CARDS)
                .map(|(figure, metric)| card(figure, metric))
                .collect(),
        }
    }
}

impl Threshold {
    fn new(limit: &Limit, level: Option<Decibel>) -> Self {
        Self {
            db: short_db(limit.threshold),
            comparison: limit.comparison.as_str(),
            margin: level.map(|level| limit_words(level.rounded() - limit.threshold)),
        }
    }
}

/// "3.8 dB above the limit", "at the limit".
fn limit_words(over: f64) -> String {
    format!("{} the limit", margin_words(over))
}

/// Of which time a quantity is; what runs since the measurement's start says so.
fn card_words(metric: Metric, since: Option<&str>) -> String {
    let running = since.unwrap_or("of the measurement");
    match metric {
        Metric::Lp => "at this moment".to_owned(),
        Metric::Leq => format!("average {running}"),
        Metric::Lmax => format!("highest {running}"),
        Metric::Ln1 | Metric::Ln2 | Metric::Lmin | Metric::Lpeak => running.to_owned(),
    }
}
