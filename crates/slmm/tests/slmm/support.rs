//! The handle under test, with a clock that obeys, and how its answers are awaited.

use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use domain::UnitId;
use slmm::{Answer, Config, Slmm};
use testkit::{ManualClock, SeededRandom};

pub(crate) use crate::upstream::{Gate, Reply, Upstream};

/// Long enough never to matter on a busy machine.
pub(crate) const AMPLE: Duration = Duration::from_secs(20);
/// Short enough for a test to wait for.
pub(crate) const SHORT: Duration = Duration::from_millis(300);

/// A handle under test, its clock, and its upstream.
pub(crate) struct Bench {
    pub(crate) slmm: Slmm,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) upstream: Upstream,
}

impl Bench {
    /// A handle with ample time.
    pub(crate) async fn new(script: impl Fn(&str) -> Reply + Send + 'static) -> Self {
        Self::with(AMPLE, 4, script).await
    }

    /// A handle whose requests time out soon.
    pub(crate) async fn hasty(script: impl Fn(&str) -> Reply + Send + 'static) -> Self {
        Self::with(SHORT, 4, script).await
    }

    pub(crate) async fn with(
        timeout: Duration,
        max_requests: usize,
        script: impl Fn(&str) -> Reply + Send + 'static,
    ) -> Self {
        let upstream = Upstream::start(script).await;
        let clock = Arc::new(ManualClock::default());
        let slmm = handle(upstream.port(), "", timeout, max_requests, &clock);
        Self {
            slmm,
            clock,
            upstream,
        }
    }

    pub(crate) fn advance(&self, seconds: f64) {
        self.clock.advance(Duration::from_secs_f64(seconds));
    }
}

pub(crate) fn handle(
    port: u16,
    prefix: &str,
    timeout: Duration,
    max_requests: usize,
    clock: &Arc<ManualClock>,
) -> Slmm {
    let url = format!("http://127.0.0.1:{port}{prefix}");
    let config = Config::new(&url, timeout, max_requests).unwrap();
    Slmm::start(config, clock.clone(), Arc::new(SeededRandom::default())).unwrap()
}

pub(crate) fn unit(name: &str) -> UnitId {
    meter_id::parse(name).unwrap()
}

/// Asks until the condition holds. The clock stands still meanwhile, so asking changes nothing.
pub(crate) async fn until<T, F: Future<Output = T>>(
    ask: impl Fn() -> F,
    holds: impl Fn(&T) -> bool,
) -> T {
    let asking = async {
        loop {
            let answer = ask().await;
            if holds(&answer) {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(AMPLE, asking)
        .await
        .expect("it came to hold")
}

/// Asks until SLMM's own answer is there. A busy machine may need longer than callers wait.
pub(crate) async fn fresh<T, F: Future<Output = Answer<T>>>(ask: impl Fn() -> F) -> T {
    let answer = until(ask, |answer| matches!(answer, Answer::Fresh(_))).await;
    answer.into_value().expect("a fresh answer has a value")
}

/// The value of an answer that must be fresh.
pub(crate) fn expect_fresh<T: Debug>(answer: Answer<T>) -> T {
    match answer {
        Answer::Fresh(value) => value,
        other => panic!("not fresh: {other:?}"),
    }
}
