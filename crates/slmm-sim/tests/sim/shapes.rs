//! Field by field what the real service answered.

use awc::http::Method;
use domain::Metric;
use serde_json::Value;
use slmm_sim::{Reach, RuleSpec};

use crate::harness::{Answer, Bench, UNIT, fixture};

/// The names of fields in the order of their first appearance.
fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut parts = text
        .split('"')
        .skip(1)
        .step_by(2)
        .zip(text.split('"').skip(2).step_by(2));
    for (quoted, after) in &mut parts {
        if after.trim_start().starts_with(':') && !names.iter().any(|name| name == quoted) {
            names.push(quoted.to_owned());
        }
    }
    names
}

/// Whether two values have the same shape; a `null` on either side stands for any.
fn assert_alike(ours: &Value, theirs: &Value, place: &str) {
    match (ours, theirs) {
        (Value::Null, _) | (_, Value::Null) => {}
        (Value::Object(ours), Value::Object(theirs)) => {
            let of = |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
            assert_eq!(of(ours), of(theirs), "{place}");
            for (name, value) in ours {
                assert_alike(value, &theirs[name], &format!("{place}.{name}"));
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            assert_eq!(ours.is_empty(), theirs.is_empty(), "{place}");
            for value in ours {
                assert_alike(value, &theirs[0], &format!("{place}[]"));
            }
        }
        (Value::String(ours), Value::String(theirs)) if theirs.starts_with("2026-11-21T") => {
            assert!(
                ours.starts_with("2026-11-") && !ours.ends_with('Z'),
                "{place}: {ours}"
            );
        }
        _ => assert_eq!(
            std::mem::discriminant(ours),
            std::mem::discriminant(theirs),
            "{place}: {ours} {theirs}"
        ),
    }
}

fn assert_like(answer: &Answer, name: &str) {
    let theirs = fixture(name);
    let value: Value = serde_json::from_str(&theirs).unwrap();
    assert_eq!(answer.status, 200, "{name}: {}", answer.text);
    assert_alike(&answer.json(), &value, name);
    assert_eq!(names(&answer.text), names(&theirs), "{name}");
}

fn assert_same(answer: &Answer, status: u16, name: &str) {
    let theirs: Value = serde_json::from_str(&fixture(name)).unwrap();
    assert_eq!((answer.status, answer.json()), (status, theirs), "{name}");
    assert_eq!(names(&answer.text), names(&fixture(name)), "{name}");
}

#[actix_rt::test]
async fn the_plain_answers_are_word_for_word() {
    let bench = Bench::new();
    assert_same(&bench.get("/health").await, 200, "health.json");
    assert_same(
        &bench.get("/api/nl43/SLM-999/status").await,
        404,
        "status_404.json",
    );
    assert_same(
        &bench.get("/api/nl43/SLM-999/history").await,
        200,
        "history_empty.json",
    );
    assert_same(
        &bench.get("/api/nl43/SLM-999/alerts/events").await,
        200,
        "events_empty.json",
    );
    let ack = "/api/nl43/SLM-101/alerts/events/9999/ack?by=x";
    assert_same(
        &bench.send(Method::POST, ack, "").await,
        404,
        "event_ack_404.json",
    );
    let rule = "/api/nl43/SLM-101/alerts/rules/9999";
    assert_same(
        &bench.send(Method::DELETE, rule, "").await,
        404,
        "rule_404_delete.json",
    );
    let body = r#"{"threshold_db":85.0}"#;
    assert_same(
        &bench.send(Method::PUT, rule, body).await,
        404,
        "rule_404_put.json",
    );
}

#[actix_rt::test]
async fn what_is_no_number_is_refused_word_for_word() {
    let bench = Bench::new();
    let history = bench.get("/api/nl43/SLM-101/history?hours=abc").await;
    assert_same(&history, 422, "history_422.json");
    let events = bench.get("/api/nl43/SLM-101/alerts/events?limit=abc").await;
    assert_same(&events, 422, "events_422.json");
    let rules = "/api/nl43/SLM-101/alerts/rules";
    for (body, name) in [
        (r#"{"name":"x"}"#, "rule_422_missing_threshold.json"),
        ("threshold_db=85", "rule_422_not_json.json"),
        (
            r#"{"threshold_db":"loud","duration_s":1.5,"enabled":"maybe"}"#,
            "rule_422_types.json",
        ),
    ] {
        assert_same(&bench.send(Method::POST, rules, body).await, 422, name);
    }
}

#[actix_rt::test]
async fn a_status_looks_like_the_real_one_in_every_state() {
    let bench = Bench::new();
    let path = format!("/api/nl43/{UNIT}/status");
    bench.advance(11.0);
    assert_like(&bench.get(&path).await, "status_measuring.json");

    bench.sim.force(UNIT, Metric::Leq, Some("-.-")).unwrap();
    bench.sim.poll(UNIT).unwrap();
    assert_like(&bench.get(&path).await, "status_missing_some.json");

    bench.sim.restore(UNIT).unwrap();
    bench.sim.stop_measuring(UNIT).unwrap();
    bench.sim.reset_results(UNIT).unwrap();
    bench.sim.poll(UNIT).unwrap();
    let stopped = bench.get(&path).await;
    assert_like(&stopped, "status_stopped_no_results.json");
    assert_eq!(stopped.json()["data"]["leq"], "-.-");
    assert_eq!(
        stopped.json()["data"]["measurement_start_time"],
        Value::Null
    );

    bench.sim.set_never_reached(UNIT).unwrap();
    let never = bench.get(&path).await;
    assert_like(&never, "status_never_reached.json");
    assert_eq!(never.json()["data"]["last_seen"], "2026-11-21T04:00:11");
    assert_eq!(never.json()["data"]["raw_payload"], Value::Null);
}

#[actix_rt::test]
async fn a_meter_s_text_reaches_the_status_as_it_did_in_the_captures() {
    let bench = Bench::new();
    let path = format!("/api/nl43/{UNIT}/status");
    for name in [
        "status_measuring.json",
        "status_missing_values.json",
        "status_raw_text.json",
        "status_shifted_fields.json",
    ] {
        let theirs: Value = serde_json::from_str(&fixture(name)).unwrap();
        let theirs = &theirs["data"];
        bench
            .sim
            .set_raw(UNIT, theirs["raw_payload"].as_str().unwrap())
            .unwrap();
        bench.sim.poll(UNIT).unwrap();
        let ours = bench.get(&path).await.json();
        for field in [
            "raw_payload",
            "lp",
            "leq",
            "lmax",
            "lmin",
            "lpeak",
            "ln1",
            "ln2",
        ] {
            assert_eq!(ours["data"][field], theirs[field], "{name}: {field}");
        }
    }
    // The switches that make the same of any sound.
    bench.sim.restore(UNIT).unwrap();
    bench.sim.blank(UNIT).unwrap();
    bench.sim.poll(UNIT).unwrap();
    let blank: Value = serde_json::from_str(&fixture("status_missing_values.json")).unwrap();
    let ours = bench.get(&path).await.json();
    assert_eq!(ours["data"]["raw_payload"], blank["data"]["raw_payload"]);

    bench.sim.restore(UNIT).unwrap();
    bench.sim.poll(UNIT).unwrap();
    let straight = bench.get(&path).await.json();
    bench.sim.shift_fields(UNIT).unwrap();
    bench.sim.poll(UNIT).unwrap();
    let shifted = bench.get(&path).await.json();
    assert_eq!(shifted["data"]["lp"], straight["data"]["leq"]);
    assert!(
        shifted["data"]["raw_payload"]
            .as_str()
            .unwrap()
            .starts_with(", ")
    );
}

#[actix_rt::test]
async fn roster_history_and_monitors_look_like_the_real_ones() {
    let bench = Bench::new();
    bench.advance(11.0);
    let roster = bench.get("/api/nl43/roster").await;
    assert_like(&roster, "roster.json");
    assert_eq!(roster.json()["total"], 6);
    assert_eq!(
        roster.json()["devices"][0]["ftp_password"],
        slmm_sim::FTP_PASSWORD
    );
    assert_like(
        &bench.get("/api/nl43/SLM-101/history?hours=2").await,
        "history.json",
    );
    let monitors = bench.get("/api/nl43/_monitor/status").await;
    let theirs: Value = serde_json::from_str(&fixture("monitor_status_idle.json")).unwrap();
    assert_eq!(
        monitors.json()["monitors"]["SLM-101"],
        theirs["monitors"]["SLM-101"]
    );
    assert_eq!(
        names(&monitors.text)[..3],
        ["status", "monitors", "SLM-101"]
    );

    bench.sim.drop_row("SLM-101", true).unwrap();
    let unpolled = bench.get("/api/nl43/roster").await;
    assert_eq!(unpolled.json()["devices"][0]["status"], Value::Null);
}

#[actix_rt::test]
async fn rules_and_events_look_like_the_real_ones() {
    let bench = Bench::new();
    let rules = format!("/api/nl43/{UNIT}/alerts/rules");
    let body = r#"{"threshold_db":85.0}"#;
    let created = bench
        .send(Method::POST, "/api/nl43/SLM-101/alerts/rules", body)
        .await;
    assert_same(&created, 200, "rule_create_defaults.json");
    let night = r#"{"name":"Night limit","metric":"leq","threshold_db":120.0,"duration_s":0,
        "schedule_start":"22:00","schedule_end":"07:00","schedule_days":"0,1,2,3,4"}"#;
    let created = bench.send(Method::POST, &rules, night).await;
    assert_like(&created, "rule_create_night.json");
    assert_like(&bench.get(&rules).await, "rules.json");

    bench.add_rule(RuleSpec {
        threshold_db: 60.0,
        ..RuleSpec::default()
    });
    bench.hear(1.25, 70.24);
    let events = format!("/api/nl43/{UNIT}/alerts/events");
    let active = bench.get(&events).await;
    assert_like(&active, "events_active.json");
    assert_eq!(active.json()["events"][0]["onset_value"], 70.2);
    assert_eq!(
        active.json()["events"][0]["onset_at"],
        "2026-11-21T04:00:01"
    );
    let ack = format!("{events}/1/ack?by=ops-1");
    assert_like(&bench.send(Method::POST, &ack, "").await, "event_ack.json");
    assert_like(&bench.get(&events).await, "events_acked_active.json");
    bench.hear(1.5, 40.0);
    let cleared = bench.get(&events).await;
    assert_like(&cleared, "events_cleared.json");
    assert_eq!(
        cleared.json()["events"][0]["clear_at"],
        "2026-11-21T04:00:02.750000"
    );
}

#[actix_rt::test]
async fn a_lost_meter_is_told_as_the_real_one() {
    let bench = Bench::new();
    bench.sim.set_poller_only(UNIT, true).unwrap();
    bench.sim.set_reach(UNIT, Reach::Refusing).unwrap();
    bench.advance(181.0);
    let status = bench.get(&format!("/api/nl43/{UNIT}/status")).await;
    assert_like(&status, "status_poller_unreachable.json");
    assert_eq!(status.json()["data"]["is_reachable"], false);
    assert_eq!(status.json()["data"]["consecutive_failures"], 3);

    bench.sim.set_reach("SLM-103", Reach::Refusing).unwrap();
    bench.advance(60.0);
    let frozen = bench.get("/api/nl43/SLM-103/status").await;
    assert_like(&frozen, "status_offline.json");
    assert_eq!(frozen.json()["data"]["is_reachable"], true);
    assert_like(
        &bench.get("/api/nl43/SLM-103/alerts/events").await,
        "events_connectivity.json",
    );
    let monitors = bench.get("/api/nl43/_monitor/status").await.json();
    assert_eq!(monitors["monitors"]["SLM-103"]["reachable"], false);
    assert_eq!(monitors["monitors"]["SLM-103"]["mode"], "backoff");
    assert_eq!(monitors["monitors"][UNIT]["running"], false);
}

#[actix_rt::test]
async fn what_does_not_exist_is_refused_as_the_framework_does() {
    let bench = Bench::new();
    let wrong_method = bench
        .send(Method::DELETE, "/api/nl43/SLM-101/status", "")
        .await;
    assert_eq!(
        (wrong_method.status, wrong_method.text.as_str()),
        (405, r#"{"detail":"Method Not Allowed"}"#)
    );
    let nowhere = bench.get("/api/nl43/SLM-101/nothing").await;
    assert_eq!(
        (nowhere.status, nowhere.text.as_str()),
        (404, r#"{"detail":"Not Found"}"#)
    );
    assert_eq!(bench.get("/api/nl43/SLM-101/status/").await.status, 307);
    let case = bench.get("/api/nl43/slm-101/status").await;
    assert_eq!(case.status, 404, "unit ids are case-sensitive");
}
