//! Fifteen sessions, and what the sixteenth does.

use std::time::Duration;

use futures_util::future::join_all;
use slmm_sim::{Capacity, Endpoint, Fault, RuleSpec, Scope, SimConfig};

use crate::harness::{Bench, UNIT};

fn limited() -> Bench {
    let capacity = Capacity {
        service_time: Duration::ZERO,
        ..Capacity::default()
    };
    Bench::of(&SimConfig {
        capacity: Some(capacity),
        ..SimConfig::with_units(20)
    })
}

/// Starts this many status requests that are held in service.
async fn hold(bench: &Bench, count: usize) -> Vec<actix_rt::task::JoinHandle<u16>> {
    bench
        .sim
        .set_fault(Scope::endpoint(Endpoint::Status), Fault::Hold);
    let requests: Vec<_> = (0..count)
        .map(|_| {
            let send = bench
                .client
                .get(bench.url(&format!("/api/nl43/{UNIT}/status")))
                .send();
            actix_rt::spawn(async move { send.await.unwrap().status().as_u16() })
        })
        .collect();
    until(bench, |bench| bench.sim.counters().in_flight() == count).await;
    requests
}

async fn until(bench: &Bench, ready: impl Fn(&Bench) -> bool) {
    for _ in 0..500 {
        if ready(bench) {
            return;
        }
        actix_rt::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not come to that: {:?}", bench.sim.counters());
}

async fn hangs(bench: &Bench, path: &str) -> bool {
    actix_rt::time::timeout(Duration::from_millis(150), bench.get(path))
        .await
        .is_err()
}

#[actix_rt::test]
async fn fifteen_sessions_are_borne() {
    let bench = limited();
    let held = hold(&bench, 15).await;
    assert_eq!(bench.get("/health").await.status, 200);
    assert_eq!(bench.sim.counters().times_deaf, 0);
    bench.sim.clear_faults();
    assert!(
        join_all(held)
            .await
            .into_iter()
            .all(|status| status.unwrap() == 200)
    );
}

#[actix_rt::test]
async fn the_sixteenth_makes_the_whole_service_deaf_for_half_a_minute() {
    let bench = limited();
    let mut held = hold(&bench, 16).await;
    until(&bench, |bench| bench.sim.counters().times_deaf == 1).await;
    bench.sim.clear_faults();
    assert!(hangs(&bench, "/health").await);
    bench.sim.insert_rule(
        UNIT,
        RuleSpec {
            threshold_db: 0.0,
            ..RuleSpec::default()
        },
    );
    bench.advance(29.9);
    assert!(
        hangs(&bench, "/api/nl43/_monitor/status").await,
        "nothing is released meanwhile"
    );
    assert!(held.iter().all(|request| !request.is_finished()));
    assert!(bench.sim.events(UNIT).is_empty(), "nothing is polled");
    bench.advance(0.1);
    let fired = bench.sim.events(UNIT)[0].onset_at;
    assert_eq!(
        fired.to_string(),
        "2026-11-21T04:00:30Z",
        "no poll is made up for"
    );
    let last = held.pop();
    let statuses: Vec<u16> = join_all(held)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let last = last.unwrap().await.unwrap();
    let refused = statuses
        .iter()
        .chain([&last])
        .filter(|status| **status == 500)
        .count();
    assert_eq!(refused, 1, "whoever asked for the sixteenth");
    assert_eq!(bench.get("/health").await.status, 200);
}

#[actix_rt::test]
async fn a_watched_unit_holds_a_session_and_an_idle_one_does_not() {
    let bench = limited();
    let mut sockets = Vec::new();
    for number in 101..=115 {
        let url = bench.url(&format!("/api/nl43/SLM-{number}/monitor"));
        sockets.push(bench.client.ws(url).connect().await.unwrap());
        assert_eq!(bench.sim.counters().times_deaf, 0, "{number}");
    }
    until(&bench, |bench| bench.sim.counters().feeds() == 15).await;
    bench.sim.tick();
    assert!(hangs(&bench, "/api/nl43/roster").await);
    assert_eq!(bench.sim.counters().times_deaf, 1);
}

#[actix_rt::test]
async fn a_service_without_the_limit_bears_anything() {
    let bench = Bench::new();
    let held = hold(&bench, 40).await;
    assert_eq!(bench.get("/health").await.status, 200);
    bench.sim.clear_faults();
    assert!(
        join_all(held)
            .await
            .into_iter()
            .all(|status| status.unwrap() == 200)
    );
    assert_eq!(bench.sim.counters().max_in_flight(), 41);
}
