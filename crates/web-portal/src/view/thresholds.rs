//! The limits in force for a location.

use domain::{Limit, Schedule};
use serde::Serialize;

use super::one_decimal;

#[derive(Debug, Serialize)]
struct ScheduleView {
    /// `HH:MM`; both `null` where the limit holds all day on its days.
    start: Option<String>,
    end: Option<String>,
    days: Option<Vec<u8>>,
}

impl From<&Schedule> for ScheduleView {
    fn from(schedule: &Schedule) -> Self {
        let Schedule { hours, days } = schedule;
        Self {
            start: hours.map(|(start, _)| start.to_string()),
            end: hours.map(|(_, end)| end.to_string()),
            days: days.clone(),
        }
    }
}

#[derive(Debug, Serialize)]
struct LimitView {
    name: String,
    metric: &'static str,
    comparison: &'static str,
    threshold_db: f64,
    duration_s: i64,
    schedule: Option<ScheduleView>,
}

impl LimitView {
    /// `None` for a limit that is switched off or watches nothing.
    fn of(limit: &Limit) -> Option<Self> {
        let Limit {
            rule: _,
            name,
            metric,
            comparison,
            threshold,
            duration_s,
            clear_margin: _,
            schedule,
            enabled,
        } = limit;
        let metric = metric.filter(|_| *enabled)?;
        Some(Self {
            name: name.clone(),
            metric: metric.as_str(),
            comparison: comparison.as_str(),
            threshold_db: one_decimal(*threshold),
            duration_s: *duration_s,
            schedule: schedule.as_ref().map(ScheduleView::from),
        })
    }
}

/// `GET /portal/api/location/{id}/thresholds`.
#[derive(Debug, Serialize)]
pub(crate) struct ThresholdsView {
    limits: Vec<LimitView>,
    /// Said only where it is false: SLMM is away and nothing is remembered.
    #[serde(skip_serializing_if = "Option::is_none")]
    available: Option<bool>,
}

impl ThresholdsView {
    /// The enabled ones among these limits; `None` where SLMM did not say.
    pub(crate) fn new(limits: Option<&[Limit]>) -> Self {
        Self {
            limits: limits
                .unwrap_or_default()
                .iter()
                .filter_map(LimitView::of)
                .collect(),
            available: limits.is_none().then_some(false),
        }
    }
}
