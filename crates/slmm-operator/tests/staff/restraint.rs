//! How little is asked of SLMM at once, and what becomes of those who wait.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::UnitId;
use futures_util::FutureExt;
use futures_util::future::join_all;
use slmm_operator::ControlError;
use slmm_sim::{Endpoint, Fault, Scope};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{AMPLE, Bench, SHORT, captured, control, meter, some_draft};

fn many(count: usize) -> Vec<UnitId> {
    vec![meter(); count]
}

#[tokio::test]
async fn no_more_are_in_flight_than_configured() {
    let bench = Bench::with(AMPLE, 3);
    bench.sim.set_fault(Scope::all(), Fault::DelayMs(5));
    let meters = many(20);
    let asked = meters.iter().map(|meter| bench.control.device(meter));
    assert!(join_all(asked).await.iter().all(Result::is_ok));
    assert_eq!(bench.sim.counters().max_in_flight(), 3);
}

#[tokio::test]
async fn one_at_a_time_is_enough_for_everything() {
    let bench = Bench::with(AMPLE, 1);
    let rule = bench
        .control
        .create_rule(&meter(), &some_draft())
        .await
        .unwrap();
    bench
        .control
        .update_rule(&meter(), rule.id, &some_draft())
        .await
        .unwrap();
    bench.control.device(&meter()).await.unwrap();
    assert_eq!(bench.sim.counters().max_in_flight(), 1);
}

#[tokio::test]
async fn a_line_that_is_full_turns_away_at_once() {
    let bench = Bench::with(AMPLE, 1);
    bench.sim.set_fault(Scope::all(), Fault::Hold);
    let (control, meters) = (&bench.control, many(64));
    let mut line = Box::pin(join_all(meters.iter().map(|meter| control.device(meter))));
    // Each of them takes three places, and is content to be told of fewer.
    assert!(line.as_mut().now_or_never().is_none());
    let late = control.health().now_or_never();
    assert_eq!(late, Some(Err(ControlError::Unavailable)));
    bench.sim.clear_faults();
    let answers = line.await;
    let served = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(served, 64 / 3, "those in line");
    assert!(control.health().await.is_ok(), "and there is room again");
}

#[tokio::test]
async fn whoever_waits_too_long_for_a_turn_is_told_that_nothing_was_done() {
    let bench = Bench::with(Duration::from_millis(200), 1);
    bench
        .sim
        .set_fault(Scope::endpoint(Endpoint::Health), Fault::Hold);
    let (control, meter) = (&bench.control, meter());
    // The one in front holds the only turn for its whole time; this write waits behind two.
    let (first, second, third) = tokio::join!(
        control.health(),
        control.health(),
        control.delete_rule(&meter, 1)
    );
    assert_eq!(first.unwrap_err(), ControlError::Unavailable);
    assert_eq!(second.unwrap_err(), ControlError::Unavailable);
    assert_eq!(third.unwrap_err(), ControlError::Unavailable);
    assert_eq!(bench.sim.counters().requests(Endpoint::Rules), 0);
}

#[tokio::test]
async fn a_write_that_is_under_way_is_seen_through_though_its_caller_leaves() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let control = control(&url, AMPLE, 2);
    // The last handle goes with the caller.
    let leaving = tokio::spawn(async move { control.delete_rule(&meter(), 7).await });
    let (mut stream, _) = listener.accept().await.unwrap();
    assert_ne!(stream.read(&mut [0; 4096]).await.unwrap(), 0);
    leaving.abort();
    assert!(leaving.await.is_err());
    let cut = tokio::time::timeout(SHORT, stream.read(&mut [0; 16])).await;
    assert!(cut.is_err(), "it still waits for the answer: {cut:?}");
    let body = r#"{"status":"ok","deleted":7}"#;
    let reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(reply.as_bytes()).await.unwrap();
    assert_eq!(stream.read(&mut [0; 16]).await.unwrap(), 0, "and goes then");
}

#[tokio::test]
async fn a_connection_is_never_used_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let control = control(&url, AMPLE, 2);
    let answering = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = vec![0; 4096];
        let length = stream.read(&mut head).await.unwrap();
        let body = r#"{"status":"ok","deleted":7}"#;
        let reply = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(reply.as_bytes()).await.unwrap();
        // The end: the client has closed, though this side was willing to go on.
        let rest = stream.read(&mut [0; 16]).await.unwrap();
        (String::from_utf8(head[..length].to_vec()).unwrap(), rest)
    };
    let meter = meter();
    let both = async { tokio::join!(control.delete_rule(&meter, 7), answering) };
    let both = tokio::time::timeout(AMPLE, both).await;
    let (deleted, (head, rest)) = both.expect("the client closes");
    assert_eq!((deleted, rest), (Ok(()), 0));
    assert!(
        head.starts_with("DELETE /api/nl43/SLM-102/alerts/rules/7 HTTP/1.1"),
        "{head}"
    );
    assert!(head.to_lowercase().contains("connection: close"), "{head}");
}

/// A log that can be read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn slmms_own_words_go_to_the_log_and_nowhere_else() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let bench = Bench::new();
    let refusal = Fault::Answer(422, captured("rule_422_types.json"));
    bench
        .sim
        .set_fault(Scope::endpoint(Endpoint::Rules), refusal);
    let error = bench
        .control
        .create_rule(&meter(), &some_draft())
        .await
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("valid"), "{error:?}");
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("create rule"))
        .collect();
    assert!(
        lines.len() == 1 && lines[0].contains("duration_s: Input should be a valid integer"),
        "{text}"
    );
    assert!(
        lines[0].contains("SLM-102") && !lines[0].contains("loud"),
        "{text}"
    );
}
