//! Whatever comes instead of an answer is no answer, and costs nobody anything.

use std::sync::Arc;
use std::time::Duration;

use domain::Limit;
use futures_util::FutureExt;
use slmm::{Answer, TrailSpan};

use crate::support::{AMPLE, Bench, Reply, SHORT, Upstream, expect_fresh, fresh, unit, until};

const RULES: &str = r#"{"status":"ok","rules":[{"id":1,"unit_id":"SLM-101","name":"Night","metric":"leq","threshold_db":55.0}]}"#;

/// A first request meets the reply, is told that there is nothing, and counts as one failure;
/// a second later SLMM is well again, and so is the answer.
async fn is_no_answer(reply: Reply) {
    is_no_answer_within(AMPLE, reply).await;
}

async fn is_no_answer_within(timeout: Duration, reply: Reply) {
    let bench = Bench::with(timeout, 4, move |_| reply.clone()).await;
    let meter = unit("SLM-101");
    assert_eq!(bench.slmm.limits(&meter).await, Answer::Nothing);
    // The caller may have given up at the moment the request did.
    until(
        || async { bench.slmm.counters().failures },
        |count| *count == 1,
    )
    .await;
    bench.upstream.now(|_| Reply::ok(RULES));
    assert_eq!(
        bench.slmm.limits(&meter).now_or_never(),
        Some(Answer::Nothing),
        "too early"
    );
    bench.advance(1.0);
    let limits: Arc<[Limit]> = fresh(|| bench.slmm.limits(&meter)).await;
    assert_eq!(limits.len(), 1);
    assert_eq!(bench.slmm.counters().requests, 2);
    assert_eq!(bench.slmm.counters().failures, 1);
}

#[tokio::test]
async fn a_page_is_no_answer() {
    is_no_answer(Reply::ok("<!doctype html><title>Sign in</title>")).await;
}

#[tokio::test]
async fn an_empty_body_is_no_answer() {
    is_no_answer(Reply::ok("")).await;
}

#[tokio::test]
async fn a_body_nested_ten_thousand_deep_is_no_answer() {
    is_no_answer(Reply::ok(r#"{"rules":["#.to_owned() + &"[".repeat(10_000))).await;
}

#[tokio::test]
async fn plain_words_of_a_broken_slmm_are_no_answer() {
    is_no_answer(Reply::Whole(500, b"Internal Server Error".to_vec())).await;
}

#[tokio::test]
async fn a_refusal_of_the_question_is_no_answer() {
    is_no_answer(Reply::Whole(422, br#"{"detail":[]}"#.to_vec())).await;
    is_no_answer(Reply::Whole(404, br#"{"detail":"Not Found"}"#.to_vec())).await;
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_answer() {
    let half = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{}",
        RULES.split_at(60).0
    );
    is_no_answer(Reply::Raw(half.into_bytes())).await;
}

#[tokio::test]
async fn a_connection_that_just_ends_is_no_answer() {
    is_no_answer(Reply::Raw(Vec::new())).await;
}

#[tokio::test]
async fn something_that_speaks_no_http_is_no_answer() {
    is_no_answer(Reply::Raw(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec())).await;
}

#[tokio::test]
async fn a_body_that_never_comes_is_no_answer() {
    is_no_answer_within(SHORT, Reply::HeadOnly).await;
}

#[tokio::test]
async fn silence_is_no_answer() {
    is_no_answer_within(SHORT, Reply::Silence).await;
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_no_answer() {
    let announced = b"HTTP/1.1 200 OK\r\ncontent-length: 52428800\r\n\r\n{".to_vec();
    is_no_answer(Reply::Raw(announced)).await;
    let padded = |size| Reply::ok(format!("{RULES}{}", " ".repeat(size)));
    is_no_answer(padded(1 << 20)).await;
    let bench = Bench::new(move |_| padded((1 << 20) - RULES.len())).await;
    expect_fresh(bench.slmm.limits(&unit("SLM-101")).await);
    let mut chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..40 {
        chunked.extend_from_slice(b"10000\r\n");
        chunked.extend_from_slice(&vec![b' '; 0x1_0000]);
        chunked.extend_from_slice(b"\r\n");
    }
    is_no_answer(Reply::Raw(chunked)).await;
}

#[tokio::test]
async fn a_redirect_is_followed_nowhere() {
    let elsewhere = Upstream::start(|_| Reply::ok(RULES)).await;
    let redirect = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:{}/\r\ncontent-length: 0\r\n\r\n",
        elsewhere.port()
    );
    is_no_answer(Reply::Raw(redirect.into_bytes())).await;
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn another_meters_answer_is_no_answer() {
    let of_another = |path: &str| match path {
        path if path.ends_with("_monitor/status") => Reply::no_monitors(),
        path if path.ends_with("/status") => Reply::ok(
            r#"{"data":{"unit_id":"SLM-102","last_seen":"2026-11-21T04:00:00","lp":"60.0"}}"#,
        ),
        path if path.contains("history") => Reply::ok(
            r#"{"unit_id":"SLM-102","readings":[{"timestamp":"2026-11-21T04:00:00","lp":"60.0"}]}"#,
        ),
        path if path.ends_with("rules") => Reply::ok(
            r#"{"rules":[{"id":1,"unit_id":"SLM-102","threshold_db":1},{"id":2,"unit_id":"SLM-101","threshold_db":2}]}"#,
        ),
        _ => Reply::ok(
            r#"{"events":[{"id":1,"unit_id":"SLM-102","rule_id":1,"metric":"lp","threshold_db":1,"onset_at":"2026-11-21T04:00:00"}]}"#,
        ),
    };
    let bench = Bench::new(of_another).await;
    let meter = unit("SLM-101");
    assert_eq!(bench.slmm.status(&meter).await, Answer::Nothing);
    assert_eq!(
        bench.slmm.trail(&meter, TrailSpan::Day).await,
        Answer::Nothing
    );
    let rules: Vec<i64> = expect_fresh(bench.slmm.limits(&meter).await)
        .iter()
        .map(|limit| limit.rule)
        .collect();
    assert_eq!(rules, [2]);
    assert!(expect_fresh(bench.slmm.events(&meter).await).is_empty());
}
