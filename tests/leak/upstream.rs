//! What SLMM answers in these tests: everything marked.

use domain::{Clock, Timestamp};
use serde_json::{Value, json};
use slmm_sim::{Endpoint, Fault, Scope};
use testkit::House;

use super::secrets::Secrets;

/// How the meter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meter {
    Measuring,
    Stopped,
    Offline,
    Stale,
    NoData,
    /// SLMM answers with errors, which have something to say.
    Raving,
}

/// What clients are meant to see.
pub(crate) const PUBLIC: [&str; 13] = [
    "Shown limit",
    "151.1",
    "152.2",
    "154.4",
    "156.6",
    "157.7",
    "161.2",
    "141.1",
    "142.2",
    "143.3",
    "Past limit",
    "163.3",
    "Lapsed limit",
];

/// What nobody is.
pub(crate) fn secrets() -> Secrets {
    let mut secrets = Secrets::default();
    for text in ["Canary", "canary", "8800001"] {
        secrets.add("a field that SLMM has not had so far", text);
    }
    for level in ["155.5", "153.3", "158.8", "159.9", "160.1", "166.6"] {
        secrets.add("a level that is not shown", level);
    }
    for number in [
        "880011", "880012", "880013", "880014", "880015", "3.918271", "660001",
    ] {
        secrets.add("an id, a margin or a cooldown", number);
    }
    for time in ["2026-11-20T11:12:13", "2026-11-20T14:15:16"] {
        secrets.add("a time that is not shown", time);
    }
    secrets
}

/// Lets SLMM answer about this unit as if its meter were so, now.
pub(crate) fn say(house: &House, unit: &str, meter: Meter) {
    let now = house.clock().now();
    let answers = [
        (Endpoint::Status, status(unit, meter, now)),
        (Endpoint::MonitorStatus, monitors(unit, meter)),
        (Endpoint::History, history(unit, now)),
        (Endpoint::Rules, rules(unit)),
        (Endpoint::Events, events(unit, now)),
        (
            Endpoint::Roster,
            json!({"devices": [{"unit_id": unit, "host": "Canary-host",
            "ftp_username": "Canary-user", "ftp_password": "Canary-ftp"}]}),
        ),
    ];
    for (endpoint, mut body) in answers {
        mark(&mut body);
        let fault = match meter {
            Meter::Raving => Fault::Body(format!("Canary: 10.0.0.7 {body}")),
            _ => Fault::Body(body.to_string()),
        };
        house.sim().set_fault(Scope::endpoint(endpoint), fault);
    }
}

/// Puts into every object what SLMM has not had so far.
fn mark(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(mark),
        Value::Object(fields) => {
            fields.values_mut().for_each(mark);
            fields.insert("canary_text".into(), "Canary-unknown".into());
            fields.insert("canary_number".into(), 8_800_001.into());
            fields.insert("canary_deep".into(), json!({"canary": ["Canary-deep"]}));
        }
        _ => {}
    }
}

fn naive(now: Timestamp, seconds_ago: i64) -> String {
    let at = Timestamp::from_second(now.as_second() - seconds_ago).unwrap();
    at.to_string().trim_end_matches('Z').to_owned()
}

fn status(unit: &str, meter: Meter, now: Timestamp) -> Value {
    let age = if meter == Meter::Stale { 600 } else { 1 };
    let state = if meter == Meter::Stopped {
        "Stop"
    } else {
        "Start"
    };
    let level = |text: &'static str| match meter {
        Meter::NoData => Value::Null,
        _ => text.into(),
    };
    json!({"status": "Canary-status", "data": {
        "unit_id": unit, "last_seen": naive(now, age), "measurement_state": state,
        "measurement_start_time": naive(now, 7200), "lp": level("151.1"), "leq": level("152.2"),
        "lmax": level("154.4"), "lmin": level("155.5"), "lpeak": level("161.2"),
        "ln1": level("156.6"), "ln2": level("157.7"), "counter": "Canary-counter",
        "battery_level": "Canary-battery", "power_source": "Canary-power",
        "sd_remaining_mb": "Canary-sd", "sd_free_ratio": "Canary-ratio",
        "raw_payload": "151.1,152.2,153.3,154.4,155.5,156.6,157.7,158.8,159.9,160.1,161.2,Canary-raw",
        "is_reachable": meter != Meter::Offline, "consecutive_failures": 880_011,
        "last_poll_attempt": "2026-11-20T11:12:13",
        "last_success": if meter == Meter::NoData { Value::Null } else { "2026-11-20T11:12:13".into() },
        "last_error": "Canary-error at 10.0.0.7:2255"}})
}

fn monitors(unit: &str, meter: Meter) -> Value {
    let monitor = |reachable| {
        json!({"running": true, "subscribers": 880_011, "keepalive": "Canary-keepalive",
            "reachable": reachable, "mode": "Canary-mode"})
    };
    json!({"status": "Canary-status", "monitors":
        {unit: monitor(meter != Meter::Offline), "Canary-other-unit": monitor(true)}})
}

fn history(unit: &str, now: Timestamp) -> Value {
    let row = |ago| {
        json!({"timestamp": naive(now, ago), "lp": "141.1", "leq": "142.2", "lmax": "143.3",
            "ln1": "141.1", "ln2": "141.1", "lmin": "166.6", "lpeak": "166.6",
            "raw_payload": "Canary-raw"})
    };
    json!({"unit_id": unit, "hours": 880_011, "count": 880_012, "readings": [row(180), row(120), row(61)]})
}

fn rules(unit: &str) -> Value {
    let rule = |id: i64, unit: &str, name: &str, metric: &str, enabled: bool| {
        json!({"id": id, "unit_id": unit, "name": name, "metric": metric, "comparison": "above",
            "threshold_db": 150.0, "duration_s": 60, "clear_margin_db": 3.918_271,
            "cooldown_s": 660_001, "schedule_start": null, "schedule_end": null,
            "schedule_days": null, "channels": "Canary-channel",
            "recipients": "canary@firm.example", "enabled": enabled})
    };
    json!({"rules": [
        rule(880_012, unit, "Shown limit", "lp", true),
        rule(880_012, unit, "Canary-switched-off", "lp", false),
        rule(880_012, unit, "Canary-watches-nothing", "loudness", true),
        rule(880_012, "Canary-other-unit", "Canary-elsewhere", "lp", true)]})
}

fn events(unit: &str, now: Timestamp) -> Value {
    let event = |id: i64, unit: &str, name: &str, metric: &str, ago: i64, cleared: bool| {
        json!({"id": id, "rule_id": 880_012, "unit_id": unit, "rule_name": name, "metric": metric,
            "threshold_db": 150.0, "onset_at": naive(now, ago), "onset_value": 151.1,
            "peak_value": 163.3, "clear_at": if cleared { naive(now, ago - 60).into() } else { Value::Null },
            "status": if cleared { "cleared" } else { "active" },
            "acknowledged_at": "2026-11-20T14:15:16", "acknowledged_by": "Canary-colleague",
            "notes": "Canary-note", "comparison": "Canary-comparison"})
    };
    json!({"events": [
        event(880_013, unit, "Shown limit", "lp", 100, false),
        event(880_014, unit, "Past limit", "lp", 900, true),
        event(880_014, unit, "Lapsed limit", "lp", 1200, false),
        event(880_015, unit, "Canary-of-no-limit", "connectivity", 2000, true),
        event(880_015, unit, "Canary-of-nothing", "loudness", 2100, true),
        event(880_015, "Canary-other-unit", "Canary-elsewhere", "lp", 300, true)]})
}
