//! Answers captured from a real SLMM 0.4.0, and what each of them means.

mod events;
mod history;
mod rules;
mod status;

use std::path::PathBuf;

use domain::{Decibel, Timestamp};
use slmm::{Answer, TrailSpan};

use crate::support::{Bench, Reply, expect_fresh, unit};

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/fixtures/slmm"
    ))
}

/// The captured answer, with the status it came under.
pub(super) fn captured(name: &str) -> Reply {
    let index = std::fs::read(folder().join("index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
    let status = index[name]["status"].as_u64().unwrap();
    let body = std::fs::read(folder().join(name)).unwrap();
    Reply::Whole(u16::try_from(status).unwrap(), body)
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn db(value: f64) -> Option<Decibel> {
    Decibel::new(value)
}

#[tokio::test]
async fn what_is_empty_is_empty() {
    let answer = captured("history_empty.json");
    let bench = Bench::new(move |_| answer.clone()).await;
    assert!(expect_fresh(bench.slmm.trail(&unit("SLM-999"), TrailSpan::Day).await).is_empty());
    let answer = captured("events_empty.json");
    bench.upstream.now(move |_| answer.clone());
    assert!(expect_fresh(bench.slmm.events(&unit("SLM-999")).await).is_empty());
}

#[tokio::test]
async fn refused_questions_have_no_answer() {
    for name in ["history_422.json", "events_422.json", "rule_404_put.json"] {
        let answer = captured(name);
        let bench = Bench::new(move |_| answer.clone()).await;
        let meter = unit("SLM-101");
        assert_eq!(
            bench.slmm.trail(&meter, TrailSpan::Day).await,
            Answer::Nothing
        );
        assert_eq!(bench.slmm.events(&meter).await, Answer::Nothing);
        assert_eq!(bench.slmm.limits(&meter).await, Answer::Nothing);
    }
}
