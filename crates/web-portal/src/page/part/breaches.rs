//! Breaches and interruptions as people read them.

use domain::{Breach, BreachStatus, Interruption, TimeZone, Timestamp};
use serde::Serialize;

use super::symbol::{Symbol, Symbols, short_db};
use web::when::{When, duration};

/// A location as a page links to it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Place {
    pub(in crate::page) id: String,
    pub(in crate::page) code: String,
    pub(in crate::page) name: String,
}

/// A breach as a row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BreachRow {
    /// Where, if the page is about several locations.
    pub(in crate::page) place: Option<Place>,
    pub(in crate::page) limit: String,
    pub(in crate::page) symbol: Symbol,
    /// dB, in as few digits as say it.
    pub(in crate::page) threshold: String,
    pub(in crate::page) onset: When,
    /// "today", or the day.
    pub(in crate::page) day: String,
    pub(in crate::page) clear: Option<When>,
    pub(in crate::page) lasted: Option<String>,
    pub(in crate::page) peak: Option<String>,
    pub(in crate::page) status: &'static str,
    pub(in crate::page) status_label: &'static str,
}

impl BreachRow {
    /// A breach of one of the meter's quantities, as of `now`.
    pub(crate) fn new(
        breach: &Breach,
        symbols: Symbols<'_>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Self {
        let end = match breach.status {
            BreachStatus::Active => Some(now),
            BreachStatus::Cleared => breach.clear_at,
            BreachStatus::Lapsed => None,
        };
        Self {
            place: None,
            limit: breach.limit.clone(),
            symbol: symbols.of(breach.metric),
            threshold: short_db(breach.threshold),
            onset: When::near(breach.onset_at, zone, now),
            day: When::day(breach.onset_at, zone, now),
            clear: breach
                .clear_at
                .map(|clear_at| When::near(clear_at, zone, breach.onset_at)),
            lasted: end.map(|end| duration(breach.onset_at, end)),
            peak: breach.peak.map(|peak| peak.to_string()),
            status: breach.status.as_str(),
            status_label: status_label(breach.status),
        }
    }

    /// The same, on a page about several locations.
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}

/// A status in words.
pub(crate) fn status_label(status: BreachStatus) -> &'static str {
    match status {
        BreachStatus::Active => "Active now",
        BreachStatus::Cleared => "Ended",
        BreachStatus::Lapsed => "End not recorded",
    }
}

/// An interruption as a row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InterruptionRow {
    pub(in crate::page) from: When,
    pub(in crate::page) to: Option<When>,
    pub(in crate::page) lasted: String,
}

impl InterruptionRow {
    /// A time without contact, as of `now`.
    pub(crate) fn new(interruption: &Interruption, zone: &TimeZone, now: Timestamp) -> Self {
        Self {
            from: When::near(interruption.from, zone, now),
            to: interruption.to.map(|to| When::near(to, zone, now)),
            lasted: duration(interruption.from, interruption.to.unwrap_or(now)),
        }
    }
}
