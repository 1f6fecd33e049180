//! What is said while SLMM does not answer, and how it is asked again.

use std::collections::BTreeSet;

use domain::{Decibel, MeterStatus};
use futures_util::FutureExt;
use futures_util::future::join_all;
use slmm::Answer;

use crate::support::{
    AMPLE, Bench, Gate, Reply, SHORT, Upstream, expect_fresh, fresh, handle, unit, until,
};

fn lp(answer: &Answer<MeterStatus>) -> Option<f64> {
    let reading = answer.value()?.reading?;
    reading.levels.lp.map(Decibel::db)
}

fn level(lp: f64) -> impl Fn(&str) -> Reply + Send + 'static {
    move |path| {
        if path.ends_with("_monitor/status") {
            Reply::no_monitors()
        } else {
            Reply::level(lp)
        }
    }
}

/// The status keeps failing while the monitors are well, so that SLMM as a whole is not given up.
fn no_status(reply: Reply) -> impl Fn(&str) -> Reply + Send + 'static {
    move |path| {
        if path.ends_with("_monitor/status") {
            Reply::no_monitors()
        } else {
            reply.clone()
        }
    }
}

fn broken() -> Reply {
    Reply::Whole(500, b"Internal Server Error".to_vec())
}

async fn failures(bench: &Bench, count: u64) {
    until(
        || async { bench.slmm.counters().failures },
        |now| *now >= count,
    )
    .await;
}

#[tokio::test]
async fn what_was_seen_last_is_remembered_and_marked() {
    let bench = Bench::new(level(61.5)).await;
    let meter = unit("SLM-101");
    expect_fresh(bench.slmm.status(&meter).await);
    bench.upstream.now(no_status(broken()));
    bench.advance(1.1);
    let answer = bench.slmm.status(&meter).await;
    assert!(answer.is_remembered());
    assert_eq!(lp(&answer), Some(61.5));
}

#[tokio::test]
async fn memory_ends_after_an_hour() {
    let bench = Bench::new(level(61.5)).await;
    let meter = unit("SLM-101");
    expect_fresh(bench.slmm.status(&meter).await);
    bench.upstream.now(no_status(broken()));
    bench.advance(1800.0);
    bench.slmm.status(&meter).await;
    failures(&bench, 1).await;
    bench.advance(1800.0);
    assert!(bench.slmm.status(&meter).await.is_remembered());
    bench.advance(0.001);
    assert_eq!(bench.slmm.status(&meter).await, Answer::Nothing);
    assert_eq!(slmm::MEMORY.as_secs(), 3600);
}

#[tokio::test]
async fn a_failing_meter_is_asked_once_a_second_and_then_more_seldom() {
    let bench = Bench::with(AMPLE, 1, |path| {
        if path.contains("failing") {
            broken()
        } else {
            Reply::ok(r#"{"rules":[]}"#)
        }
    })
    .await;
    let meter = unit("failing");
    let mut asked_at = vec![];
    for tenth in 0..600 {
        let before = bench.upstream.requests("failing/alerts/rules");
        assert_eq!(bench.slmm.limits(&meter).await, Answer::Nothing);
        // With one request at a time, this one is answered when all before it are settled.
        expect_fresh(bench.slmm.limits(&unit(&format!("other-{tenth}"))).await);
        if bench.upstream.requests("failing/alerts/rules") > before {
            asked_at.push(tenth);
        }
        bench.advance(0.1);
    }
    let gaps: Vec<i32> = asked_at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.iter().all(|gap| (10..=100).contains(gap)), "{gaps:?}");
    let later: BTreeSet<_> = gaps.iter().skip(4).collect();
    assert!(later.iter().all(|gap| **gap >= 75), "{gaps:?}");
    assert!(later.len() > 1, "attempts are spread: {gaps:?}");
}

