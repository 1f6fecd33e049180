//! What the meters heard in the day before, and the state that each is brought into.

use std::time::Duration;

use domain::{Clock as _, Timestamp};
use serde_json::Value;
use slmm_sim::{Event, Reach, RuleSpec, Sim, TrailRow};
use testkit::{House, at};

/// What was recorded of `SLM-101` while nobody could reach it, h before now, and for how long, min.
const LOST_CONTACT: (u64, u64) = (8, 24);

/// Brings about every state. It lets a quarter of an hour pass, so that what is stale, offline or
/// above its limit has been so for a while.
pub(crate) fn direct(house: &House, runtime: &tokio::runtime::Runtime) {
    let sim = house.sim();
    let leq = |unit: &str| runtime.block_on(running_leq(house, unit)).floor();
    // Thresholds in whole dB about what the running Leq, which moves slowly, comes to.
    for (unit, day_db) in [
        ("SLM-101", leq("SLM-101") - 3.0),
        ("SLM-102", leq("SLM-102") + 2.0),
        ("SLM-103", leq("SLM-103") + 12.0),
        ("SLM-105", leq("SLM-105") + 9.0),
        ("SLM-106", leq("SLM-106") + 9.0),
        ("SLM-107", leq("SLM-107") + 9.0),
        ("SLM-109", leq("SLM-109") + 8.0),
    ] {
        sim.insert_rule(unit, day(day_db));
        sim.insert_rule(unit, night());
        sim.insert_rule(unit, single_events());
        remember_breaches(sim, unit, day_db, house.clock().now());
    }
    sim.insert_rule("SLM-104", night());
    runtime.block_on(lose_contact(house, "SLM-101"));
    sim.stop_measuring("SLM-105").expect("a unit");
    sim.set_reach("SLM-107", Reach::Refusing).expect("a unit");
    house.pass(Duration::from_mins(9));
    stall(sim);
    house.pass(Duration::from_mins(6));
    // SLMM's poller calls it unreachable after two more minutes, and then it is offline.
    sim.set_never_reached("SLM-108").expect("a unit");
}

/// One meter's loop hangs. SLMM forgets that when it starts anew.
pub(crate) fn stall(sim: &Sim) {
    sim.stall("SLM-106", true).expect("a unit");
}

fn day(threshold_db: f64) -> RuleSpec {
    RuleSpec {
        name: "Daytime limit".into(),
        metric: "leq".into(),
        threshold_db,
        duration_s: 60,
        schedule_start: Some("07:00".into()),
        schedule_end: Some("19:00".into()),
        ..RuleSpec::default()
    }
}

fn night() -> RuleSpec {
    RuleSpec {
        name: "Night noise".into(),
        metric: "leq".into(),
        threshold_db: 60.0,
        duration_s: 60,
        schedule_start: Some("22:00".into()),
        schedule_end: Some("07:00".into()),
        schedule_days: Some("0,1,2,3,4".into()),
        ..RuleSpec::default()
    }
}

fn single_events() -> RuleSpec {
    RuleSpec {
        name: "Single loud events".into(),
        metric: "lmax".into(),
        threshold_db: 118.0,
        ..RuleSpec::default()
    }
}

/// Breaches of the days before, in working hours, at the units that are loud at times.
fn remember_breaches(sim: &Sim, unit: &str, threshold_db: f64, now: Timestamp) {
    let past: &[(u64, u64, f64)] = match unit {
        "SLM-101" => &[(17, 4, 2.1), (21, 12, 5.3), (45, 31, 7.7)],
        "SLM-102" => &[(19, 7, 1.6), (42, 18, 4.4)],
        _ => &[],
    };
    let rule_id = sim.rules(unit).first().map_or(0, |rule| rule.id);
    for (hours_ago, minutes, above_db) in past {
        let onset_at = now - Duration::from_hours(*hours_ago);
        sim.insert_event(Event {
            rule_id,
            rule_name: "Daytime limit".into(),
            metric: "leq".into(),
            threshold_db,
            onset_value: Some(threshold_db + 0.4),
            peak_value: Some(threshold_db + above_db),
            clear_at: Some(onset_at + Duration::from_mins(*minutes)),
            ..Event::lost_contact(unit, onset_at)
        });
    }
}

/// Takes a while out of a unit's trail, and tells why it is missing.
async fn lose_contact(house: &House, unit: &str) {
    let (hours_ago, minutes) = LOST_CONTACT;
    let lost = house.clock().now() - Duration::from_hours(hours_ago);
    let found = lost + Duration::from_mins(minutes);
    let trail = ask(house, &format!("{unit}/history?hours=24")).await;
    house.sim().clear_trail(unit).expect("a unit");
    for row in trail["readings"].as_array().expect("a trail") {
        let row = read_row(row);
        if row.at < lost || row.at > found {
            house.sim().insert_row(unit, row).expect("a unit");
        }
    }
    house.sim().insert_event(Event {
        clear_at: Some(found),
        ..Event::lost_contact(unit, lost)
    });
}

fn read_row(row: &Value) -> TrailRow {
    let text = |name: &str| row[name].as_str().map(str::to_owned);
    let time = row["timestamp"].as_str().expect("a time");
    TrailRow {
        at: at(&format!("{time}Z")),
        lp: text("lp"),
        leq: text("leq"),
        lmax: text("lmax"),
        ln1: text("ln1"),
        ln2: text("ln2"),
    }
}

async fn running_leq(house: &House, unit: &str) -> f64 {
    let status = ask(house, &format!("{unit}/status")).await;
    let leq = status["data"]["leq"].as_str().expect("a level");
    leq.parse().expect("a number")
}

async fn ask(house: &House, what: &str) -> Value {
    let url = format!("{}/api/nl43/{what}", house.slmm.base_url());
    let answer = reqwest::get(url).await.expect("SLMM answers");
    serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON")
}
