//! `GET /{unit}/alerts/rules`: a meter's limits.

use domain::{Comparison, Limit, Metric, Schedule, ScheduleError, UnitId};
use serde::Deserialize;

use super::entry::Entry;
use super::loose::Loose;
use super::{is_of, read};
use crate::failure::Failure;

/// What SLMM fills in for a rule that does not say.
const DEFAULT_NAME: &str = "Alert";
const DEFAULT_CLEAR_MARGIN: f64 = 2.0;

#[derive(Deserialize)]
struct Envelope {
    rules: Vec<Entry<Row>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Row {
    id: Loose<i64>,
    unit_id: Loose<String>,
    name: Loose<String>,
    metric: Loose<String>,
    comparison: Loose<String>,
    threshold_db: Loose<f64>,
    duration_s: Loose<i64>,
    clear_margin_db: Loose<f64>,
    schedule_start: Loose<String>,
    schedule_end: Loose<String>,
    schedule_days: Loose<String>,
    enabled: Loose<bool>,
}

/// The limits in SLMM's order. A rule without id or threshold is left out.
///
/// A malformed time or day in an enabled rule makes SLMM stop evaluating it and every later rule
/// of that meter, without a word (SLMM 0.4.0). Such limits are given as not enabled, since they
/// watch nothing.
pub(super) fn parse(body: &[u8], unit: &UnitId) -> Result<Vec<Limit>, Failure> {
    let envelope: Envelope = read(body)?;
    let rows = envelope.rules.into_iter().filter_map(Entry::into_inner);
    let mut evaluated = true;
    let limits = rows
        .filter(|row| is_of(row.unit_id.0.as_deref(), unit))
        .filter_map(|row| {
            let enabled = row.enabled.0.unwrap_or(true);
            let schedule = row.schedule();
            evaluated &= !enabled || schedule.is_ok();
            row.limit(schedule.ok().flatten(), enabled && evaluated)
        });
    Ok(limits.collect())
}

impl Row {
    /// An error where SLMM would choke on it.
    fn schedule(&self) -> Result<Option<Schedule>, ScheduleError> {
        let days = self.schedule_days.0.as_deref();
        let (start, end) = (&self.schedule_start.0, &self.schedule_end.0);
        Schedule::from_slmm(start.as_deref(), end.as_deref(), days)
    }

    fn limit(self, schedule: Option<Schedule>, enabled: bool) -> Option<Limit> {
        let metric = self.metric.0.and_then(|name| name.parse::<Metric>().ok());
        Some(Limit {
            rule: self.id.0?,
            name: self.name.0.unwrap_or_else(|| DEFAULT_NAME.to_owned()),
            metric,
            comparison: match self.comparison.0.as_deref() {
                Some("below") => Comparison::Below,
                // So SLMM takes everything else, too.
                _ => Comparison::Above,
            },
            threshold: self.threshold_db.0?,
            duration_s: self.duration_s.0.unwrap_or(0).max(0),
            clear_margin: self.clear_margin_db.0.unwrap_or(DEFAULT_CLEAR_MARGIN),
            schedule,
            enabled,
        })
    }
}
