//! Alert rules as SLMM tells them.

use domain::{Comparison, Metric, Schedule, UnitId};
use serde::Deserialize;
use slmm::plumbing::{Entry, Failure, Loose, Reply, is_of, read};

use crate::answer::good;
use crate::draft::usual;
use crate::rule::{Rule, RuleStanding};

/// A rule with what is inert in SLMM, but not ours to lose.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) rule: Rule,
    pub(crate) channels: Option<String>,
    pub(crate) recipients: Option<String>,
}

#[derive(Deserialize)]
struct Listing {
    rules: Vec<Entry<Row>>,
}

#[derive(Deserialize)]
struct One {
    rule: Entry<Row>,
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
    cooldown_s: Loose<i64>,
    schedule_start: Loose<String>,
    schedule_end: Loose<String>,
    schedule_days: Loose<String>,
    channels: Loose<String>,
    recipients: Loose<String>,
    enabled: Loose<bool>,
}

/// A meter's rules in SLMM's order. One without an id, or of another meter, is left out.
pub(crate) fn rules(reply: &Reply, unit: &UnitId) -> Result<Vec<Stored>, Failure> {
    let listing: Listing = read(good(reply)?)?;
    let rows = listing.rules.into_iter().filter_map(Entry::into_inner);
    let own = rows.filter(|row| is_of(row.unit_id.0.as_deref(), unit));
    let mut masked = false;
    let stored = own.filter_map(|row| {
        let mut stored = row.stored()?;
        if masked && stored.rule.enabled {
            stored.rule.standing = RuleStanding::Masked;
        }
        masked |= stored.rule.standing == RuleStanding::Malformed;
        Some(stored)
    });
    Ok(stored.collect())
}

/// The rule that a write has stored.
pub(crate) fn rule(reply: &Reply, unit: &UnitId) -> Result<Rule, Failure> {
    let one: One = read(good(reply)?)?;
    let row = one.rule.into_inner().ok_or(Failure::Malformed)?;
    if !is_of(row.unit_id.0.as_deref(), unit) {
        return Err(Failure::Mixed);
    }
    let stored = row.stored().ok_or(Failure::Malformed)?;
    Ok(stored.rule)
}

impl Row {
    fn stored(mut self) -> Option<Stored> {
        let (channels, recipients) = (self.channels.0.take(), self.recipients.0.take());
        Some(Stored {
            rule: self.rule()?,
            channels,
            recipients,
        })
    }

    fn rule(self) -> Option<Rule> {
        let metric_text = self.metric.0.unwrap_or_default();
        let metric = metric_text.parse().ok();
        let schedule = Schedule::from_slmm(
            self.schedule_start.0.as_deref(),
            self.schedule_end.0.as_deref(),
            self.schedule_days.0.as_deref(),
        );
        let enabled = self.enabled.0.unwrap_or(true);
        let usual = usual();
        Some(Rule {
            id: self.id.0?,
            name: self.name.0.unwrap_or_default(),
            metric_text,
            metric,
            comparison: match self.comparison.0.as_deref() {
                Some("below") => Comparison::Below,
                // So SLMM takes everything else, too.
                _ => Comparison::Above,
            },
            threshold_db: self.threshold_db.0,
            duration_s: self.duration_s.0.unwrap_or(usual.duration_s.into()),
            clear_margin_db: self.clear_margin_db.0.unwrap_or(usual.clear_margin_db),
            cooldown_s: self.cooldown_s.0.unwrap_or(usual.cooldown_s.into()),
            schedule_start: self.schedule_start.0,
            schedule_end: self.schedule_end.0,
            schedule_days: self.schedule_days.0,
            standing: standing(enabled, metric, schedule.is_ok()),
            schedule: schedule.ok().flatten(),
            enabled,
        })
    }
}

/// Whether SLMM watches a rule, as if the meter had no other.
fn standing(enabled: bool, metric: Option<Metric>, well_formed: bool) -> RuleStanding {
    match (enabled, metric) {
        (false, _) => RuleStanding::Paused,
        (true, _) if !well_formed => RuleStanding::Malformed,
        (true, None) => RuleStanding::UnknownMetric,
        (true, Some(_)) => RuleStanding::Watched,
    }
}
