//! What happened at a project's locations, as rows, and how each is now.

use domain::{BreachStatus, Decibel, LocationState, TimeZone, Timestamp};
use serde::Serialize;
use store_operator::PlaceDetail;
use web::when::{When, duration};

use crate::OperatorSettings;
use crate::page::board::{Chip, short_metric};
use crate::survey::{Account, NOT_OVER, Told, goes_on};

/// Breaches on the page.
const MOST: usize = 40;

/// How a location is now.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Now {
    pub(super) state: Chip,
    /// The headline quantity, such as `Leq`.
    pub(super) symbol: String,
    /// dB with one decimal, where the meter has a value.
    pub(super) level: Option<String>,
    /// Whether that is of now.
    pub(super) live: bool,
    /// How old it is.
    pub(super) age: Option<When>,
}

/// A breach as a row.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BreachRow {
    pub(super) place: String,
    pub(super) unit: String,
    /// Such as "Night noise: Leq, 65.0 dB".
    pub(super) limit: String,
    pub(super) onset: When,
    /// How long; of one that is active, so far.
    pub(super) lasted: Option<String>,
    /// dB with one decimal, where recorded.
    pub(super) peak: Option<String>,
    pub(super) active: bool,
    /// Such as "Ended".
    pub(super) state: &'static str,
    pub(super) clear: Option<When>,
}

/// What happened at all locations.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Breaches {
    pub(super) rows: Vec<BreachRow>,
    pub(super) active: usize,
    /// Older ones that are left out.
    pub(super) more: usize,
    /// Locations of which SLMM does not tell everything.
    pub(super) untold: Vec<String>,
}

impl Now {
    pub(super) fn of(account: &Account, settings: &OperatorSettings, now: Timestamp) -> Self {
        let observation = &account.observation;
        let metric = settings.headline.metric();
        let reading = observation.reading.as_ref();
        let level = reading.and_then(|reading| reading.levels.get(metric));
        let is_live = observation.state == LocationState::Measuring;
        Self {
            state: if account.is_above() {
                Chip::above()
            } else {
                Chip::of(observation.state)
            },
            symbol: short_metric(settings, metric),
            level: level.map(|level| level.to_string()),
            live: is_live,
            age: reading.map(|reading| When::ago(reading.at, now)),
        }
    }
}

impl Breaches {
    /// Active ones first, then the newest.
    pub(super) fn of(
        places: &[PlaceDetail],
        accounts: &[Account],
        settings: &OperatorSettings,
        (zone, now): (&TimeZone, Timestamp),
    ) -> Self {
        let both = || places.iter().zip(accounts);
        let mut told: Vec<(&PlaceDetail, &Account, &Told)> = both()
            .flat_map(|(place, account)| {
                let told = account.breaches.iter();
                told.map(move |told| (place, account, told))
            })
            .collect();
        told.sort_by_key(|(.., told)| {
            let is_over = told.breach.status != BreachStatus::Active;
            (is_over, std::cmp::Reverse(told.breach.onset_at))
        });
        let row = |(place, account, told): &(&PlaceDetail, &Account, &Told)| {
            let active = goes_on(&told.breach, &account.observation);
            let place = &place.location.name;
            BreachRow::new(place, told, active, settings, (zone, now))
        };
        let rows: Vec<_> = told.iter().take(MOST).map(row).collect();
        Self {
            active: rows.iter().filter(|row| row.active).count(),
            more: told.len().saturating_sub(MOST),
            untold: both()
                .filter(|(_, account)| !account.complete)
                .map(|(place, _)| place.location.name.clone())
                .collect(),
            rows,
        }
    }
}

impl BreachRow {
    fn new(
        place: &str,
        told: &Told,
        active: bool,
        settings: &OperatorSettings,
        (zone, now): (&TimeZone, Timestamp),
    ) -> Self {
        let breach = &told.breach;
        let threshold = Decibel::new(breach.threshold);
        let threshold = threshold.map_or_else(|| breach.threshold.to_string(), |db| db.to_string());
        let metric = short_metric(settings, breach.metric);
        let end = match breach.status {
            BreachStatus::Active => Some(now).filter(|_| active),
            BreachStatus::Cleared => breach.clear_at,
            BreachStatus::Lapsed => None,
        };
        Self {
            place: place.to_owned(),
            unit: told.unit.to_string(),
            limit: format!("{}: {metric}, {threshold} dB", breach.limit),
            onset: When::near(breach.onset_at, zone, now),
            lasted: end.map(|end| duration(breach.onset_at, end)),
            peak: breach.peak.map(|peak| peak.to_string()),
            active,
            state: match breach.status {
                BreachStatus::Active if active => "Active now",
                BreachStatus::Active => NOT_OVER,
                BreachStatus::Cleared => "Ended",
                BreachStatus::Lapsed => "End not recorded",
            },
            clear: breach.clear_at.map(|at| When::near(at, zone, now)),
        }
    }
}
