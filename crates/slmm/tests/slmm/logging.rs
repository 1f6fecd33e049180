//! What is logged when SLMM fails.

use std::io;
use std::sync::{Arc, Mutex};

use slmm::Answer;

use crate::support::{AMPLE, Bench, Reply, expect_fresh, fresh, unit};

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

impl Log {
    /// The lines about one meter: other tests may write to the same log.
    fn about(&self, meter: &str) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        let lines = text.lines().filter(|line| line.contains(meter));
        lines.map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn a_failure_is_logged_once_until_it_ends_and_without_what_the_body_said() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let bench = Bench::with(AMPLE, 1, |path| {
        if path.contains("logged") {
            Reply::Whole(500, b"said-in-the-body".to_vec())
        } else {
            Reply::ok(r#"{"rules":[]}"#)
        }
    })
    .await;
    let meter = unit("logged");
    for round in 0..5 {
        assert_eq!(bench.slmm.limits(&meter).await, Answer::Nothing);
        // With one request at a time, this one is answered when all before it are settled.
        expect_fresh(bench.slmm.limits(&unit(&format!("other-{round}"))).await);
        bench.advance(20.0);
    }
    assert_eq!(bench.upstream.requests("logged/alerts/rules"), 5);
    bench.upstream.now(|_| Reply::ok(r#"{"rules":[]}"#));
    fresh(|| bench.slmm.limits(&meter)).await;
    expect_fresh(bench.slmm.limits(&unit("other")).await);

    let lines = log.about("logged");
    assert_eq!(lines.len(), 2, "{lines:#?}");
    let [failed, succeeded] = [&lines[0], &lines[1]];
    assert!(
        failed.contains("WARN") && failed.contains("status 500"),
        "{failed}"
    );
    assert!(succeeded.contains("INFO"), "{succeeded}");
    assert!(log.about("said-in-the-body").is_empty());
}
