//! Captured answers mean what they say, and no others do.

use bytes::Bytes;
use domain::{Decibel, UnitId};
use proptest::prelude::*;
use slmm::plumbing::{Failure, Reply};

use super::*;
use crate::device::MonitorMode;
use crate::event::EventSubject;
use crate::rule::RuleStanding;

fn unit(name: &str) -> UnitId {
    meter_id::parse(name).unwrap()
}

/// A captured answer with the status it came under.
fn captured(name: &str) -> Reply {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/slmm");
    let index = std::fs::read(format!("{folder}/index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
    let status = index[name]["status"].as_u64().unwrap();
    Reply {
        status: u16::try_from(status).unwrap(),
        body: std::fs::read(format!("{folder}/{name}")).unwrap().into(),
    }
}

fn good(body: &str) -> Reply {
    Reply {
        status: 200,
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}

#[test]
fn rules_are_read_with_all_that_staff_set() {
    let stored = rules(&captured("rules.json"), &unit("SLM-102")).unwrap();
    assert_eq!(stored.len(), 2);
    let day = &stored[0].rule;
    assert_eq!(
        (day.id, day.name.as_str(), day.metric_text.as_str()),
        (3, "Daytime limit", "lp")
    );
    assert_eq!((day.duration_s, day.cooldown_s), (5, 30));
    assert_eq!((day.threshold_db, day.clear_margin_db), (Some(80.0), 2.0));
    assert_eq!(day.schedule_start.as_deref(), Some("00:00"));
    assert_eq!(day.standing, RuleStanding::Watched);
    assert_eq!(stored[0].channels.as_deref(), Some("log,email"));
    let night = &stored[1].rule;
    assert_eq!(night.schedule_days.as_deref(), Some("0,1,2,3,4"));
    assert_eq!(night.limit().unwrap().schedule, night.schedule);
    assert!(
        rules(&captured("rules.json"), &unit("SLM-101"))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_stored_rule_is_confirmed() {
    for (name, meter, id) in [
        ("rule_create.json", "SLM-102", 3),
        ("rule_create_defaults.json", "SLM-101", 1),
        ("rule_create_night.json", "SLM-102", 4),
        ("rule_put_partial.json", "SLM-106", 8),
    ] {
        let rule = rule(&captured(name), &unit(meter)).unwrap();
        assert_eq!(
            (rule.id, rule.standing),
            (id, RuleStanding::Watched),
            "{name}"
        );
    }
    let odd = rule(&captured("rule_unvalidated_metric.json"), &unit("SLM-106")).unwrap();
    assert_eq!((odd.metric_text.as_str(), odd.metric), ("bogus", None));
    assert_eq!(odd.standing, RuleStanding::UnknownMetric);
    let mixed = rule(&captured("rule_create.json"), &unit("SLM-101"));
    assert_eq!(mixed.unwrap_err(), Failure::Mixed);
}

#[test]
fn a_malformed_rule_masks_those_behind_it() {
    let of = |id: u8, rest: &str| format!(r#"{{"id":{id},"metric":"lp","threshold_db":60{rest}}}"#);
    let list = [
        of(
            1,
            r#","schedule_start":"7am","schedule_end":"08:00","enabled":false"#,
        ),
        of(2, ""),
        of(3, r#","schedule_days":"Mon""#),
        of(4, ""),
        of(5, r#","enabled":false"#),
    ]
    .join(",");
    let stored = rules(&good(&format!(r#"{{"rules":[{list}]}}"#)), &unit("SLM-101")).unwrap();
    let standings: Vec<_> = stored.iter().map(|stored| stored.rule.standing).collect();
    assert_eq!(
        standings,
        [
            RuleStanding::Paused,
            RuleStanding::Watched,
            RuleStanding::Malformed,
            RuleStanding::Masked,
            RuleStanding::Paused
        ]
    );
    let enabled: Vec<bool> = stored
        .iter()
        .map(|stored| stored.rule.limit().unwrap().enabled)
        .collect();
    assert_eq!(enabled, [false, true, false, false, false]);
}

#[test]
fn events_are_read_with_who_has_seen_them() {
    let acked = events(&captured("events_acked_active.json"), &unit("SLM-102")).unwrap();
    let event = &acked[0];
    assert_eq!((event.id, event.rule_id, event.active), (2, 3, true));
    assert_eq!((event.onset, event.peak), (Decibel::new(90.1), None));
    let seen = event.acknowledged.as_ref().unwrap();
    assert_eq!(seen.by.as_deref(), Some("ops-1"));
    assert_eq!(seen.at, "2026-11-21T04:22:54.095842Z".parse().unwrap());
    let cleared = events(&captured("events_cleared.json"), &unit("SLM-102")).unwrap();
    let event = &cleared[0];
    assert!(!event.active && event.clear_at.is_some() && event.peak > event.onset);
    let lost = events(&captured("events_connectivity.json"), &unit("SLM-103")).unwrap();
    assert_eq!(lost.len(), 2);
    assert!(
        lost.iter()
            .all(|event| event.subject == EventSubject::Connectivity)
    );
    assert!(lost.iter().all(|event| event.alert_event().is_some()));
    assert!(
        events(&captured("events_empty.json"), &unit("SLM-102"))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn what_is_done_is_confirmed_by_its_id() {
    assert_eq!(acknowledged(&captured("event_ack.json"), 2), Ok(()));
    assert_eq!(
        acknowledged(&captured("event_ack.json"), 3),
        Err(Failure::Mixed)
    );
    assert_eq!(deleted(&good(r#"{"status":"ok","deleted":7}"#), 7), Ok(()));
    assert_eq!(
        deleted(&captured("event_ack.json"), 2),
        Err(Failure::Malformed)
    );
    let meter = unit("SLM-101");
    let switched = |body: &str| kept_alive(&good(body), &meter, true);
    for done in [
        r#"{"status":"ok"}"#,
        r#"{"status":"ok","unit_id":"SLM-101","monitor_enabled":true}"#,
    ] {
        assert_eq!(switched(done), Ok(()), "{done}");
    }
    for undone in [
        "{}",
        r#"{"status":"error"}"#,
        r#"{"status":"ok","monitor_enabled":false}"#,
    ] {
        assert_eq!(switched(undone), Err(Failure::Malformed), "{undone}");
    }
    let other = r#"{"status":"ok","unit_id":"SLM-102","monitor_enabled":true}"#;
    assert_eq!(switched(other), Err(Failure::Mixed));
}

#[test]
fn the_roster_is_read_without_its_secrets() {
    let roster = roster(&captured("roster_one_unreachable.json")).unwrap();
    assert!(!format!("{roster:?}").contains("canary"));
    let entry = roster.find(&unit("SLM-106")).unwrap();
    assert_eq!(
        (entry.polling.enabled, entry.polling.interval_s),
        (Some(true), Some(60))
    );
    assert_eq!(entry.starts_with_slmm, Some(false));
    let told = roster.0.into_iter().next().unwrap().with(None);
    assert_eq!(told.contact.reachable, Some(false));
    assert_eq!(told.contact.consecutive_failures, Some(3));
    assert!(
        told.contact
            .last_error
            .unwrap()
            .starts_with("Failed to connect")
    );
}

#[test]
fn a_meter_never_polled_has_no_contact() {
    let roster = roster(&captured("roster_never_polled.json")).unwrap();
    let monitors = monitors(&captured("monitor_status_empty.json")).unwrap();
    let told = roster.0.into_iter().next().unwrap().with(Some(&monitors));
    assert_eq!(
        (told.contact.reachable, told.contact.last_seen),
        (None, None)
    );
    let monitor = told.monitor.unwrap();
    assert!(!monitor.running && monitor.starts_with_slmm == Some(true));
}

#[test]
fn a_roster_may_hold_names_that_are_none_of_ours() {
    let body =
        r#"{"devices":[{"unit_id":"a/b"},{"unit_id":7},"x",{"unit_id":"SLM-1","status":[]}]}"#;
    let roster = roster(&good(body)).unwrap();
    let names: Vec<_> = roster.0.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["a/b", "SLM-1"]);
    assert_eq!(roster.0[0].name.unit(), None);
}

#[test]
fn a_running_monitor_knows_better_than_the_poller() {
    let monitors = monitors(&captured("monitor_status_offline.json")).unwrap();
    let lost = monitors.of("SLM-103", Some(true));
    assert_eq!(
        (lost.running, lost.kept_alive, lost.watchers),
        (true, true, 2)
    );
    assert_eq!(
        (lost.reachable, lost.mode),
        (Some(false), Some(MonitorMode::BackOff))
    );
    let row = status(&captured("status_offline.json"), &unit("SLM-103"))
        .unwrap()
        .unwrap();
    assert_eq!(row.contact.reachable, Some(true), "frozen");
    let contact = row.contact.beside(Some(&lost));
    assert_eq!((contact.reachable, contact.kept_up), (Some(false), false));
    let ended = super::monitors(&captured("monitor_status.json"))
        .unwrap()
        .of("NOPE-1", None);
    assert_eq!(
        (ended.reachable, ended.mode),
        (None, None),
        "it does not run"
    );
}

#[test]
fn a_row_is_read_with_its_supply() {
    let row = status(
        &captured("status_poller_unreachable.json"),
        &unit("SLM-106"),
    )
    .unwrap()
    .unwrap();
    assert_eq!(
        (row.contact.reachable, row.contact.consecutive_failures),
        (Some(false), Some(3))
    );
    assert!(row.contact.last_attempt > row.contact.last_success);
    assert_eq!(row.power, crate::device::Power::default());
    let levels = row.status.reading.unwrap().levels;
    assert_eq!(
        (levels.lmin, levels.lpeak),
        (Decibel::new(39.7), Decibel::new(96.7))
    );
    let shifted = status(&captured("status_shifted_fields.json"), &unit("SLM-104"))
        .unwrap()
        .unwrap();
    assert!(shifted.status.reading.unwrap().levels.is_empty());
    assert!(
        status(&captured("status_404.json"), &unit("SLM-999"))
            .unwrap()
            .is_none()
    );
    let body = r#"{"data":{"last_seen":"2026-11-21T04:00:00","battery_level":" 87 ","power_source":"-.-","sd_remaining_mb":1024,"sd_free_ratio":[]}}"#;
    let power = status(&good(body), &unit("SLM-101"))
        .unwrap()
        .unwrap()
        .power;
    assert_eq!(
        (power.battery_level.as_deref(), power.power_source),
        (Some("87"), None)
    );
    assert_eq!(
        (power.sd_remaining_mb.as_deref(), power.sd_free_ratio),
        (Some("1024"), None)
    );
}

#[test]
fn health_has_a_name_and_perhaps_a_version() {
    let told = health(&captured("health.json")).unwrap();
    assert_eq!(
        (told.service.as_deref(), told.version),
        (Some("slmm-nl43-addon"), None)
    );
    let told = health(&good(r#"{"status":"ok","version":"0.5.0"}"#)).unwrap();
    assert_eq!(told.version.as_deref(), Some("0.5.0"));
    assert!(health(&good(r#"{"status":"starting"}"#)).is_err());
}

/// Reads a body as everything it might be.
fn read_as_all(reply: &Reply) -> [bool; 9] {
    let meter = unit("SLM-101");
    detail(reply);
    [
        health(reply).is_ok(),
        roster(reply).is_ok(),
        monitors(reply).is_ok(),
        status(reply, &meter).is_ok(),
        rules(reply, &meter).is_ok(),
        rule(reply, &meter).is_ok(),
        events(reply, &meter).is_ok(),
        deleted(reply, 1).is_ok(),
        kept_alive(reply, &meter, true).is_ok(),
    ]
}

#[test]
fn garbage_is_no_answer_to_anything() {
    let deep = "[".repeat(10_000);
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "1",
        "<!doctype html>",
        "Internal Server Error",
        &deep,
    ] {
        assert_eq!(read_as_all(&good(body)), [false; 9], "{body:.40}");
    }
    for name in [
        "rule_404_put.json",
        "rule_422_types.json",
        "roster_422.json",
        "config.json",
    ] {
        let read = read_as_all(&captured(name));
        // A 404 in SLMM's own words says that there is no row.
        let row = name == "rule_404_put.json";
        let known = [false, false, row, false, false, false, false];
        assert_eq!(read[1..8], known, "{name}");
    }
    // Every unit's polling is no roster, though it has devices.
    assert!(roster(&captured("polling_status.json")).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(body in proptest::collection::vec(any::<u8>(), 0..400), status in 100_u16..600) {
        read_as_all(&Reply { status, body: body.into() });
    }
}
