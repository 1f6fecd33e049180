//! For how long an answer is current.

use futures_util::FutureExt;
use slmm::TrailSpan;

use crate::gentleness::healthy;
use crate::support::{Bench, expect_fresh, fresh, unit, until};

#[tokio::test]
async fn each_kind_is_kept_for_its_own_time() {
    let bench = Bench::new(healthy).await;
    let meter = unit("SLM-101");
    for (seconds, status, limits, events, trail) in [
        (0.0, 1, 1, 1, 1),
        (1.0, 1, 1, 1, 1),
        (0.1, 2, 1, 1, 1),
        (8.9, 3, 1, 1, 1),
        (0.1, 3, 2, 2, 1),
        (19.9, 4, 3, 3, 1),
        (0.1, 4, 3, 3, 2),
    ] {
        bench.advance(seconds);
        for _ in 0..3 {
            fresh(|| bench.slmm.status(&meter)).await;
            fresh(|| bench.slmm.limits(&meter)).await;
            fresh(|| bench.slmm.events(&meter)).await;
            fresh(|| bench.slmm.trail(&meter, TrailSpan::TwoHours)).await;
        }
        // A status call may be answered before its monitors are in; those have landed when the
        // next one asks.
        until(
            || async { bench.slmm.counters().in_flight },
            |count| *count == 0,
        )
        .await;
        let asked = |ending| bench.upstream.requests(ending);
        assert_eq!(
            (
                asked("101/status"),
                asked("/_monitor/status"),
                asked("/rules"),
                asked("events?limit=500"),
                asked("/history?hours=2")
            ),
            (status, status, limits, events, trail),
            "after {seconds} s more"
        );
    }
}

#[tokio::test]
async fn the_monitors_are_asked_once_for_all_meters() {
    let bench = Bench::new(healthy).await;
    for n in 0..20 {
        let meter = unit(&format!("SLM-{n}"));
        expect_fresh(bench.slmm.status(&meter).await);
    }
    assert_eq!(bench.upstream.requests("/_monitor/status"), 1);
}

#[tokio::test]
async fn spans_are_fetched_and_kept_apart() {
    let bench = Bench::new(healthy).await;
    let meter = unit("SLM-101");
    for span in [
        TrailSpan::TwoHours,
        TrailSpan::Day,
        TrailSpan::TwoDays,
        TrailSpan::Day,
    ] {
        expect_fresh(bench.slmm.trail(&meter, span).await);
    }
    let paths = bench.upstream.paths();
    let hours: Vec<_> = paths
        .iter()
        .filter_map(|path| path.split_once("hours="))
        .collect();
    assert_eq!(
        hours.iter().map(|(_, hours)| *hours).collect::<Vec<_>>(),
        ["2", "24", "48"]
    );
}

#[tokio::test]
async fn a_stepped_time_of_day_ages_nothing() {
    let bench = Bench::new(healthy).await;
    let meter = unit("SLM-101");
    expect_fresh(bench.slmm.status(&meter).await);
    bench.clock.step_to("2031-01-01T00:00:00Z".parse().unwrap());
    assert!(bench.slmm.status(&meter).now_or_never().is_some());
    bench.clock.step_to("2001-01-01T00:00:00Z".parse().unwrap());
    assert!(bench.slmm.status(&meter).now_or_never().is_some());
    bench.advance(1.1);
    fresh(|| bench.slmm.status(&meter)).await;
    assert_eq!(bench.upstream.requests("101/status"), 2);
}

#[tokio::test]
async fn what_is_current_is_said_without_waiting() {
    let bench = Bench::new(healthy).await;
    let meter = unit("SLM-101");
    expect_fresh(bench.slmm.status(&meter).await);
    let again = bench.slmm.status(&meter).now_or_never();
    expect_fresh(again.expect("an answer at the first poll"));
}

#[tokio::test]
async fn the_least_recently_used_meter_is_forgotten_first() {
    let bench = Bench::new(healthy).await;
    let kept = unit("kept");
    let ask = async |name: &str| expect_fresh(bench.slmm.limits(&unit(name)).await);
    ask("first").await;
    bench.advance(0.001);
    for n in 0..511 {
        ask(&format!("SLM-{n}")).await;
    }
    bench.advance(0.001);
    // The 513th key drives one out: the one that was used before all others.
    expect_fresh(bench.slmm.limits(&kept).await);
    let before = bench.upstream.paths().len();
    ask("SLM-0").await;
    assert_eq!(bench.upstream.paths().len(), before, "still known");
    ask("first").await;
    assert_eq!(bench.upstream.paths().len(), before + 1, "forgotten");
}
