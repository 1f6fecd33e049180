//! A rule as a sentence.

use domain::{TimeZone, Timestamp};
use serde::Serialize;
use slmm_operator::{Rule, RuleStanding};
use web::Symbol;
use web::limit_words::{limit_words, short_db};
use web::when::{When, zone_name};

use super::live::{percentiles, symbol};
use crate::OperatorSettings;

/// A rule of the meter.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RuleLine {
    pub(in crate::page) id: i64,
    /// By which a form says that it means this rule as it is told here.
    pub(in crate::page) mark: String,
    pub(in crate::page) name: String,
    /// What is watched; `None` where SLMM knows no such quantity.
    pub(in crate::page) symbol: Option<Symbol>,
    /// "above 65 dB for 60 s, 22:00 to 07:00, Mon to Fri", to be read after the symbol.
    pub(in crate::page) words: String,
    pub(in crate::page) advanced: String,
    pub(in crate::page) enabled: bool,
    pub(in crate::page) in_force: bool,
    /// Why SLMM does not watch it, though it is turned on.
    pub(in crate::page) trouble: Option<&'static str>,
}

impl RuleLine {
    pub(in crate::page) fn new(rule: &Rule, settings: &OperatorSettings, now: Timestamp) -> Self {
        let limit = rule.limit();
        let in_force = limit
            .as_ref()
            .is_some_and(|limit| limit.in_force(now, &settings.slmm_zone));
        let words = limit.map_or_else(
            || format!("{} a threshold that is no number", rule.comparison.as_str()),
            |limit| {
                let schedule = limit.schedule.as_ref();
                limit_words(
                    limit.comparison,
                    limit.threshold,
                    limit.duration_s,
                    schedule,
                )
            },
        );
        Self {
            id: rule.id,
            mark: rule.mark(),
            name: rule.name.clone(),
            symbol: rule
                .metric
                .map(|metric| symbol(metric, percentiles(settings))),
            words: match rule.metric {
                Some(_) => words,
                None => format!("{} {words}", rule.metric_text),
            },
            advanced: format!(
                "Hysteresis {} dB, cooldown {} s",
                short_db(rule.clear_margin_db),
                rule.cooldown_s
            ),
            enabled: rule.enabled,
            in_force: in_force && rule.metric.is_some(),
            trouble: trouble(rule.standing),
        }
    }
}

fn trouble(standing: RuleStanding) -> Option<&'static str> {
    match standing {
        RuleStanding::Watched | RuleStanding::Paused => None,
        RuleStanding::UnknownMetric => Some("SLMM knows no such quantity: it never fires"),
        RuleStanding::Malformed => {
            Some("Its hours are malformed: SLMM breaks off here and watches no rule after it")
        }
        RuleStanding::Masked => Some("SLMM never comes to it: a rule before it is malformed"),
    }
}

/// What has to be said where SLMM's clock, by which rules keep their hours, is not that of where
/// the meter stands today; `None` where it is.
pub(in crate::page) fn clock_note(
    slmm: &TimeZone,
    here: &TimeZone,
    now: Timestamp,
) -> Option<String> {
    let (theirs, ours) = (slmm.to_offset(now), here.to_offset(now));
    (theirs != ours).then(|| {
        format!(
            "Hours count by SLMM's clock, which stays at UTC{theirs} all year. It says {} now, where {} has {} (UTC{ours}).",
            When::minute(now, slmm).text,
            zone_name(here),
            When::minute(now, here).text,
        )
    })
}
