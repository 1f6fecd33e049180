//! The chart of a location: what its script needs, and what is there without one.

use domain::{BreachStatus, Events, Metric, TimeZone, Timestamp, Trail};
use serde::Serialize;

use super::symbol::Symbols;
use super::table::{LevelTable, SERIES};
use crate::Portal;
pub(in crate::page) use web::history::ranges;
use web::history::{Range, hours_before};

/// The chart's part of a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChartPart {
    /// As the query writes it.
    pub(in crate::page) hours: String,
    pub(in crate::page) ranges: Vec<Range>,
    pub(in crate::page) labels: Vec<SeriesLabel>,
    /// The fixed local time in which limits' hours count, min east of UTC.
    pub(in crate::page) limit_offset_min: i32,
    /// What the chart shows, for those who do not see it.
    pub(in crate::page) summary: String,
    /// "99 % of the time recorded"; `None` where nothing was.
    pub(in crate::page) captured: Option<String>,
    pub(in crate::page) table: Option<LevelTable>,
}

/// What a line of the chart is called.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SeriesLabel {
    pub(in crate::page) metric: &'static str,
    pub(in crate::page) label: String,
}

impl ChartPart {
    /// The last `hours` before `now`.
    pub(crate) fn new(
        portal: &Portal,
        trail: Option<&Trail>,
        events: Option<&Events>,
        hours: f64,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Self {
        let symbols = Symbols(&portal.settings);
        let recorded = trail.filter(|trail| !trail.points.is_empty());
        let offset = portal.settings.slmm_zone.to_offset(now);
        Self {
            hours: hours.to_string(),
            ranges: ranges(hours),
            labels: SERIES
                .iter()
                .map(|metric| SeriesLabel {
                    metric: metric.as_str(),
                    label: symbols.of(*metric).plain(),
                })
                .collect(),
            limit_offset_min: offset.seconds() / 60,
            summary: summary(recorded, events, hours, symbols, now),
            captured: recorded.map(|trail| captured(trail, hours, now)),
            table: recorded.and_then(|trail| LevelTable::new(trail, hours, symbols, zone, now)),
        }
    }
}

fn captured(trail: &Trail, hours: f64, now: Timestamp) -> String {
    // Rounded down: what is not whole is not said to be.
    let share = (trail.captured(hours_before(now, hours), now) * 100.0).floor();
    format!("{share:.0} % of the time recorded")
}

/// "Lp between 41.0 and 78.2 dB in the last 2 h. Limits were broken twice in this time."
fn summary(
    trail: Option<&Trail>,
    events: Option<&Events>,
    hours: f64,
    symbols: Symbols<'_>,
    now: Timestamp,
) -> String {
    let from = hours_before(now, hours);
    let levels = trail.iter().flat_map(|trail| &trail.points);
    let levels = levels.filter_map(|point| point.lp);
    let ends = levels.fold(None, |ends, level| match ends {
        None => Some((level, level)),
        Some((low, high)) => Some((
            if level < low { level } else { low },
            if level > high { level } else { high },
        )),
    });
    let symbol = symbols.of(Metric::Lp).plain();
    let levels = ends.map_or_else(
        || format!("Nothing is recorded of the last {hours} h."),
        |(low, high)| format!("{symbol} between {low} and {high} dB in the last {hours} h."),
    );
    let Some(events) = events else {
        return levels;
    };
    let within = events.breaches.iter().filter(|breach| {
        let is_active = breach.status == BreachStatus::Active;
        is_active || breach.clear_at.unwrap_or(breach.onset_at) >= from
    });
    let breaches = match within.count() {
        0 => "No breach was recorded.".to_owned(),
        1 => "One breach was recorded.".to_owned(),
        more => format!("{more} breaches were recorded."),
    };
    format!("{levels} {breaches}")
}
