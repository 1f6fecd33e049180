//! A rule as SLMM stores it.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::{Comparison, Limit, Metric, Schedule};

/// Whether SLMM watches a rule, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleStanding {
    /// SLMM evaluates it in its hours, while a monitor of the meter runs.
    Watched,
    /// It is turned off.
    Paused,
    /// It watches a metric that does not exist, so it never fires.
    UnknownMetric,
    /// Its hours or days are malformed: SLMM breaks off at it, without a word.
    Malformed,
    /// SLMM never comes to it: a rule before it in the list is [`Self::Malformed`].
    Masked,
}

/// A rule as SLMM stores it. Nobody but SLMM has checked it: see [`crate::RuleDraft`].
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// SLMM's id. Ids are used again after a deletion, so one alone identifies nothing for long.
    pub id: i64,
    /// What the firm calls it; any text.
    pub name: String,
    /// What is watched, as SLMM has it.
    pub metric_text: String,
    /// What is watched; `None` where there is no such metric.
    pub metric: Option<Metric>,
    /// Which side of the threshold breaks it. What is not `below` works as `above`.
    pub comparison: Comparison,
    /// The threshold, dB; `None` where SLMM does not say a number.
    pub threshold_db: Option<f64>,
    /// How long it must be broken before it counts, and past the margin before it is over, s.
    pub duration_s: i64,
    /// How far back past the threshold the level must come before it is over (hysteresis), dB.
    pub clear_margin_db: f64,
    /// The least time from one onset to the next, s.
    pub cooldown_s: i64,
    /// The beginning of its hours as SLMM has it, in SLMM's fixed local time.
    pub schedule_start: Option<String>,
    /// The end of its hours as SLMM has it.
    pub schedule_end: Option<String>,
    /// Its days as SLMM has them: `0,1,2`, Monday = 0.
    pub schedule_days: Option<String>,
    /// When it is in force; `None` always, and where it is [`RuleStanding::Malformed`].
    pub schedule: Option<Schedule>,
    /// Whether it is turned on.
    pub enabled: bool,
    /// Whether SLMM watches it. In the answer to a write: as if the meter had no other rule.
    pub standing: RuleStanding,
}

impl Rule {
    /// A short text that is another when anything of the rule is: by it a page that is sent tells
    /// which rule it was made of. It is the same in every process of one version.
    pub fn mark(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (self.id, &self.name, &self.metric_text).hash(&mut hasher);
        self.comparison.as_str().hash(&mut hasher);
        self.threshold_db.map(f64::to_bits).hash(&mut hasher);
        self.clear_margin_db.to_bits().hash(&mut hasher);
        (self.duration_s, self.cooldown_s, self.enabled).hash(&mut hasher);
        (
            &self.schedule_start,
            &self.schedule_end,
            &self.schedule_days,
        )
            .hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// The rule as the portal's clients see it, where it has a threshold. It counts as enabled only
    /// where SLMM comes to evaluate it, as in the portal.
    pub fn limit(&self) -> Option<Limit> {
        let evaluated = !matches!(
            self.standing,
            RuleStanding::Malformed | RuleStanding::Masked
        );
        Some(Limit {
            rule: self.id,
            name: self.name.clone(),
            metric: self.metric,
            comparison: self.comparison,
            threshold: self.threshold_db?,
            duration_s: self.duration_s,
            clear_margin: self.clear_margin_db,
            schedule: self.schedule.clone(),
            enabled: self.enabled && evaluated,
        })
    }
}
