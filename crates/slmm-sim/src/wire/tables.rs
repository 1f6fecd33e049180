//! What SLMM keeps in tables: trail, rules, events; and its monitors.

use std::collections::BTreeMap;

use domain::Timestamp;
use serde::Serialize;

use super::naive;
use crate::event::Event;
use crate::monitor::Monitor;
use crate::rule::Rule;
use crate::trail::TrailRow;

#[derive(Serialize)]
pub(crate) struct HistoryBody {
    status: &'static str,
    unit_id: String,
    hours: f64,
    count: usize,
    readings: Vec<HistoryRow>,
}

#[derive(Serialize)]
struct HistoryRow {
    timestamp: String,
    lp: Option<String>,
    leq: Option<String>,
    lmax: Option<String>,
    ln1: Option<String>,
    ln2: Option<String>,
}

pub(crate) fn history(unit_id: String, hours: f64, rows: Vec<TrailRow>) -> HistoryBody {
    let tell = |row: TrailRow| {
        let TrailRow {
            at,
            lp,
            leq,
            lmax,
            ln1,
            ln2,
        } = row;
        HistoryRow {
            timestamp: naive(at),
            lp,
            leq,
            lmax,
            ln1,
            ln2,
        }
    };
    let readings: Vec<HistoryRow> = rows.into_iter().map(tell).collect();
    HistoryBody {
        status: "ok",
        unit_id,
        hours,
        count: readings.len(),
        readings,
    }
}

#[derive(Serialize)]
pub(crate) struct RuleBody {
    pub(crate) status: &'static str,
    pub(crate) rule: Rule,
}

#[derive(Serialize)]
pub(crate) struct RulesBody {
    pub(crate) status: &'static str,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Serialize)]
pub(crate) struct Deleted {
    pub(crate) status: &'static str,
    pub(crate) deleted: i64,
}

#[derive(Serialize)]
pub(crate) struct Acknowledged {
    pub(crate) status: &'static str,
    pub(crate) acknowledged: i64,
}

#[derive(Serialize)]
pub(crate) struct EventsBody {
    status: &'static str,
    events: Vec<EventRow>,
}

#[derive(Serialize)]
struct EventRow {
    id: i64,
    rule_id: i64,
    unit_id: String,
    rule_name: String,
    metric: String,
    threshold_db: f64,
    onset_at: String,
    onset_value: Option<f64>,
    peak_value: Option<f64>,
    clear_at: Option<String>,
    status: &'static str,
    acknowledged_at: Option<String>,
    acknowledged_by: Option<String>,
}

pub(crate) fn events(events: impl Iterator<Item = Event>) -> EventsBody {
    EventsBody {
        status: "ok",
        events: events.map(event).collect(),
    }
}

fn event(event: Event) -> EventRow {
    let status = if event.is_active() {
        "active"
    } else {
        "cleared"
    };
    let Event {
        id,
        rule_id,
        unit_id,
        rule_name,
        metric,
        threshold_db,
        onset_at,
        ..
    } = event;
    // The database makes this time, in whole seconds.
    let onset = Timestamp::from_second(onset_at.as_second()).unwrap_or(onset_at);
    EventRow {
        id,
        rule_id,
        unit_id,
        rule_name,
        metric,
        threshold_db,
        onset_at: naive(onset),
        onset_value: event.onset_value,
        peak_value: event.peak_value,
        clear_at: event.clear_at.map(naive),
        status,
        acknowledged_at: event.acknowledged_at.map(naive),
        acknowledged_by: event.acknowledged_by,
    }
}

#[derive(Serialize)]
pub(crate) struct MonitorsBody {
    status: &'static str,
    monitors: BTreeMap<String, MonitorRow>,
}

#[derive(Serialize)]
struct MonitorRow {
    running: bool,
    subscribers: usize,
    keepalive: bool,
    reachable: bool,
    mode: &'static str,
}

pub(crate) fn monitors(monitors: &BTreeMap<String, Monitor>) -> MonitorsBody {
    let tell = |(id, monitor): (&String, &Monitor)| {
        let row = MonitorRow {
            running: monitor.running,
            subscribers: monitor.subscribers.len(),
            keepalive: monitor.keepalive,
            reachable: monitor.reachable,
            mode: monitor.mode(),
        };
        (id.clone(), row)
    };
    MonitorsBody {
        status: "ok",
        monitors: monitors.iter().map(tell).collect(),
    }
}