#[tokio::test]
async fn nobody_waits_for_a_meter_that_fails() {
    let bench = Bench::hasty(|_| Reply::Silence).await;
    let meter = unit("SLM-101");
    assert_eq!(bench.slmm.limits(&meter).await, Answer::Nothing);
    failures(&bench, 1).await;
    bench.advance(1.0);
    for _ in 0..10 {
        let at_once = bench.slmm.limits(&meter).now_or_never();
        assert_eq!(at_once, Some(Answer::Nothing));
    }
    bench.upstream.saw(2).await;
    assert_eq!(
        bench.upstream.paths().len(),
        2,
        "the second one in the background"
    );
}

#[tokio::test]
async fn with_a_slow_slmm_callers_who_remember_return_at_once() {
    let bench = Bench::new(level(61.5)).await;
    let meter = unit("SLM-101");
    expect_fresh(bench.slmm.status(&meter).await);
    let gate = Gate::shut();
    let held = gate.clone();
    bench
        .upstream
        .now(move |path| level(70.0)(path).behind(&held));
    bench.advance(2.0);
    // One finds out.
    assert!(bench.slmm.status(&meter).await.is_remembered());
    for _ in 0..100 {
        let at_once = bench
            .slmm
            .status(&meter)
            .now_or_never()
            .expect("an answer at the first poll");
        assert!(at_once.is_remembered());
        assert_eq!(lp(&at_once), Some(61.5));
    }
    assert_eq!(
        bench.upstream.paths().len(),
        4,
        "no second request beside the slow one"
    );
    gate.open();
    fresh(|| bench.slmm.status(&meter)).await;
    let answer = bench
        .slmm
        .status(&meter)
        .now_or_never()
        .expect("an answer at the first poll");
    assert_eq!(lp(&answer), Some(70.0));
    assert_eq!(bench.slmm.counters().failures, 0);
}

#[tokio::test]
async fn a_slow_slmm_makes_only_those_wait_who_have_nothing() {
    let bench = Bench::new(level(61.5)).await;
    expect_fresh(bench.slmm.status(&unit("SLM-101")).await);
    let gate = Gate::shut();
    let held = gate.clone();
    bench
        .upstream
        .now(move |path| level(70.0)(path).behind(&held));
    let first_ever = {
        let slmm = bench.slmm.clone();
        tokio::spawn(async move { slmm.status(&unit("SLM-102")).await })
    };
    bench.upstream.saw(3).await;
    gate.open();
    assert_eq!(lp(&first_ever.await.unwrap()), Some(70.0));
}

#[tokio::test]
async fn a_dead_slmm_is_left_alone_and_probed_by_one_request_at_a_time() {
    let bench = Bench::new(level(61.5)).await;
    let meters: Vec<_> = (0..10).map(|n| unit(&format!("SLM-{n}"))).collect();
    for meter in &meters {
        fresh(|| bench.slmm.status(meter)).await;
    }
    bench.upstream.now(|_| Reply::Raw(vec![]));
    bench.advance(2.0);
    let answers = join_all(meters.iter().map(|meter| bench.slmm.status(meter))).await;
    assert!(answers.iter().all(Answer::is_remembered));
    until(
        || async { bench.slmm.counters() },
        |counters| counters.breaker_opens == 1 && counters.in_flight == 0,
    )
    .await;
    // Those that stood in line when SLMM was given up are not sent any more.
    until(
        || async { bench.slmm.counters() },
        |counters| counters.failures == 11,
    )
    .await;
    // Four were under way, and two may have been sent before the third failure was known.
    let sent = bench.slmm.counters().requests;
    assert!(sent <= 11 + 6, "{sent}");

    for wait in [2.0, 3.0, 5.0, 9.0, 17.0, 31.0, 31.0] {
        let before = bench.slmm.counters();
        bench.advance(wait);
        let at_once = meters
            .iter()
            .map(|meter| bench.slmm.status(meter).now_or_never());
        assert!(at_once.flatten().filter(Answer::is_remembered).count() == 10);
        assert_eq!(
            bench.slmm.status(&unit("never-seen")).now_or_never(),
            Some(Answer::Nothing)
        );
        until(
            || async { bench.slmm.counters() },
            |now| now.failures > before.failures,
        )
        .await;
        assert_eq!(
            bench.slmm.counters().requests,
            before.requests + 1,
            "one probe"
        );
    }
    assert_eq!(bench.slmm.counters().breaker_opens, 1);
}

