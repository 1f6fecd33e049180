//! One location at a glance.

use domain::{Comparison, Limit, Margin, Metric, TimeZone, Timestamp, Trail, in_force};
use serde::Serialize;

use super::code::code;
use super::rail::Rail;
use super::spark::Spark;
use super::standing::{Mark, Standing, tightest};
use super::strip::{Place, margin_words};
use super::symbol::{Figure, Symbol, Symbols, figures, short_db};
use super::why::why;
use crate::Portal;
use crate::survey::Sight;
use web::when::When;

/// The quantities a tile shows, the headline among them.
const METRICS: [Metric; 5] = [
    Metric::Lp,
    Metric::Leq,
    Metric::Lmax,
    Metric::Ln1,
    Metric::Ln2,
];

/// A tile, a pin and the head of a location's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Tile {
    pub(in crate::page) id: String,
    pub(in crate::page) code: String,
    pub(in crate::page) name: String,
    pub(in crate::page) mark: Mark,
    pub(in crate::page) headline: Symbol,
    /// dB with one decimal; only where it is current, or stale and to be read as such.
    pub(in crate::page) value: Option<String>,
    /// When the measurement began.
    pub(in crate::page) since: Option<When>,
    /// When the reading was taken, as an age.
    pub(in crate::page) age: Option<When>,
    /// Since when a limit is being broken.
    pub(in crate::page) above_since: Option<When>,
    pub(in crate::page) rail: Option<Rail>,
    pub(in crate::page) spark: Option<Spark>,
    /// The tightest limit, where it is not the headline's.
    pub(in crate::page) closest: Option<Closest>,
    pub(in crate::page) why: Option<String>,
    /// Whether SLMM is away and this is what it last said.
    pub(in crate::page) remembered: bool,
    pub(in crate::page) figures: Vec<Figure>,
    pub(in crate::page) latitude: Option<f64>,
    pub(in crate::page) longitude: Option<f64>,
}

/// "Closest limit: Lmax 105 dB, 12.3 dB below."
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Closest {
    pub(in crate::page) symbol: Symbol,
    pub(in crate::page) threshold: String,
    pub(in crate::page) margin: String,
}

/// A look at a location with all that is worked out of it once.
pub(crate) struct Glance<'a> {
    /// The look itself.
    pub(crate) sight: &'a Sight<'a>,
    /// Its place in the project's order.
    pub(crate) index: usize,
    /// How it stands.
    pub(crate) standing: Standing,
    /// The tightest limit in force.
    pub(crate) margin: Option<Margin<'a>>,
    /// The tightest limit in force on the headline.
    pub(crate) headline_limit: Option<&'a Limit>,
}

impl<'a> Glance<'a> {
    /// Works it out as of `now`.
    pub(crate) fn new(
        portal: &'a Portal,
        sight: &'a Sight<'a>,
        index: usize,
        now: Timestamp,
    ) -> Self {
        let zone = &portal.settings.slmm_zone;
        let headline = portal.settings.headline.metric();
        let limits = sight.limits.as_deref().unwrap_or_default();
        let of_headline =
            in_force(limits, now, zone).filter(|limit| limit.metric == Some(headline));
        Self {
            sight,
            index,
            standing: Standing::of(sight, now, zone),
            margin: tightest(sight, now, zone),
            headline_limit: of_headline
                .min_by(|one, other| strictness(one).total_cmp(&strictness(other))),
        }
    }

    /// Where it stands on the strip; only what is live is held against its limit there.
    pub(crate) fn on_strip(&self) -> Option<Place> {
        let over = self.margin.filter(|_| self.standing.is_live())?.over;
        let name = self.sight.location.name().to_owned();
        Some((code(self.index), name, self.standing.mark(), over))
    }

    /// The tile, with the last hour where that is known.
    pub(crate) fn tile(
        &self,
        symbols: Symbols<'_>,
        hour: Option<&Trail>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Tile {
        let headline = symbols.0.headline.metric();
        let observation = &self.sight.sighting.observation;
        let shows_value = self.standing.is_live() || self.standing == Standing::Stale;
        let reading = observation.reading.filter(|_| shows_value);
        let level = reading.and_then(|reading| reading.levels.get(headline));
        let from = now
            .checked_sub(std::time::Duration::from_hours(1))
            .unwrap_or(now);
        let location = self.sight.location;
        let others = METRICS.into_iter().filter(|metric| *metric != headline);
        Tile {
            id: location.id().to_string(),
            code: code(self.index),
            name: location.name().to_owned(),
            mark: self.standing.mark(),
            headline: symbols.of(headline),
            value: level.map(|level| level.to_string()),
            since: observation
                .measuring_since
                .map(|since| When::near(since, zone, now)),
            age: observation
                .reading
                .map(|reading| When::ago(reading.at, now)),
            above_since: self
                .sight
                .above_since()
                .map(|since| When::near(since, zone, now)),
            rail: level
                .filter(|_| self.standing.is_live())
                .map(|level| Rail::new(level, self.headline_limit)),
            spark: hour.filter(|_| shows_value).and_then(|hour| {
                let limit = self.headline_limit.map(|limit| limit.threshold);
                Spark::new(hour, headline, limit, (from, now))
            }),
            closest: self.closest(symbols, headline),
            why: why(
                self.sight,
                self.standing,
                self.margin.as_ref(),
                symbols,
                zone,
                now,
            ),
            remembered: self.sight.sighting.remembered,
            figures: if reading.is_some() && self.standing.is_live() {
                figures(reading.as_ref(), others, symbols)
            } else {
                Vec::new()
            },
            latitude: location.latitude(),
            longitude: location.longitude(),
        }
    }

    fn closest(&self, symbols: Symbols<'_>, headline: Metric) -> Option<Closest> {
        let margin = self
            .margin
            .filter(|margin| self.standing.is_live() && margin.metric != headline)?;
        Some(Closest {
            symbol: symbols.of(margin.metric),
            threshold: short_db(margin.limit.threshold),
            margin: margin_words(margin.over),
        })
    }
}

/// Of two limits on one quantity the lower ceiling, or the higher floor, is the stricter.
fn strictness(limit: &Limit) -> f64 {
    match limit.comparison {
        Comparison::Above => limit.threshold,
        Comparison::Below => -limit.threshold,
    }
}
