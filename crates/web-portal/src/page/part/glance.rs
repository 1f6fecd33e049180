//! A look at a location, with all that is worked out of it once.

use domain::{Limit, Margin, Metric, TimeZone, Timestamp, Trail, in_force};
use web::when::When;

use super::code::code;
use super::rail::Rail;
use super::spark::Spark;
use super::standing::{Standing, tightest};
use super::strip::{Place, margin_words};
use super::symbol::{Symbols, figures, short_db};
use super::tile::{Broken, Closest, Tile};
use super::why::why;
use crate::Portal;
use crate::survey::Sight;
use web::history::hours_before;

/// The quantities a tile shows, the headline among them.
const METRICS: [Metric; 5] = [
    Metric::Lp,
    Metric::Leq,
    Metric::Lmax,
    Metric::Ln1,
    Metric::Ln2,
];

/// How far back a tile's line goes, h.
pub(crate) const SPARK_H: f64 = 1.0;

/// A look, and how the location stands by it.
pub(crate) struct Glance<'a> {
    /// The look itself.
    pub(crate) sight: &'a Sight<'a>,
    /// Its place in the project's order.
    pub(crate) index: usize,
    /// How it stands.
    pub(crate) standing: Standing,
    /// The limit that is being broken, or else the tightest one in force.
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
            || in_force(limits, now, zone).filter(|limit| limit.metric == Some(headline));
        let reading = sight.sighting.observation.reading;
        let tightest_of_headline =
            reading.and_then(|reading| Margin::tightest(of_headline(), &reading.levels));
        Self {
            sight,
            index,
            standing: Standing::of(sight, now, zone),
            margin: tightest(sight, now, zone),
            headline_limit: tightest_of_headline
                .map(|margin| margin.limit)
                .or_else(|| of_headline().next()),
        }
    }

    /// Where it stands on the strip; only what is live is held against its limit there.
    pub(crate) fn on_strip(&self) -> Option<Place> {
        let margin = self.margin.filter(|_| self.standing.is_live())?;
        Some(Place {
            code: code(self.index),
            name: self.sight.location.name().to_owned(),
            mark: self.standing.mark(),
            over: margin.over,
            above: margin.above(),
        })
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
        let live = self.standing.is_live();
        let shown = live || self.standing == Standing::Stale;
        let reading = observation.reading.filter(|_| shown);
        let level = reading.and_then(|reading| reading.levels.get(headline));
        let location = self.sight.location;
        let others = METRICS.into_iter().filter(|metric| *metric != headline);
        let margin = self.margin.as_ref();
        Tile {
            id: location.id().to_string(),
            code: code(self.index),
            name: location.name().to_owned(),
            mark: self.standing.mark(),
            headline: symbols.of(headline),
            value: level.map(|level| level.to_string()),
            blank: reading.is_some() && level.is_none(),
            since: self.since(zone, now),
            age: observation
                .reading
                .map(|reading| When::ago(reading.at, now)),
            broken: self.broken(zone, now),
            rail: level
                .filter(|_| live)
                .map(|level| Rail::new(level, self.headline_limit)),
            spark: hour
                .filter(|_| shown)
                .and_then(|hour| self.spark(hour, headline, now)),
            closest: self.closest(symbols, headline),
            why: why(self.sight, self.standing, margin, symbols, zone, now),
            figures: reading
                .filter(|_| live)
                .map(|reading| figures(Some(&reading), others, symbols))
                .unwrap_or_default(),
            latitude: location.latitude(),
            longitude: location.longitude(),
        }
    }

    /// When the measurement began; of one that is not known to go on nothing is said.
    pub(crate) fn since(&self, zone: &TimeZone, now: Timestamp) -> Option<When> {
        let since = self.sight.sighting.observation.measuring_since;
        since
            .filter(|_| self.standing.is_live())
            .map(|since| When::near(since, zone, now))
    }

    fn broken(&self, zone: &TimeZone, now: Timestamp) -> Option<Broken> {
        let words = match self.standing {
            Standing::Above => "Above since",
            Standing::Under => "Under since",
            _ => return None,
        };
        let since = When::near(self.sight.above_since()?, zone, now);
        Some(Broken { words, since })
    }

    fn spark(&self, hour: &Trail, headline: Metric, now: Timestamp) -> Option<Spark> {
        let limit = self.headline_limit.map(|limit| limit.threshold);
        Spark::new(hour, headline, limit, (hours_before(now, SPARK_H), now))
    }

    fn closest(&self, symbols: Symbols<'_>, headline: Metric) -> Option<Closest> {
        let margin = self
            .margin
            .filter(|margin| self.standing.is_live() && margin.metric != headline)?;
        Some(Closest {
            words: if self.standing.is_broken() {
                "Limit broken"
            } else {
                "Closest limit"
            },
            symbol: symbols.of(margin.metric),
            threshold: short_db(margin.limit.threshold),
            margin: margin_words(margin.above()),
        })
    }
}