#[tokio::test]
async fn a_dead_slmm_that_comes_back_is_asked_for_everything_at_once() {
    let bench = Bench::new(level(61.5)).await;
    let meters: Vec<_> = (0..10).map(|n| unit(&format!("SLM-{n}"))).collect();
    for meter in &meters {
        fresh(|| bench.slmm.status(meter)).await;
    }
    bench.upstream.now(|_| broken_gateway());
    bench.advance(2.0);
    for meter in &meters {
        assert!(bench.slmm.status(meter).await.is_remembered());
    }
    until(
        || async { bench.slmm.counters() },
        |counters| counters.breaker_opens == 1,
    )
    .await;
    bench.upstream.now(level(70.0));
    bench.advance(2.0);
    bench.slmm.status(&meters[0]).now_or_never();
    until(|| bench.slmm.is_reachable(), |reachable| *reachable).await;
    for meter in &meters {
        fresh(|| bench.slmm.status(meter)).await;
    }
}

fn broken_gateway() -> Reply {
    Reply::Whole(502, b"<h1>502 Bad Gateway</h1>".to_vec())
}

#[tokio::test]
async fn a_refused_connection_is_remembered_over_and_recovered_from() {
    let upstream = Upstream::start(level(61.5)).await;
    let port = upstream.port();
    let clock = std::sync::Arc::new(testkit::ManualClock::default());
    let slmm = handle(port, "", AMPLE, 4, &clock);
    let meter = unit("SLM-101");
    expect_fresh(slmm.status(&meter).await);
    drop(upstream);
    let refused = || async {
        tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
    };
    until(refused, |refused| *refused).await;
    for _ in 0..4 {
        clock.advance(std::time::Duration::from_secs(2));
        assert_eq!(lp(&slmm.status(&meter).await), Some(61.5));
        until(|| async { slmm.counters().in_flight }, |count| *count == 0).await;
    }
    until(
        || async { slmm.counters() },
        |counters| counters.breaker_opens == 1,
    )
    .await;
    assert!(slmm.status(&meter).await.is_remembered());
    assert!(!slmm.is_reachable().await);

    let _back = Upstream::start_on(port, level(70.0)).await;
    clock.advance(std::time::Duration::from_mins(1));
    assert!(
        slmm.status(&meter).await.is_remembered(),
        "nobody waits for the probe"
    );
    let status = until(
        || slmm.status(&meter),
        |answer| matches!(answer, Answer::Fresh(_)),
    )
    .await;
    assert_eq!(lp(&status), Some(70.0));
    assert!(slmm.is_reachable().await);
}

#[tokio::test]
async fn time_runs_out_for_those_in_line_without_blaming_their_meters() {
    let bench = Bench::with(SHORT, 1, |path| {
        if path.contains("SLM-0/") {
            Reply::Silence
        } else {
            Reply::ok(r#"{"rules":[]}"#)
        }
    })
    .await;
    let (first, second) = (unit("SLM-0"), unit("SLM-1"));
    let (one, two) =
        futures_util::future::join(bench.slmm.limits(&first), bench.slmm.limits(&second)).await;
    assert_eq!(
        (one, two.value().is_some_and(|limits| !limits.is_empty())),
        (Answer::Nothing, false)
    );
    // The one in line may be asked again at once; the clock has not moved.
    fresh(|| bench.slmm.limits(&second)).await;
    assert_eq!(bench.upstream.requests("SLM-0/alerts/rules"), 1);
}
