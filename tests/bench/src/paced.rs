//! Visitors who ask now and again, as pages do, each over a connection of their own.

use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, SystemClock};
use load::Delays;
use reqwest::Client;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

/// Who asks, and how often.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub askers: u32,
    /// Of each.
    pub every: Duration,
    pub lasting: Duration,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Asked {
    /// To whole answers, whatever they say.
    pub delays: Delays,
    /// Answers that are no 200.
    pub refused: usize,
    /// Answers that tell what is remembered, not what is.
    pub remembered: usize,
}

struct Answer {
    took: Duration,
    status: u16,
    remembered: bool,
}

/// Asks. The askers take the addresses by turns, and begin one after the other.
///
/// # Panics
/// When there is no answer at all.
pub async fn ask(urls: &[String], cookie: &str, pace: Pace) -> Asked {
    let urls: Arc<[String]> = urls.into();
    let until = SystemClock.elapsed() + pace.lasting;
    let mut askers = JoinSet::new();
    for number in 0..pace.askers {
        let (urls, cookie) = (urls.clone(), cookie.to_owned());
        askers.spawn(async move {
            sleep(pace.every * number / pace.askers).await;
            one(number as usize, &urls, &cookie, pace.every, until).await
        });
    }
    let answers: Vec<Answer> = askers.join_all().await.into_iter().flatten().collect();
    Asked {
        refused: answers.iter().filter(|answer| answer.status != 200).count(),
        remembered: answers.iter().filter(|answer| answer.remembered).count(),
        delays: answers.iter().map(|answer| answer.took).collect(),
    }
}

async fn one(
    mut number: usize,
    urls: &[String],
    cookie: &str,
    every: Duration,
    until: Duration,
) -> Vec<Answer> {
    let client = Client::new();
    let mut answers = Vec::new();
    let mut turns = interval(every);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while SystemClock.elapsed() < until {
        turns.tick().await;
        let begun = SystemClock.elapsed();
        let request = client
            .get(&urls[number % urls.len()])
            .header("cookie", cookie);
        let response = (request.header("accept-encoding", "gzip, br").send().await)
            .expect("the portal answers");
        let status = response.status().as_u16();
        let body = response.bytes().await.expect("a whole answer");
        answers.push(Answer {
            took: SystemClock.elapsed().saturating_sub(begun),
            status,
            remembered: has(&body, br#""remembered":true"#),
        });
        number += 1;
    }
    answers
}

fn has(body: &[u8], words: &[u8]) -> bool {
    body.windows(words.len()).any(|window| window == words)
}
