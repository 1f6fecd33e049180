//! Trails.

use domain::TrailPoint;
use slmm::TrailSpan;

use super::{at, captured, db};
use crate::support::{Bench, Reply, expect_fresh, unit};

#[tokio::test]
async fn a_trail() {
    let answer = captured("history.json");
    let bench = Bench::new(move |_| answer.clone()).await;
    let trail = expect_fresh(
        bench
            .slmm
            .trail(&unit("SLM-101"), TrailSpan::TwoHours)
            .await,
    );
    assert_eq!(trail.len(), 8);
    let first = TrailPoint {
        at: at("2026-11-21T04:06:24.496230Z"),
        lp: db(48.2),
        leq: db(61.9),
        lmax: db(74.1),
        ln1: db(72.5),
        ln2: db(67.0),
    };
    assert_eq!(trail.first(), Some(&first));
    assert!(trail.is_sorted_by_key(|point| point.at));
}

#[tokio::test]
async fn a_trail_of_odd_rows_is_what_can_be_read_of_it_oldest_first() {
    let body = r#"{"readings":[null,7,[1,2],{"lp":"50.0"},{"timestamp":17,"lp":"50.0"},
        {"timestamp":"2026-11-21T04:02:00","lp":-1e3,"leq":{"a":[]},"lmax":"80.0","new":{"x":1}},
        {"timestamp":"2026-11-21T04:01:00","lp":50.5}]}"#;
    let bench = Bench::new(move |_| Reply::ok(body)).await;
    let trail = expect_fresh(bench.slmm.trail(&unit("SLM-101"), TrailSpan::Day).await);
    let values: Vec<_> = trail
        .iter()
        .map(|point| (point.at, point.lp, point.leq, point.lmax))
        .collect();
    assert_eq!(
        values,
        [
            (at("2026-11-21T04:01:00Z"), db(50.5), None, None),
            (at("2026-11-21T04:02:00Z"), None, None, db(80.0)),
        ]
    );
}
