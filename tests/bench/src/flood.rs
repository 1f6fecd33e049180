//! Two hundred who guess passwords as fast as they are answered, and what visitors feel of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use auth::{HashParams, PasswordHash};
use domain::{Clock, SystemClock};
use reqwest::Client;
use slmm_sim::SimConfig;
use tokio::task::JoinSet;

use crate::house::{House, Open};
use crate::paced::{self, Asked, Pace};
use crate::table::{Figure, Line};
use crate::wrk::{self, Load, Measured};

const PROJECTS: usize = 6;
const GUESSERS: usize = 200;
const LASTING: Duration = Duration::from_secs(30);
/// Signed-in visitors, each with a page that asks now and again.
const VISITORS: Pace = Pace {
    askers: 64,
    every: Duration::from_millis(500),
    lasting: Duration::from_secs(12),
};
/// As the routes are measured.
const CROWD: Load = Load {
    seconds: 8,
    connections: 64,
};

/// What visitors had of `/live`.
struct Felt {
    /// Who ask now and again.
    paced: Asked,
    /// Who ask as fast as they are answered.
    pressed: Measured,
}

/// Measures `/live` in calm and in the flood.
pub async fn measure() -> Vec<Line> {
    let house = House::of(&SimConfig::with_units(PROJECTS), PROJECTS);
    harden(&house);
    let portal = house.open(&[]);
    let session = portal.enter(&house.portals[0]).await;
    let location = portal.door.locations(&session).await.remove(0);
    let live = format!("{}/portal/api/location/{location}/live", portal.url);
    let calm = feel(&live, &session.cookie).await;
    let checked = portal.metrics.figure("password_verifications_total").await;
    let flood = Flood::begin(&house, &portal);
    let flooded = feel(&live, &session.cookie).await;
    let answers = flood.end();
    let checked = portal.metrics.figure("password_verifications_total").await - checked;
    tell("calm", &calm);
    tell("flooded", &flooded);
    println!("{checked} passwords checked; answers: {answers:?}");
    let p99 = |felt: &Felt| felt.paced.delays.quantile_ms(99, 100).expect("answers");
    let count = |kind: &str| answers.get(kind).copied().unwrap_or(0) as u64;
    let told = |calm: f64| format!("calm {calm:.2} ms");
    vec![
        Line::most(
            "login flood: `/live` p99, 64 who ask twice a second",
            p99(&flooded),
            3.0 * p99(&calm),
            "ms",
        )
        .of(&told(p99(&calm))),
        Line::most(
            "… `/live` p99, 64 who ask as fast as they can",
            flooded.pressed.p99_ms,
            3.0 * calm.pressed.p99_ms,
            "ms",
        )
        .of(&told(calm.pressed.p99_ms)),
        Line::exactly(
            "… guesses answered otherwise than 401, or 503 with `Retry-After`",
            answers.values().map(|&n| n as u64).sum::<u64>() - count("401") - count("503, later"),
            0,
        )
        .of(&format!(
            "of {} checked and {} put off",
            Figure(count("401") as f64),
            Figure(count("503, later") as f64)
        )),
    ]
}

/// Makes every password as hard to check as in earnest.
fn harden(house: &House) {
    let data = &house.programs.data;
    for portal in &house.portals {
        let hash = PasswordHash::compute(&portal.password, &HashParams::owasp(), &**data.random());
        data.operator()
            .portal_password(portal.project, &hash.expect("a hash"))
            .expect("the password is stored");
    }
}

async fn feel(live: &str, cookie: &str) -> Felt {
    let paced = paced::ask(&[live.to_owned()], cookie, VISITORS).await;
    assert_eq!(paced.refused, 0, "visitors are answered");
    Felt {
        paced,
        pressed: wrk::run(live, Some(cookie), CROWD),
    }
}

fn tell(when: &str, felt: &Felt) {
    println!("{when}, twice a second: {}", felt.paced.delays);
    println!(
        "{when}, as fast as they can: {:.0} requests/s, p50 {:.2} ms, p99 {:.2} ms",
        felt.pressed.per_second, felt.pressed.p50_ms, felt.pressed.p99_ms
    );
}

/// Guessers at work in a thread of their own.
struct Flood(JoinHandle<BTreeMap<String, usize>>);

impl Flood {
    fn begin(house: &House, portal: &Open) -> Self {
        let link = |portal: &testkit::TestPortal| portal.link.as_str().to_owned();
        let links = house.portals.iter().map(link);
        let url = &portal.url;
        let doors: Arc<[String]> = links.map(|link| format!("{url}/portal/p/{link}")).collect();
        Self(std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(guess(doors))
        }))
    }

    fn end(self) -> BTreeMap<String, usize> {
        self.0.join().expect("the guessers do not panic")
    }
}

async fn guess(doors: Arc<[String]>) -> BTreeMap<String, usize> {
    let until = SystemClock.elapsed() + LASTING;
    let number = Arc::new(AtomicU32::new(0));
    let mut guessers = JoinSet::new();
    for _ in 0..GUESSERS {
        let (doors, number) = (doors.clone(), number.clone());
        guessers.spawn(async move {
            let client = Client::new();
            let mut answers = Vec::new();
            while SystemClock.elapsed() < until {
                let number = number.fetch_add(1, Ordering::Relaxed);
                let door = &doors[number as usize % doors.len()];
                answers.push(one_guess(&client, door, number).await);
            }
            answers
        });
    }
    let mut counts = BTreeMap::new();
    for answer in guessers.join_all().await.into_iter().flatten() {
        *counts.entry(answer).or_default() += 1;
    }
    counts
}

/// Each comes from an address of its own, or the lockout would end it after five.
async fn one_guess(client: &Client, door: &str, number: u32) -> String {
    let [_, a, b, c] = number.to_be_bytes();
    let request = (client.post(door))
        .header("x-forwarded-for", format!("10.{a}.{b}.{c}"))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("password=guess");
    let answer = match request.send().await {
        Ok(answer) => answer,
        Err(error) => return format!("none: {error}"),
    };
    let later = answer.headers().contains_key("retry-after");
    let status = answer.status().as_u16();
    // The connection is used again once the answer was read.
    drop(answer.bytes().await);
    format!("{status}{}", if later { ", later" } else { "" })
}
