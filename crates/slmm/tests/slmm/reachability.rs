//! Whether SLMM reaches a meter, and whether we reach SLMM.

use slmm::Answer;

use crate::support::{Bench, Reply, expect_fresh, fresh, unit, until};

fn row(reachable: bool) -> Reply {
    Reply::ok(format!(
        r#"{{"data":{{"last_seen":"2026-11-21T04:00:00","measurement_state":"Start","lp":"60.0","is_reachable":{reachable}}}}}"#
    ))
}

fn monitors(of: &str) -> Reply {
    Reply::ok(format!(r#"{{"monitors":{{{of}}}}}"#))
}

async fn reaches(row_says: bool, monitors: Reply) -> bool {
    let bench = Bench::new(move |path| {
        if path.ends_with("_monitor/status") {
            monitors.clone()
        } else {
            row(row_says)
        }
    })
    .await;
    expect_fresh(bench.slmm.status(&unit("SLM-101")).await).reachable
}

#[tokio::test]
async fn a_running_monitor_knows_better_than_the_row() {
    let lost = r#""SLM-101":{"running":true,"reachable":false}"#;
    let found = r#""SLM-101":{"running":true,"reachable":true}"#;
    assert!(!reaches(true, monitors(lost)).await);
    assert!(reaches(false, monitors(found)).await);
}

#[tokio::test]
async fn a_monitor_that_does_not_run_knows_nothing() {
    for idle in [
        r#""SLM-101":{"running":false,"reachable":true}"#,
        r#""SLM-101":{"running":"yes","reachable":true}"#,
        r#""SLM-101":{"running":true}"#,
        r#""SLM-101":[true,true]"#,
        r#""slm-101":{"running":true,"reachable":true}"#,
        "",
    ] {
        assert!(!reaches(false, monitors(idle)).await, "{idle}");
    }
}

#[tokio::test]
async fn the_row_counts_where_the_monitors_cannot_be_asked() {
    for broken in [
        Reply::Whole(500, vec![]),
        Reply::ok("{}"),
        Reply::Raw(vec![]),
    ] {
        assert!(!reaches(false, broken.clone()).await);
        assert!(reaches(true, broken).await);
    }
}

#[tokio::test]
async fn the_row_counts_over_monitors_that_are_only_remembered() {
    let lost = r#""SLM-101":{"running":true,"reachable":false}"#;
    let bench = Bench::new(move |path| {
        if path.ends_with("_monitor/status") {
            monitors(lost)
        } else {
            row(true)
        }
    })
    .await;
    let meter = unit("SLM-101");
    assert!(!expect_fresh(bench.slmm.status(&meter).await).reachable);
    bench.upstream.now(|path| {
        if path.ends_with("_monitor/status") {
            Reply::Whole(500, vec![])
        } else {
            row(true)
        }
    });
    bench.advance(2.0);
    bench.slmm.status(&meter).await;
    until(
        || async { bench.slmm.counters().failures },
        |count| *count == 1,
    )
    .await;
    assert!(fresh(|| bench.slmm.status(&meter)).await.reachable);
}

#[tokio::test]
async fn when_slmm_is_away_a_meter_is_shown_as_it_was() {
    let lost = r#""SLM-101":{"running":true,"reachable":false}"#;
    let bench = Bench::new(move |path| {
        if path.ends_with("_monitor/status") {
            monitors(lost)
        } else {
            row(true)
        }
    })
    .await;
    let meter = unit("SLM-101");
    expect_fresh(bench.slmm.status(&meter).await);
    bench.upstream.now(|_| Reply::Raw(vec![]));
    bench.advance(2.0);
    let Answer::Remembered(status) = bench.slmm.status(&meter).await else {
        panic!("SLMM is away");
    };
    assert!(!status.reachable);
}

#[tokio::test]
async fn an_unknown_meter_is_known_to_its_monitor() {
    let bench = Bench::new(|path| {
        if path.ends_with("_monitor/status") {
            monitors(r#""SLM-101":{"running":true,"reachable":false}"#)
        } else {
            Reply::Whole(404, br#"{"detail":"No NL43 status recorded"}"#.to_vec())
        }
    })
    .await;
    let status = expect_fresh(bench.slmm.status(&unit("SLM-101")).await);
    assert!(!status.reachable && status.reading.is_none());
    assert!(expect_fresh(bench.slmm.status(&unit("SLM-102")).await).reachable);
}

#[tokio::test]
async fn slmm_is_reachable_when_it_answers_well() {
    let bench = Bench::new(|_| monitors("")).await;
    assert!(bench.slmm.is_reachable().await);
    bench.advance(9.0);
    assert!(bench.slmm.is_reachable().await);
    assert_eq!(bench.upstream.paths().len(), 1, "recent contact is enough");
    bench.advance(2.0);
    until(|| bench.slmm.is_reachable(), |reachable| *reachable).await;
    assert_eq!(bench.upstream.paths().len(), 2);
}

#[tokio::test]
async fn something_else_at_slmms_address_is_not_slmm() {
    let bench = Bench::new(|_| Reply::Whole(404, br#"{"detail":"Not Found"}"#.to_vec())).await;
    assert!(!bench.slmm.is_reachable().await);
    assert_eq!(bench.slmm.status(&unit("SLM-101")).await, Answer::Nothing);
}

#[tokio::test]
async fn a_silent_slmm_is_not_reachable() {
    let bench = Bench::hasty(|_| Reply::Silence).await;
    assert!(!bench.slmm.is_reachable().await);
}
