//! How little SLMM is asked, however many ask us.

use std::sync::Arc;
use std::time::Duration;

use domain::UnitId;
use futures_util::FutureExt;
use futures_util::future::join_all;
use slmm::{Answer, TrailSpan};

use crate::support::{AMPLE, Bench, Gate, Reply, expect_fresh, fresh, handle, unit, until};

pub(crate) fn healthy(path: &str) -> Reply {
    if path.ends_with("/_monitor/status") {
        Reply::no_monitors()
    } else if path.ends_with("/status") {
        Reply::level(60.0)
    } else if path.contains("/history?") {
        Reply::ok(r#"{"readings":[]}"#)
    } else if path.ends_with("/rules") {
        Reply::ok(r#"{"rules":[]}"#)
    } else {
        Reply::ok(r#"{"events":[]}"#)
    }
}

#[tokio::test]
async fn a_hundred_callers_of_one_meter_cost_two_requests() {
    let gate = Gate::shut();
    let held = gate.clone();
    let bench = Bench::new(move |path| healthy(path).behind(&held)).await;
    let meter = unit("SLM-101");
    let callers: Vec<_> = (0..100)
        .map(|_| {
            let (slmm, meter) = (bench.slmm.clone(), meter.clone());
            tokio::spawn(async move { slmm.status(&meter).await })
        })
        .collect();
    bench.upstream.saw(2).await;
    until(
        || async { bench.slmm.counters().joins },
        |joins| *joins == 198,
    )
    .await;
    gate.open();
    for caller in callers {
        expect_fresh(caller.await.unwrap());
    }
    let mut paths = bench.upstream.paths();
    paths.sort();
    assert_eq!(
        paths,
        ["/api/nl43/SLM-101/status", "/api/nl43/_monitor/status"]
    );
}

#[tokio::test]
async fn five_hundred_callers_over_forty_meters_never_have_more_than_four_requests_in_flight() {
    let gate = Gate::shut();
    let held = gate.clone();
    let bench = Bench::new(move |path| healthy(path).behind(&held)).await;
    let meters: Vec<UnitId> = (0..40).map(|n| unit(&format!("SLM-{n}"))).collect();
    let callers = (0..500).map(|n| {
        let (slmm, meter) = (bench.slmm.clone(), meters[n % 40].clone());
        tokio::spawn(async move {
            match n % 4 {
                0 => slmm.status(&meter).await.map(|_| ()),
                1 => slmm.limits(&meter).await.map(|_| ()),
                2 => slmm.events(&meter).await.map(|_| ()),
                _ => slmm.trail(&meter, TrailSpan::Day).await.map(|_| ()),
            }
        })
    });
    let callers: Vec<_> = callers.collect();
    bench.upstream.saw(4).await;
    gate.open();
    for caller in join_all(callers).await {
        assert_eq!(caller.unwrap(), Answer::Fresh(()));
    }
    // Forty meters of one kind each, and the monitors for all of them.
    assert_eq!(bench.upstream.paths().len(), 41);
    assert_eq!(bench.upstream.max_in_flight(), 4);
    let counters = bench.slmm.counters();
    assert_eq!(
        (
            counters.requests,
            counters.max_in_flight,
            counters.in_flight
        ),
        (41, 4, 0)
    );
    assert_eq!(counters.failures, 0);
}

#[tokio::test]
async fn requests_beyond_the_limit_are_sent_in_order() {
    let gate = Gate::shut();
    let held = gate.clone();
    let bench = Bench::with(AMPLE, 1, move |path| healthy(path).behind(&held)).await;
    let names = ["A", "B", "C", "D", "E"];
    let meters: Vec<UnitId> = names.iter().map(|name| unit(name)).collect();
    // Each is polled, and so queued, in turn.
    let callers = join_all(meters.iter().map(|meter| bench.slmm.limits(meter)));
    let opener = async {
        bench.upstream.saw(1).await;
        gate.open();
    };
    futures_util::future::join(callers, opener).await;
    let expected: Vec<String> = names
        .iter()
        .map(|name| format!("/api/nl43/{name}/alerts/rules"))
        .collect();
    assert_eq!(bench.upstream.paths(), expected);
}

#[tokio::test]
async fn a_caller_who_gives_up_does_not_take_the_answer_from_the_others() {
    let gate = Gate::shut();
    let held = gate.clone();
    let bench = Bench::new(move |path| healthy(path).behind(&held)).await;
    let meter = unit("SLM-101");
    let ask = || {
        let (slmm, meter) = (bench.slmm.clone(), meter.clone());
        tokio::spawn(async move { slmm.limits(&meter).await })
    };
    let first = ask();
    bench.upstream.saw(1).await;
    let second = ask();
    until(
        || async { bench.slmm.counters().joins },
        |joins| *joins == 1,
    )
    .await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    gate.open();
    expect_fresh(second.await.unwrap());
    assert_eq!(bench.upstream.paths().len(), 1);
}

#[tokio::test]
async fn a_request_goes_on_for_later_callers_when_all_have_given_up() {
    let gate = Gate::shut();
    let held = gate.clone();
    let bench = Bench::new(move |path| healthy(path).behind(&held)).await;
    let meter = unit("SLM-101");
    assert_eq!(bench.slmm.limits(&meter).now_or_never(), None);
    bench.upstream.saw(1).await;
    gate.open();
    fresh(|| bench.slmm.limits(&meter)).await;
    assert_eq!(bench.upstream.paths().len(), 1);
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let bench = Bench::new(|path| match path {
        path if path.ends_with("/SLM-0/status") => {
            Reply::Whole(404, br#"{"detail":"No NL43 status recorded"}"#.to_vec())
        }
        path if path.contains("SLM-1/") => Reply::Whole(500, b"Internal Server Error".to_vec()),
        path if path.contains("SLM-2/") => Reply::ok("<html>"),
        path => healthy(path),
    })
    .await;
    for n in 0..50 {
        bench.slmm.limits(&unit(&format!("SLM-{n}"))).await;
    }
    bench.slmm.status(&unit("SLM-0")).await;
    assert_eq!(bench.upstream.paths().len(), 52);
    // The status and the monitors are asked for at the same time.
    assert!(
        bench.upstream.connections() <= 2,
        "{}",
        bench.upstream.connections()
    );
}

#[tokio::test]
async fn a_path_prefix_goes_before_slmms_own() {
    let bench = Bench::new(healthy).await;
    let slmm = handle(bench.upstream.port(), "/devices/", AMPLE, 4, &bench.clock);
    expect_fresh(slmm.limits(&unit("SLM.7_b-")).await);
    assert_eq!(
        bench.upstream.paths(),
        ["/devices/api/nl43/SLM.7_b-/alerts/rules"]
    );
}

#[tokio::test]
async fn the_thread_ends_with_the_last_handle() {
    let random: Arc<dyn domain::RandomSource> = Arc::new(testkit::SeededRandom::default());
    let bench = Bench::new(healthy).await;
    let config = slmm::Config::new(
        &format!("http://127.0.0.1:{}", bench.upstream.port()),
        Duration::from_secs(1),
        4,
    );
    let slmm =
        slmm::Slmm::start(config.unwrap(), bench.clock.clone(), Arc::clone(&random)).unwrap();
    let clone = slmm.clone();
    drop(slmm);
    expect_fresh(clone.limits(&unit("SLM-101")).await);
    assert_eq!(Arc::strong_count(&random), 2);
    drop(clone);
    // What the thread held is let go when it ends.
    until(|| async { Arc::strong_count(&random) }, |count| *count == 1).await;
}
