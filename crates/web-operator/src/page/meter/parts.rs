//! What the page says of the meter, its rules and its events.

use domain::{Decibel, Metric, RunState, TimeZone, Timestamp};
use serde::Serialize;
use slmm_operator::{Device, EventSubject, MonitorMode, Rule, RuleEvent, RuleStanding};
use web::when::{When, duration};

use crate::Office;

/// How the meter is.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DevicePart {
    pub(in crate::page) run: &'static str,
    pub(in crate::page) since: Option<When>,
    /// Name and dB with one decimal.
    pub(in crate::page) levels: Vec<(String, Option<String>)>,
    pub(in crate::page) read: Option<When>,
    pub(in crate::page) reachable: Option<bool>,
    pub(in crate::page) last_seen: Option<When>,
    pub(in crate::page) last_error: Option<String>,
    /// Name and what SLMM says.
    pub(in crate::page) supply: Vec<(&'static str, String)>,
    pub(in crate::page) kept_alive: bool,
    pub(in crate::page) monitor: &'static str,
    pub(in crate::page) watchers: u32,
}

impl DevicePart {
    pub(in crate::page) fn new(
        office: &Office,
        device: &Device,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Self {
        let monitor = device.monitor.unwrap_or_default();
        let reading = device.reading.as_ref();
        let level = |metric: Metric| {
            let level = reading.and_then(|reading| reading.levels.get(metric));
            (label(office, metric), level.map(|level| level.to_string()))
        };
        let power = &device.power;
        let supply = [
            ("Battery", &power.battery_level),
            ("Power source", &power.power_source),
            ("SD card left, MB", &power.sd_remaining_mb),
            ("SD card free", &power.sd_free_ratio),
        ];
        Self {
            run: match device.run {
                RunState::Measuring => "Measuring",
                RunState::Stopped => "Stopped",
                RunState::Unknown => "Run state not known",
            },
            since: device
                .measuring_since
                .map(|since| When::near(since, zone, now)),
            levels: Metric::ALL.iter().map(|metric| level(*metric)).collect(),
            read: reading.map(|reading| When::ago(reading.at, now)),
            reachable: device.contact.reachable,
            last_seen: device.contact.last_seen.map(|at| When::ago(at, now)),
            last_error: device.contact.last_error.clone(),
            supply: supply
                .into_iter()
                .filter_map(|(name, value)| Some((name, value.clone()?)))
                .collect(),
            kept_alive: monitor.kept_alive,
            monitor: match monitor.mode {
                _ if !monitor.running => "does not run: rules do not fire",
                Some(MonitorMode::Watched) => "polls every second: somebody watches",
                Some(MonitorMode::BackOff) => "waits: the meter does not answer",
                Some(MonitorMode::Idle) | None => "polls every 10 s",
            },
            watchers: monitor.watchers,
        }
    }
}

fn label(office: &Office, metric: Metric) -> String {
    match metric {
        Metric::Ln1 => office.settings.ln1_label.clone(),
        Metric::Ln2 => office.settings.ln2_label.clone(),
        other => super::form::metric_words(other).to_owned(),
    }
}

/// A rule as a sentence.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RuleLine {
    pub(in crate::page) id: i64,
    pub(in crate::page) name: String,
    pub(in crate::page) words: String,
    pub(in crate::page) advanced: String,
    pub(in crate::page) enabled: bool,
    /// Why SLMM does not watch it, though it is turned on.
    pub(in crate::page) trouble: Option<&'static str>,
}

impl RuleLine {
    pub(in crate::page) fn new(rule: &Rule) -> Self {
        let metric = match rule.metric {
            Some(metric) => super::form::metric_words(metric),
            None => &rule.metric_text,
        };
        let threshold = rule
            .threshold_db
            .map_or("?".to_owned(), |db| db.to_string());
        let hours = match (&rule.schedule_start, &rule.schedule_end) {
            (Some(start), Some(end)) => format!(", {start} to {end}"),
            _ => ", at any time".to_owned(),
        };
        let days = rule
            .schedule_days
            .as_deref()
            .filter(|days| !days.is_empty());
        let days = days
            .map(|days| format!(", days {days}"))
            .unwrap_or_default();
        Self {
            id: rule.id,
            name: rule.name.clone(),
            words: format!(
                "Alert when {metric} is {} {threshold} dB for {} s{hours}{days}",
                rule.comparison, rule.duration_s
            ),
            advanced: format!(
                "hysteresis {} dB, cooldown {} s",
                rule.clear_margin_db, rule.cooldown_s
            ),
            enabled: rule.enabled,
            trouble: match rule.standing {
                RuleStanding::Watched | RuleStanding::Paused => None,
                RuleStanding::UnknownMetric => Some("SLMM knows no such quantity: it never fires"),
                RuleStanding::Malformed => Some(
                    "Its hours are malformed: SLMM breaks off here and watches no rule after it",
                ),
                RuleStanding::Masked => {
                    Some("SLMM never comes to it: a rule before it is malformed")
                }
            },
        }
    }
}

/// An event as a line.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EventLine {
    pub(in crate::page) id: i64,
    pub(in crate::page) name: String,
    pub(in crate::page) onset: When,
    pub(in crate::page) clear: Option<When>,
    pub(in crate::page) lasted: String,
    pub(in crate::page) peak: Option<String>,
    pub(in crate::page) active: bool,
    pub(in crate::page) contact: bool,
    /// Under which name, and when.
    pub(in crate::page) seen: Option<(String, When)>,
}

impl EventLine {
    pub(in crate::page) fn new(event: &RuleEvent, zone: &TimeZone, now: Timestamp) -> Self {
        let near = |at: Timestamp| When::near(at, zone, now);
        let contact = event.subject == EventSubject::Connectivity;
        Self {
            id: event.id,
            name: if contact {
                "Contact lost".to_owned()
            } else {
                event.name.clone()
            },
            onset: near(event.onset_at),
            clear: event.clear_at.map(near),
            lasted: duration(event.onset_at, event.clear_at.unwrap_or(now)),
            peak: event.peak.as_ref().map(Decibel::to_string),
            active: event.active,
            contact,
            seen: event.acknowledged.as_ref().map(|seen| {
                let by = seen.by.clone().unwrap_or_else(|| "somebody".to_owned());
                (by, near(seen.at))
            }),
        }
    }
}
