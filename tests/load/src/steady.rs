//! Requests at a steady pace, each with the answer that is right.

use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, SystemClock};
use reqwest::Client;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval};

use crate::portal::{Portal, Session};

/// The longest that an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What became of the requests.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// Answered with 200, and whole.
    pub right: usize,
    /// What was wrong with each of the others.
    pub lost: Vec<String>,
    /// The longest that one took.
    pub longest: Duration,
}

/// Requests, until somebody asks what became of them.
pub struct Steady {
    asking: JoinHandle<Answers>,
    enough: oneshot::Sender<()>,
}

impl Steady {
    /// Asks for these paths by turns, so often a second, with this session: every other time on a
    /// kept connection, and on a new one.
    ///
    /// # Panics
    /// Without paths.
    pub fn begin(portal: &Portal, session: &Session, paths: Vec<String>, per_s: u32) -> Self {
        let (enough, told) = oneshot::channel();
        let urls = paths.iter().map(|path| format!("{}{path}", portal.url()));
        let asker = Asker {
            urls: urls.collect(),
            cookie: session.cookie.clone(),
            kept: Client::new(),
            anew: Client::builder()
                .pool_max_idle_per_host(0)
                .build()
                .expect("an HTTP client"),
        };
        let asking = tokio::spawn(Arc::new(asker).ask(per_s, told));
        Self { asking, enough }
    }

    /// Asks no more, waits for the answers that are due, and tells.
    ///
    /// # Panics
    /// When asking has.
    pub async fn end(self) -> Answers {
        drop(self.enough);
        self.asking.await.expect("the requests")
    }
}

struct Asker {
    urls: Vec<String>,
    cookie: String,
    kept: Client,
    anew: Client,
}

impl Asker {
    async fn ask(self: Arc<Self>, per_s: u32, mut told: oneshot::Receiver<()>) -> Answers {
        let mut beat = interval(Duration::from_secs(1) / per_s);
        // What a busy moment held back is asked after it: the pace is kept.
        beat.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut under_way = JoinSet::new();
        let mut answers = Answers::default();
        for number in 0.. {
            tokio::select! {
                _ = beat.tick() => {}
                _ = &mut told => break,
            }
            under_way.spawn(self.clone().one(number));
            while let Some(answer) = under_way.try_join_next() {
                answers.note(answer.expect("asking does not panic"));
            }
        }
        while let Some(answer) = under_way.join_next().await {
            answers.note(answer.expect("asking does not panic"));
        }
        answers
    }

    /// How long it took, or what was wrong.
    async fn one(self: Arc<Self>, number: usize) -> Result<Duration, String> {
        let client = if number.is_multiple_of(2) {
            &self.kept
        } else {
            &self.anew
        };
        let url = &self.urls[number / 2 % self.urls.len()];
        let since = SystemClock.elapsed();
        let request = client.get(url).header("cookie", &self.cookie);
        let answer = request.timeout(PATIENCE).send().await;
        let answer = answer.map_err(|error| format!("{url}: {error:?}"))?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await;
        let body = body.map_err(|error| format!("{url}: {status}, then {error:?}"))?;
        if status != 200 || body.is_empty() {
            return Err(format!("{url}: {status}, {} bytes", body.len()));
        }
        Ok(SystemClock.elapsed().saturating_sub(since))
    }
}

impl Answers {
    fn note(&mut self, answer: Result<Duration, String>) {
        match answer {
            Ok(took) => {
                self.right += 1;
                self.longest = self.longest.max(took);
            }
            Err(wrong) => self.lost.push(wrong),
        }
    }
}
