//! Rules over HTTP, with SLMM's leniency.

use awc::http::Method;
use serde_json::{Value, json};
use slmm_sim::RuleSpec;

use crate::harness::{Bench, UNIT};

fn rules() -> String {
    format!("/api/nl43/{UNIT}/alerts/rules")
}

#[actix_rt::test]
async fn put_replaces_and_takes_the_defaults_for_what_is_left_out() {
    let bench = Bench::new();
    let body = r#"{"name":"Named","threshold_db":60,"duration_s":30,"schedule_days":"0"}"#;
    let created = bench.send(Method::POST, &rules(), body).await.json();
    let path = format!("{}/{}", rules(), created["rule"]["id"]);
    let put = bench
        .send(Method::PUT, &path, r#"{"threshold_db":55.0}"#)
        .await
        .json();
    assert_eq!(put["rule"]["name"], "Alert");
    assert_eq!(put["rule"]["duration_s"], 0);
    assert_eq!(put["rule"]["schedule_days"], Value::Null);
}

#[actix_rt::test]
async fn ids_are_used_again_after_the_newest_rule_is_deleted() {
    let bench = Bench::new();
    let create = || {
        bench.send(
            Method::POST,
            "/api/nl43/SLM-101/alerts/rules",
            r#"{"threshold_db":1}"#,
        )
    };
    assert_eq!(create().await.json()["rule"]["id"], 1);
    assert_eq!(create().await.json()["rule"]["id"], 2);
    let deleted = bench
        .send(Method::DELETE, "/api/nl43/SLM-101/alerts/rules/2", "")
        .await;
    assert_eq!(deleted.json(), json!({ "status": "ok", "deleted": 2 }));
    assert_eq!(create().await.json()["rule"]["id"], 2);
    let foreign = bench
        .send(Method::DELETE, &format!("{}/2", rules()), "")
        .await;
    assert_eq!(foreign.status, 404, "another unit's rule");
}

#[actix_rt::test]
async fn an_edit_closes_the_open_event_and_the_next_poll_opens_another() {
    let bench = Bench::new();
    let id = bench.add_rule(RuleSpec {
        threshold_db: 60.0,
        ..RuleSpec::default()
    });
    bench.hear(1.0, 70.2);
    bench.hear(1.0, 75.0);
    let path = format!("{}/{id}", rules());
    bench
        .send(Method::PUT, &path, r#"{"threshold_db":60.0}"#)
        .await;
    let closed = &bench.events()[0];
    assert_eq!((closed.is_active(), closed.peak_value), (false, Some(70.2)));
    bench.hear(1.0, 70.0);
    assert_eq!(bench.events().len(), 2, "in spite of the cooldown");
    bench.send(Method::DELETE, &path, "").await;
    assert!(!bench.events()[0].is_active());
}

#[actix_rt::test]
async fn an_impossible_threshold_answers_500_yet_is_stored_and_breaks_the_listing() {
    let bench = Bench::new();
    let created = bench
        .send(Method::POST, &rules(), r#"{"threshold_db":1e999}"#)
        .await;
    assert_eq!(
        (created.status, created.text.as_str()),
        (500, "Internal Server Error")
    );
    assert!(created.content_type.starts_with("text/plain"));
    assert_eq!(bench.get(&rules()).await.status, 500);
    assert_eq!(
        bench
            .send(Method::DELETE, &format!("{}/1", rules()), "")
            .await
            .status,
        200
    );
    assert_eq!(bench.get(&rules()).await.json()["rules"], json!([]));
}

#[actix_rt::test]
async fn numbers_beyond_the_database_answer_500_and_are_not_stored() {
    let bench = Bench::new();
    for body in [
        r#"{"threshold_db":1,"duration_s":1e30}"#,
        r#"{"threshold_db":"nan"}"#,
    ] {
        assert_eq!(
            bench.send(Method::POST, &rules(), body).await.status,
            500,
            "{body}"
        );
    }
    assert_eq!(bench.get(&rules()).await.json()["rules"], json!([]));
}

#[actix_rt::test]
async fn texts_and_truth_values_become_numbers() {
    let bench = Bench::new();
    let body =
        r#"{"threshold_db":"85.5","duration_s":"30","clear_margin_db":true,"enabled":"yes"}"#;
    let rule = bench.send(Method::POST, &rules(), body).await.json()["rule"].clone();
    assert_eq!(rule["threshold_db"], 85.5);
    assert_eq!(rule["duration_s"], 30);
    assert_eq!(rule["clear_margin_db"], 1.0);
    assert_eq!(rule["enabled"], true);
}

#[actix_rt::test]
async fn an_enabled_rule_starts_a_monitor_even_for_a_unit_that_does_not_exist() {
    let bench = Bench::new();
    let body = r#"{"threshold_db":60,"metric":"bogus"}"#;
    let created = bench
        .send(Method::POST, "/api/nl43/NOPE-1/alerts/rules", body)
        .await;
    assert_eq!(created.json()["rule"]["metric"], "bogus");
    let monitors = bench.get("/api/nl43/_monitor/status").await.json();
    assert_eq!(monitors["monitors"]["NOPE-1"]["keepalive"], true);
    bench.advance(3.0);
    assert_eq!(bench.sim.events("NOPE-1")[0].metric, "connectivity");
}

#[actix_rt::test]
async fn an_acknowledgement_marks_and_a_repeat_overwrites() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        threshold_db: 60.0,
        ..RuleSpec::default()
    });
    bench.hear(1.0, 70.0);
    let events = format!("/api/nl43/{UNIT}/alerts/events");
    bench
        .send(Method::POST, &format!("{events}/1/ack?by=ops%201"), "")
        .await;
    assert_eq!(bench.events()[0].acknowledged_by.as_deref(), Some("ops 1"));
    bench
        .send(Method::POST, &format!("{events}/1/ack"), "")
        .await;
    assert_eq!(bench.events()[0].acknowledged_by, None);
    assert!(bench.events()[0].is_active());
    let foreign = bench
        .send(Method::POST, "/api/nl43/SLM-101/alerts/events/1/ack", "")
        .await;
    assert_eq!(foreign.status, 404);
}

#[actix_rt::test]
async fn the_limit_of_events_is_as_odd_as_the_real_one() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        threshold_db: 60.0,
        cooldown_s: 0,
        ..RuleSpec::default()
    });
    for _ in 0..3 {
        bench.hear(1.0, 70.0);
        bench.hear(1.0, 40.0);
    }
    let count = async |limit: &str| {
        let path = format!("/api/nl43/{UNIT}/alerts/events?limit={limit}");
        let answer = bench.get(&path).await;
        if answer.status == 200 {
            answer.json()["events"].as_array().unwrap().len()
        } else {
            usize::from(answer.status)
        }
    };
    assert_eq!(count("2").await, 2);
    assert_eq!(count("0").await, 0);
    assert_eq!(count("-1").await, 3);
    assert_eq!(count("99999999999999999999").await, 500);
}
