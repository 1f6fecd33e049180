//! Breaches and interruptions as people read them.

use domain::{Breach, BreachStatus, Interruption, LocationState, TimeZone, Timestamp};
use serde::Serialize;

use super::symbol::{Symbol, Symbols, short_db};
use crate::survey::Sight;
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
    /// The time alone, where the day stands beside it.
    pub(in crate::page) time: When,
    /// "today", or the day.
    pub(in crate::page) day: String,
    pub(in crate::page) clear: Option<When>,
    pub(in crate::page) lasted: Option<String>,
    pub(in crate::page) peak: Option<String>,
    /// The level that breaks the limit at this moment, dB, where that is told.
    pub(in crate::page) level: Option<String>,
    pub(in crate::page) status: &'static str,
    pub(in crate::page) status_label: &'static str,
}

impl BreachRow {
    /// A breach at a location, as of `now`. One that is in progress is told as going on only while
    /// the location's readings are current.
    pub(crate) fn new(
        breach: &Breach,
        sight: &Sight<'_>,
        symbols: Symbols<'_>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Self {
        let observation = &sight.sighting.observation;
        let is_live = observation.state == LocationState::Measuring;
        let reading = observation.reading.filter(|_| is_live);
        let is_open = breach.status == BreachStatus::Active && !is_live;
        let end = match breach.status {
            BreachStatus::Active => Some(now).filter(|_| is_live),
            BreachStatus::Cleared => breach.clear_at,
            BreachStatus::Lapsed => None,
        };
        Self {
            place: None,
            limit: breach.limit.clone(),
            symbol: symbols.of(breach.metric),
            threshold: short_db(breach.threshold),
            onset: When::near(breach.onset_at, zone, now),
            time: When::minute(breach.onset_at, zone),
            day: When::day(breach.onset_at, zone, now),
            clear: breach
                .clear_at
                .map(|clear_at| When::near(clear_at, zone, breach.onset_at)),
            lasted: end.map(|end| duration(breach.onset_at, end)),
            peak: breach.peak.map(|peak| peak.to_string()),
            level: reading
                .filter(|_| breach.status == BreachStatus::Active)
                .and_then(|reading| reading.levels.get(breach.metric))
                .map(|level| level.to_string()),
            status: if is_open {
                "open"
            } else {
                breach.status.as_str()
            },
            status_label: if is_open {
                "Not over when last heard"
            } else {
                status_label(breach.status)
            },
        }
    }

    /// The same, on a page about several locations.
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}

/// The breaches of these locations, those in progress first, then the newest.
pub(crate) fn by_concern<'a>(
    sights: impl IntoIterator<Item = (usize, &'a Sight<'a>)>,
) -> Vec<(usize, &'a Sight<'a>, &'a Breach)> {
    let mut breaches: Vec<_> = sights
        .into_iter()
        .flat_map(|(index, sight)| {
            let breaches = sight.events.iter().flat_map(|events| &events.breaches);
            breaches.map(move |breach| (index, sight, breach))
        })
        .collect();
    breaches.sort_by_key(|(_, _, breach)| {
        let is_over = breach.status != BreachStatus::Active;
        (is_over, std::cmp::Reverse(breach.onset_at))
    });
    breaches
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
