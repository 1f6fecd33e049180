//! Alert rules as SLMM stores them: nearly unchecked.

use std::collections::BTreeSet;

use domain::Timestamp;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// What a rule says. Left-out fields take SLMM's defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleSpec {
    /// Free text.
    pub name: String,
    /// What is watched; unknown words are stored and never fire.
    pub metric: String,
    /// `below`; anything else works as `above`.
    pub comparison: String,
    /// Against what, dB.
    pub threshold_db: f64,
    /// How long beyond the threshold before onset, and beyond the margin before clear, s.
    pub duration_s: i64,
    /// How far back past the threshold is a recovery, dB.
    pub clear_margin_db: f64,
    /// The least time from onset to onset, s.
    pub cooldown_s: i64,
    /// `HH:MM` local, or nothing.
    pub schedule_start: Option<String>,
    /// `HH:MM` local, or nothing.
    pub schedule_end: Option<String>,
    /// Days separated by commas, Monday = 0; nothing for every day.
    pub schedule_days: Option<String>,
    /// Inert.
    pub channels: String,
    /// Inert.
    pub recipients: Option<String>,
    /// Whether it is evaluated.
    pub enabled: bool,
}

impl Default for RuleSpec {
    fn default() -> Self {
        Self {
            name: "Alert".to_owned(),
            metric: "lp".to_owned(),
            comparison: "above".to_owned(),
            threshold_db: 85.0,
            duration_s: 0,
            clear_margin_db: 2.0,
            cooldown_s: 300,
            schedule_start: None,
            schedule_end: None,
            schedule_days: None,
            channels: "log".to_owned(),
            recipients: None,
            enabled: true,
        }
    }
}

/// A stored rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// SLMM's id, which it gives again after the newest rule is deleted.
    pub id: i64,
    /// Whose rule it is; nobody checks that the unit exists.
    pub unit_id: String,
    /// What it says.
    #[serde(flatten)]
    pub spec: RuleSpec,
}

/// A time or day on which SLMM's evaluation of a unit breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

impl RuleSpec {
    pub(crate) fn exceeded_by(&self, value: f64) -> bool {
        if self.is_below() {
            value < self.threshold_db
        } else {
            value > self.threshold_db
        }
    }

    pub(crate) fn recovered_at(&self, value: f64) -> bool {
        if self.is_below() {
            value > self.threshold_db + self.clear_margin_db
        } else {
            value < self.threshold_db - self.clear_margin_db
        }
    }

    /// The worse of two values.
    pub(crate) fn worse(&self, one: f64, other: f64) -> f64 {
        if self.is_below() {
            one.min(other)
        } else {
            one.max(other)
        }
    }

    fn is_below(&self) -> bool {
        self.comparison == "below"
    }

    /// Whether the rule is in force in a fixed local time. Days are those of the current local
    /// day, and are looked at before the hours: hours on other days are never read.
    pub(crate) fn in_schedule(&self, at: Timestamp, offset_h: i8) -> Result<bool, Malformed> {
        let local = at + SignedDuration::from_hours(i64::from(offset_h));
        let seconds = local.as_second();
        let weekday = (seconds.div_euclid(86_400) + 3).rem_euclid(7);
        if !days_of(self.schedule_days.as_deref())?.is_none_or(|days| days.contains(&weekday)) {
            return Ok(false);
        }
        let (Some(start), Some(end)) = (
            text_of(self.schedule_start.as_deref()),
            text_of(self.schedule_end.as_deref()),
        ) else {
            return Ok(true);
        };
        let (start, end) = (minutes(start)?, minutes(end)?);
        let now = seconds.rem_euclid(86_400) / 60;
        Ok(match start.cmp(&end) {
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Less => (start..end).contains(&now),
            std::cmp::Ordering::Greater => now >= start || now < end,
        })
    }
}

fn text_of(field: Option<&str>) -> Option<&str> {
    field.filter(|text| !text.is_empty())
}

fn days_of(text: Option<&str>) -> Result<Option<BTreeSet<i64>>, Malformed> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    text.split(',')
        .map(str::trim)
        .filter(|day| !day.is_empty())
        .map(whole)
        .collect::<Result<_, _>>()
        .map(Some)
}

fn minutes(text: &str) -> Result<i64, Malformed> {
    let (hours, minutes) = text.split_once(':').ok_or(Malformed)?;
    Ok(whole(hours)? * 60 + whole(minutes)?)
}

fn whole(text: &str) -> Result<i64, Malformed> {
    text.trim()
        .parse::<i32>()
        .map(i64::from)
        .map_err(|_not_a_number| Malformed)
}
