//! An SLMM that is away as a whole, and how it is found again.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{join, join_all};
use slmm::Answer;
use testkit::ManualClock;

use crate::memory::{level, lp};
use crate::support::{
    AMPLE, Bench, Reply, SHORT, Upstream, expect_fresh, fresh, handle, unit, until,
};

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
        // It is this one that the probe asks for.
        let never_seen = unit(&format!("never-seen-{wait}"));
        assert_eq!(
            bench.slmm.limits(&never_seen).now_or_never(),
            Some(Answer::Nothing)
        );
        let at_once = meters
            .iter()
            .map(|meter| bench.slmm.status(meter).now_or_never());
        assert!(at_once.flatten().filter(Answer::is_remembered).count() == 10);
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

#[tokio::test]
async fn what_failed_while_slmm_was_away_is_not_held_against_anybody() {
    let bench = Bench::new(|_| broken_gateway()).await;
    let meters = [unit("SLM-1"), unit("SLM-2"), unit("SLM-3")];
    for meter in &meters {
        assert_eq!(bench.slmm.limits(meter).await, Answer::Nothing);
    }
    assert_eq!(bench.slmm.counters().breaker_opens, 1);
    bench.upstream.now(level(70.0));
    bench.advance(1.0);
    assert!(
        !bench.slmm.is_reachable().await,
        "nobody waits for the probe"
    );
    until(|| bench.slmm.is_reachable(), |reachable| *reachable).await;
    bench
        .upstream
        .now(|_| Reply::ok(r#"{"status":"ok","rules":[]}"#));
    for meter in &meters {
        expect_fresh(bench.slmm.limits(meter).await);
    }
}

fn broken_gateway() -> Reply {
    Reply::Whole(502, b"<h1>502 Bad Gateway</h1>".to_vec())
}

#[tokio::test]
async fn a_refused_connection_is_remembered_over_and_recovered_from() {
    let upstream = Upstream::start(level(61.5)).await;
    let port = upstream.port();
    let clock = Arc::new(ManualClock::default());
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
        clock.advance(Duration::from_secs(2));
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
    clock.advance(Duration::from_mins(1));
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
    let (one, two) = join(bench.slmm.limits(&first), bench.slmm.limits(&second)).await;
    assert_eq!(
        (one, two.value().is_some_and(|limits| !limits.is_empty())),
        (Answer::Nothing, false)
    );
    // The one in line may be asked again at once; the clock has not moved.
    fresh(|| bench.slmm.limits(&second)).await;
    assert_eq!(bench.upstream.requests("SLM-0/alerts/rules"), 1);
}
