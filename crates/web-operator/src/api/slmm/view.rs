//! What staff are told of a meter, as JSON. The names are SLMM's where it has one.

use domain::{Decibel, Levels, Reading, RunState, Timestamp};
use serde::Serialize;
use slmm_operator::{Device, EventSubject, MonitorMode, Rule, RuleEvent, RuleStanding};

#[derive(Serialize)]
struct RuleView {
    id: i64,
    name: String,
    metric: String,
    comparison: &'static str,
    threshold_db: Option<f64>,
    duration_s: i64,
    clear_margin_db: f64,
    cooldown_s: i64,
    schedule_start: Option<String>,
    schedule_end: Option<String>,
    schedule_days: Option<String>,
    enabled: bool,
    /// `watched`, `paused`, `unknown_metric`, `malformed`, `masked`.
    standing: &'static str,
}

impl From<&Rule> for RuleView {
    fn from(rule: &Rule) -> Self {
        Self {
            id: rule.id,
            name: rule.name.clone(),
            metric: rule.metric_text.clone(),
            comparison: rule.comparison.as_str(),
            threshold_db: rule.threshold_db,
            duration_s: rule.duration_s,
            clear_margin_db: rule.clear_margin_db,
            cooldown_s: rule.cooldown_s,
            schedule_start: rule.schedule_start.clone(),
            schedule_end: rule.schedule_end.clone(),
            schedule_days: rule.schedule_days.clone(),
            enabled: rule.enabled,
            standing: match rule.standing {
                RuleStanding::Watched => "watched",
                RuleStanding::Paused => "paused",
                RuleStanding::UnknownMetric => "unknown_metric",
                RuleStanding::Malformed => "malformed",
                RuleStanding::Masked => "masked",
            },
        }
    }
}

#[derive(Serialize)]
pub(super) struct RulesView {
    rules: Vec<RuleView>,
}

impl RulesView {
    pub(super) fn new(rules: &[Rule]) -> Self {
        Self {
            rules: rules.iter().map(RuleView::from).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct RuleAnswer {
    rule: RuleView,
}

impl RuleAnswer {
    pub(super) fn new(rule: &Rule) -> Self {
        Self { rule: rule.into() }
    }
}

#[derive(Serialize)]
pub(super) struct DeletedView {
    pub(super) deleted: String,
    /// `null` where SLMM still cannot list them.
    pub(super) remaining: Option<usize>,
}

#[derive(Serialize)]
struct EventView {
    id: i64,
    rule_id: i64,
    rule_name: String,
    /// `connectivity` for lost contact.
    metric: String,
    threshold_db: Option<f64>,
    onset_at: String,
    onset_db: Option<f64>,
    peak_db: Option<f64>,
    clear_at: Option<String>,
    active: bool,
    acknowledged_at: Option<String>,
    acknowledged_by: Option<String>,
}

impl From<&RuleEvent> for EventView {
    fn from(event: &RuleEvent) -> Self {
        let (metric, threshold_db) = match &event.subject {
            EventSubject::Breach {
                metric_text,
                threshold_db,
                ..
            } => (metric_text.clone(), *threshold_db),
            EventSubject::Connectivity => ("connectivity".to_owned(), None),
        };
        let seen = event.acknowledged.as_ref();
        Self {
            id: event.id,
            rule_id: event.rule_id,
            rule_name: event.name.clone(),
            metric,
            threshold_db,
            onset_at: utc(event.onset_at),
            onset_db: event.onset.map(Decibel::rounded),
            peak_db: event.peak.map(Decibel::rounded),
            clear_at: event.clear_at.map(utc),
            active: event.active,
            acknowledged_at: seen.map(|seen| utc(seen.at)),
            acknowledged_by: seen.and_then(|seen| seen.by.clone()),
        }
    }
}

#[derive(Serialize)]
pub(super) struct EventsView {
    events: Vec<EventView>,
}

impl EventsView {
    pub(super) fn new(events: &[RuleEvent]) -> Self {
        Self {
            events: events.iter().map(EventView::from).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct AcknowledgedView {
    pub(super) acknowledged: i64,
    pub(super) by: String,
}

#[derive(Serialize)]
pub(super) struct KeepaliveView {
    pub(super) kept_alive: bool,
}

/// The levels of one snapshot, dB.
#[derive(Debug, Serialize)]
pub(crate) struct ReadingView {
    at: String,
    lp: Option<f64>,
    leq: Option<f64>,
    lmax: Option<f64>,
    lmin: Option<f64>,
    lpeak: Option<f64>,
    ln1: Option<f64>,
    ln2: Option<f64>,
}

impl From<Reading> for ReadingView {
    fn from(reading: Reading) -> Self {
        let Reading { at, levels } = reading;
        let Levels {
            lp,
            leq,
            lmax,
            lmin,
            lpeak,
            ln1,
            ln2,
        } = levels;
        let level = |level: Option<Decibel>| level.map(Decibel::rounded);
        Self {
            at: utc(at),
            lp: level(lp),
            leq: level(leq),
            lmax: level(lmax),
            lmin: level(lmin),
            lpeak: level(lpeak),
            ln1: level(ln1),
            ln2: level(ln2),
        }
    }
}

#[derive(Serialize)]
pub(super) struct DeviceView {
    run_state: &'static str,
    measuring_since: Option<String>,
    reading: Option<ReadingView>,
    is_reachable: Option<bool>,
    consecutive_failures: Option<u32>,
    last_seen: Option<String>,
    last_error: Option<String>,
    battery_level: Option<String>,
    power_source: Option<String>,
    sd_remaining_mb: Option<String>,
    sd_free_ratio: Option<String>,
    /// This and what follows is `null` where SLMM did not tell of its monitors.
    monitor_running: Option<bool>,
    kept_alive: Option<bool>,
    watchers: Option<u32>,
    /// `idle`, `watched`, `back_off`; `null` unless it runs.
    pace: Option<&'static str>,
}

impl DeviceView {
    pub(super) fn new(device: &Device) -> Self {
        let monitor = device.monitor;
        Self {
            run_state: run_word(device.run),
            measuring_since: device.measuring_since.map(utc),
            reading: device.reading.map(ReadingView::from),
            is_reachable: device.contact.reachable,
            consecutive_failures: device.contact.consecutive_failures,
            last_seen: device.contact.last_seen.map(utc),
            last_error: device.contact.last_error.clone(),
            battery_level: device.power.battery_level.clone(),
            power_source: device.power.power_source.clone(),
            sd_remaining_mb: device.power.sd_remaining_mb.clone(),
            sd_free_ratio: device.power.sd_free_ratio.clone(),
            monitor_running: monitor.map(|monitor| monitor.running),
            kept_alive: monitor.map(|monitor| monitor.kept_alive),
            watchers: monitor.map(|monitor| monitor.watchers),
            pace: monitor
                .and_then(|monitor| monitor.mode)
                .map(|mode| match mode {
                    MonitorMode::Idle => "idle",
                    MonitorMode::Watched => "watched",
                    MonitorMode::BackOff => "back_off",
                }),
        }
    }
}

/// A run state as it goes out.
pub(crate) fn run_word(run: RunState) -> &'static str {
    match run {
        RunState::Measuring => "measuring",
        RunState::Stopped => "stopped",
        RunState::Unknown => "unknown",
    }
}

/// A time as it goes out.
pub(crate) fn utc(at: Timestamp) -> String {
    format!("{at:.0}")
}
