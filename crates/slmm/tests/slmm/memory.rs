//! What is said of a meter for which SLMM has no answer, and how it is asked again.

use std::collections::BTreeSet;

use domain::{Decibel, MeterStatus};
use futures_util::FutureExt;
use slmm::Answer;

use crate::support::{AMPLE, Bench, Gate, Reply, SHORT, expect_fresh, fresh, unit, until};

pub(crate) fn lp(answer: &Answer<MeterStatus>) -> Option<f64> {
    let reading = answer.value()?.reading?;
    reading.levels.lp.map(Decibel::db)
}

pub(crate) fn level(lp: f64) -> impl Fn(&str) -> Reply + Send + 'static {
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
async fn what_stood_in_our_own_line_was_not_asked() {
    let bench = Bench::with(SHORT, 1, |_| Reply::Silence).await;
    let [first, second] = [unit("SLM-101"), unit("SLM-102")];
    let (asked, waiting) =
        futures_util::future::join(bench.slmm.limits(&first), bench.slmm.limits(&second)).await;
    assert_eq!((asked, waiting), (Answer::Nothing, Answer::Unasked));
}

#[tokio::test]
async fn what_was_changed_is_asked_for_anew_at_once() {
    let bench = Bench::new(|_| Reply::ok(r#"{"events":[]}"#)).await;
    let [changed, other] = [unit("SLM-101"), unit("SLM-102")];
    expect_fresh(bench.slmm.events(&changed).await);
    expect_fresh(bench.slmm.events(&other).await);
    bench.slmm.outdate_events(&changed);
    for _ in 0..2 {
        expect_fresh(bench.slmm.events(&changed).await);
        expect_fresh(bench.slmm.events(&other).await);
    }
    assert_eq!(
        bench.upstream.requests("SLM-101/alerts/events?limit=500"),
        2
    );
    assert_eq!(
        bench.upstream.requests("SLM-102/alerts/events?limit=500"),
        1
    );
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
