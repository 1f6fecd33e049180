//! A rule as it is sent: whole, for SLMM takes what is left out back to its default.

use serde::Serialize;

use super::rules::Stored;
use crate::draft::{RuleDraft, RuleTerms};

/// What SLMM takes for `channels` where nothing is said.
const USUAL_CHANNELS: &str = "log";

#[derive(Serialize)]
struct Body<'a> {
    name: &'a str,
    metric: &'a str,
    comparison: &'a str,
    threshold_db: f64,
    duration_s: u32,
    clear_margin_db: f64,
    cooldown_s: u32,
    schedule_start: Option<String>,
    schedule_end: Option<String>,
    schedule_days: Option<String>,
    channels: &'a str,
    recipients: Option<&'a str>,
    enabled: bool,
}

/// The JSON of a rule. Of the one in whose place it comes it keeps what drafts do not hold.
///
/// # Errors
/// None that serde would ever tell of a structure like this one.
pub(crate) fn rule_body(
    draft: &RuleDraft,
    before: Option<&Stored>,
) -> Result<Vec<u8>, serde_json::Error> {
    let RuleTerms {
        name,
        metric,
        comparison,
        threshold_db,
        duration_s,
        clear_margin_db,
        cooldown_s,
        hours,
        days,
        enabled,
    } = draft.terms();
    let channels = before.and_then(|before| before.channels.as_deref());
    serde_json::to_vec(&Body {
        name,
        metric: metric.as_str(),
        comparison: comparison.as_str(),
        threshold_db: *threshold_db,
        duration_s: *duration_s,
        clear_margin_db: *clear_margin_db,
        cooldown_s: *cooldown_s,
        schedule_start: hours.map(|(start, _)| start.to_string()),
        schedule_end: hours.map(|(_, end)| end.to_string()),
        schedule_days: days.as_ref().map(|days| {
            let days: Vec<String> = days.iter().map(u8::to_string).collect();
            days.join(",")
        }),
        channels: channels.unwrap_or(USUAL_CHANNELS),
        recipients: before.and_then(|before| before.recipients.as_deref()),
        enabled: *enabled,
    })
}
