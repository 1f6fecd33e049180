//! Answers that come late, broken, or not at all.

use std::time::Duration;

use awc::http::Method;
use slmm_sim::{Endpoint, Fault, Scope};

use crate::harness::{Answer, Bench, UNIT};

async fn status_with(bench: &Bench, fault: Fault) -> Result<Answer, String> {
    bench
        .sim
        .set_fault(Scope::endpoint(Endpoint::Status), fault);
    bench
        .try_send(Method::GET, &format!("/api/nl43/{UNIT}/status"), "")
        .await
}

#[actix_rt::test]
async fn every_broken_answer_is_broken_in_its_way() {
    let bench = Bench::new();
    let internal = status_with(&bench, Fault::InternalError).await.unwrap();
    assert_eq!(
        (internal.status, internal.text.as_str()),
        (500, "Internal Server Error")
    );
    assert!(internal.content_type.starts_with("text/plain"));

    let html = status_with(&bench, Fault::Html).await.unwrap();
    assert!(html.status == 200 && html.text.starts_with("<!doctype html>"));

    let cut = status_with(&bench, Fault::Truncated).await.unwrap();
    assert!(cut.text.starts_with(r#"{"status":"ok","data""#));
    assert!(serde_json::from_str::<serde_json::Value>(&cut.text).is_err());

    let nested = status_with(&bench, Fault::Nested(100_000)).await.unwrap();
    assert_eq!(nested.text.len(), 200_000);

    let empty = status_with(&bench, Fault::Empty).await.unwrap();
    assert_eq!((empty.status, empty.text.as_str()), (200, ""));

    let typed = status_with(&bench, Fault::WrongContentType).await.unwrap();
    assert_eq!(typed.content_type, "text/html; charset=utf-8");
    assert_eq!(typed.json()["status"], "ok");

    let body = status_with(&bench, Fault::Body("[]".into())).await.unwrap();
    assert_eq!((body.status, body.text.as_str()), (200, "[]"));

    let huge = status_with(&bench, Fault::Huge(50 << 20)).await.unwrap();
    assert!(huge.text.len() > 50 << 20);

    let elsewhere = Fault::Redirect("http://127.0.0.1:9/".into());
    let moved = status_with(&bench, elsewhere).await.unwrap();
    assert_eq!((moved.status, moved.text.as_str()), (307, ""));

    let stalled = status_with(&bench, Fault::Stalled);
    let patience = Duration::from_millis(200);
    assert!(tokio::time::timeout(patience, stalled).await.is_err());

    assert!(status_with(&bench, Fault::Close).await.is_err());
    assert_eq!(
        bench.get("/api/nl43/roster").await.status,
        200,
        "the others are whole"
    );
}

#[actix_rt::test]
async fn the_most_precise_fault_counts() {
    let bench = Bench::new();
    let unit_status = Scope::unit(UNIT).and(Endpoint::Status);
    bench.sim.set_fault(unit_status.clone(), Fault::Status(504));
    bench.sim.set_fault(Scope::unit(UNIT), Fault::Status(503));
    bench
        .sim
        .set_fault(Scope::endpoint(Endpoint::Status), Fault::Status(502));
    bench.sim.set_fault(Scope::all(), Fault::Status(501));
    let status = async |path: &str| bench.get(&format!("/api/nl43/{path}")).await.status;
    assert_eq!(status("SLM-102/status").await, 504);
    assert_eq!(status("SLM-102/history").await, 503);
    assert_eq!(status("SLM-101/status").await, 502);
    assert_eq!(status("roster").await, 501);
    bench.sim.clear_fault(&unit_status);
    assert_eq!(status("SLM-102/status").await, 503);
    bench.sim.clear_faults();
    assert_eq!(status("SLM-102/status").await, 200);
}

#[actix_rt::test]
async fn a_held_answer_comes_when_it_is_let_go_and_counts_as_in_flight() {
    let bench = Bench::new();
    let scope = Scope::endpoint(Endpoint::Status);
    bench.sim.set_fault(scope.clone(), Fault::Hold);
    let url = bench.url(&format!("/api/nl43/{UNIT}/status"));
    let request = actix_rt::spawn(bench.client.get(url).send());
    while bench.sim.counters().in_flight() == 0 {
        actix_rt::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(!request.is_finished());
    assert_eq!(bench.get("/health").await.status, 200);
    bench.sim.clear_fault(&scope);
    assert_eq!(request.await.unwrap().unwrap().status(), 200);
    let counters = bench.sim.counters();
    assert_eq!((counters.in_flight(), counters.max_in_flight()), (0, 2));
}

#[actix_rt::test]
async fn a_late_answer_is_late_and_can_be_broken_too() {
    let bench = Bench::new();
    bench.sim.set_fault(Scope::all(), Fault::DelayMs(300));
    bench.sim.set_fault(Scope::all(), Fault::Status(503));
    let impatient = actix_rt::time::timeout(Duration::from_millis(100), bench.get("/health"));
    assert!(impatient.await.is_err());
    assert_eq!(bench.get("/health").await.status, 503);
}

#[actix_rt::test]
async fn requests_are_counted_by_kind_and_unit() {
    let bench = Bench::new();
    for path in [
        "SLM-101/status",
        "SLM-101/status",
        "SLM-102/history",
        "SLM-102/nothing",
    ] {
        bench.get(&format!("/api/nl43/{path}")).await;
    }
    let counters = bench.sim.counters();
    assert_eq!(counters.requests(Endpoint::Status), 2);
    assert_eq!(counters.requests_of(Endpoint::Status, "SLM-101"), 2);
    assert_eq!(counters.requests_of(Endpoint::Status, UNIT), 0);
    assert_eq!(counters.requests_about(UNIT), 1);
    assert_eq!(counters.total(), 3);
    bench.sim.reset_counters();
    assert_eq!(bench.sim.counters().total(), 0);
}
