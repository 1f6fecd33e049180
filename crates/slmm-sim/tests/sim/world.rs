//! Time, chance and restarts.

use std::time::Duration;

use slmm_sim::{Reach, RuleSpec, SimConfig};

use crate::harness::{Bench, UNIT};

async fn all_of(bench: &Bench) -> Vec<String> {
    let mut texts = Vec::new();
    for path in [
        "roster",
        "SLM-102/status",
        "SLM-106/status",
        "SLM-101/history?hours=24",
    ] {
        texts.push(bench.get(&format!("/api/nl43/{path}")).await.text);
    }
    texts
}

#[actix_rt::test]
async fn the_same_seed_and_times_give_the_same_world_and_another_seed_another() {
    let (one, other) = (Bench::new(), Bench::new());
    let different = Bench::of(&SimConfig {
        seed: 7,
        ..SimConfig::default()
    });
    one.advance(100.0);
    for _ in 0..100 {
        other.advance(1.0);
    }
    different.advance(100.0);
    assert_eq!(all_of(&one).await, all_of(&other).await);
    assert_ne!(all_of(&one).await, all_of(&different).await);
}

#[actix_rt::test]
async fn an_idle_unit_is_polled_each_ten_seconds() {
    let bench = Bench::new();
    let seen = async || {
        let status = bench.get(&format!("/api/nl43/{UNIT}/status")).await.json();
        let text = format!("{}Z", status["data"]["last_seen"].as_str().unwrap());
        text.parse::<domain::Timestamp>().unwrap()
    };
    bench.advance(12.0);
    let mut before = seen().await;
    for _ in 0..30 {
        bench.advance(4.0);
        let after = seen().await;
        let gap = after.duration_since(before).as_secs_f64();
        assert!(gap == 0.0 || (10.0..=11.2).contains(&gap), "{gap}");
        before = after;
    }
}

#[actix_rt::test]
async fn a_clock_that_is_set_back_does_not_stop_the_world() {
    let bench = Bench::new();
    bench.advance(60.0);
    bench.clock.step_to("2026-11-21T01:00:00Z".parse().unwrap());
    bench.sim.tick();
    bench.advance(12.0);
    let status = bench.get(&format!("/api/nl43/{UNIT}/status")).await.json();
    assert!(
        status["data"]["last_seen"]
            .as_str()
            .unwrap()
            .starts_with("2026-11-21T01:00:")
    );
}

#[actix_rt::test]
async fn a_killed_simulator_can_be_started_again_on_its_port() {
    let Bench {
        clock,
        sim,
        running,
        client,
    } = Bench::new();
    let always = RuleSpec {
        threshold_db: 0.0,
        ..RuleSpec::default()
    };
    sim.insert_rule(UNIT, always);
    sim.poll(UNIT).unwrap();
    let (address, url) = (running.address(), running.base_url());
    let health = format!("{url}/health");
    assert!(
        client
            .get(&health)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    running.stop().await;
    assert!(client.get(&health).send().await.is_err());
    clock.advance(Duration::from_hours(1));
    let running = sim.serve(&address.to_string()).unwrap();
    let bench = Bench {
        clock,
        sim,
        running,
        client,
    };
    bench.advance(12.0);
    let status = bench.get(&format!("/api/nl43/{UNIT}/status")).await.json();
    assert!(
        status["data"]["last_seen"]
            .as_str()
            .unwrap()
            .starts_with("2026-11-21T05:00:")
    );
    let rows = bench
        .get(&format!("/api/nl43/{UNIT}/history?hours=0.9"))
        .await
        .json();
    assert_eq!(rows["count"], 1, "nobody was polled while it was away");
    let open: Vec<bool> = bench
        .events()
        .iter()
        .map(slmm_sim::Event::is_active)
        .collect();
    assert_eq!(open, [true, true], "the first is forgotten, and stays open");
}

#[actix_rt::test]
async fn a_monitor_can_be_stopped_and_the_poller_takes_over() {
    let bench = Bench::new();
    let stop = format!("/api/nl43/{UNIT}/monitor/stop");
    assert_eq!(
        bench.send(awc::http::Method::POST, &stop, "").await.status,
        200
    );
    bench.sim.set_reach(UNIT, Reach::Refusing).unwrap();
    bench.advance(250.0);
    let status = bench.get(&format!("/api/nl43/{UNIT}/status")).await.json();
    assert_eq!(status["data"]["is_reachable"], false);
    assert!(bench.events().is_empty(), "only a monitor raises them");
}

#[actix_rt::test]
async fn the_control_api_does_what_the_methods_do() {
    let bench = Bench::new();
    let post =
        async |path: &str, body: &str| bench.send(awc::http::Method::POST, path, body).await.status;
    let unit = format!("/_sim/units/{UNIT}");
    assert_eq!(
        post(&unit, r#"{"do":"force","metric":"lp","text":"77.7"}"#).await,
        200
    );
    assert_eq!(post(&unit, r#"{"do":"poll"}"#).await, 200);
    let status = bench.get(&format!("/api/nl43/{UNIT}/status")).await.json();
    assert_eq!(status["data"]["lp"], "77.7");
    assert_eq!(post("/_sim/units/NOPE", r#"{"do":"poll"}"#).await, 404);
    assert_eq!(post(&unit, r#"{"do":"dance"}"#).await, 400);
    let event = r#"{"unit_id":"SLM-102","rule_id":7,"rule_name":"n","metric":"lp","threshold_db":1,
        "onset_at":"2026-11-21T03:00:00Z","clear_at":"2026-11-21T03:01:00Z"}"#;
    assert_eq!(post("/_sim/events", event).await, 200);
    assert!(!bench.events()[0].is_active());
    let row = r#"{"at":"2026-11-21T03:00:00.123Z","lp":"row"}"#;
    assert_eq!(post(&format!("{unit}/trail"), row).await, 200);
    let history = bench.get(&format!("/api/nl43/{UNIT}/history")).await;
    assert!(
        history
            .text
            .contains(r#""2026-11-21T03:00:00.123000","lp":"row""#)
    );
    let fault = r#"{"scope":{"endpoint":"status"},"fault":{"status":503}}"#;
    assert_eq!(post("/_sim/faults", fault).await, 200);
    assert_eq!(
        bench.get(&format!("/api/nl43/{UNIT}/status")).await.status,
        503
    );
    let counters = bench.get("/_sim/counters").await.json();
    assert_eq!(counters["requests"]["status"], 2);
}
