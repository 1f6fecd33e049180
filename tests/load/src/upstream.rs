//! The simulated SLMM: how many sockets it has open, and when exactly it polled what.
//!
//! The portal's frames tell whole seconds. SLMM's tell microseconds, and one poll serves all who
//! listen: one more listener a unit changes nothing for the portal.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use domain::Timestamp;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::socket::{Door, Heard, Socket};

/// By what a portal's frame is known to be a frame of SLMM: the second, and levels in tenths of dB.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Content {
    second: i64,
    levels: [Option<i64>; 3],
}

/// When SLMM polled what, µs since 1970; nothing for content that two units shared.
#[derive(Debug, Clone, Default)]
pub struct Polls(Arc<Mutex<HashMap<Content, Option<i64>>>>);

/// A running simulator.
pub struct Slmm {
    url: String,
    polls: Polls,
    listeners: JoinSet<()>,
}

impl Content {
    /// Of a frame's text, the portal's or SLMM's; nothing where it tells no reading.
    pub fn of(text: &[u8]) -> Option<Self> {
        parse(text).map(|(content, _)| content)
    }
}

fn parse(text: &[u8]) -> Option<(Content, i64)> {
    let frame: Value = serde_json::from_slice(text).ok()?;
    let at: Timestamp = match (frame["at"].as_str(), frame["timestamp"].as_str()) {
        (Some(at), _) => at.parse().ok()?,
        // SLMM tells UTC without saying so.
        (None, Some(at)) => format!("{at}Z").parse().ok()?,
        (None, None) => return None,
    };
    frame.get("lp")?;
    let levels = ["lp", "leq", "lmax"].map(|name| tenths(&frame[name]));
    let second = at.as_second();
    Some((Content { second, levels }, at.as_microsecond()))
}

fn tenths(level: &Value) -> Option<i64> {
    let db = level.as_f64().or_else(|| level.as_str()?.parse().ok())?;
    #[expect(clippy::cast_possible_truncation, reason = "levels are below 1000 dB")]
    Some((db * 10.0).round() as i64)
}

impl Polls {
    /// When a reading with this content was taken.
    pub fn time_of(&self, content: &Content) -> Option<i64> {
        self.0
            .lock()
            .expect("polls")
            .get(content)
            .copied()
            .flatten()
    }

    fn note(&self, frame: &[u8]) {
        if let Some((content, at)) = parse(frame) {
            let mut polls = self.0.lock().expect("polls");
            polls
                .entry(content)
                .and_modify(|known| *known = known.filter(|&known| known == at))
                .or_insert(Some(at));
        }
    }
}

/// All of these panic when the simulator does not answer.
impl Slmm {
    /// The simulator at this URL.
    pub fn at(url: &str) -> Self {
        Self {
            url: url.trim_end_matches('/').to_owned(),
            polls: Polls::default(),
            listeners: JoinSet::new(),
        }
    }

    /// Monitor sockets that are open now, ours too.
    pub async fn feeds(&self) -> u64 {
        let counters = self.get("/_sim/counters").await;
        counters["feeds"].as_u64().expect("a number of feeds")
    }

    /// Listens to all units from now on.
    pub async fn listen(&mut self) {
        let roster = self.get("/api/nl43/roster").await;
        let address = self
            .url
            .strip_prefix("http://")
            .expect("http://ADDRESS:PORT");
        let address: SocketAddr = address.parse().expect("http://ADDRESS:PORT");
        for device in roster["devices"].as_array().expect("devices") {
            let unit = device["unit_id"].as_str().expect("a unit");
            let path = format!("/api/nl43/{unit}/monitor");
            let door = Door {
                address,
                source: address.ip(),
                path: &path,
                headers: "",
            };
            let mut socket = Socket::open(&door).await.expect("SLMM's monitor");
            let polls = self.polls.clone();
            self.listeners.spawn(async move {
                while let Heard::Text(frame) = socket.next().await {
                    polls.note(&frame);
                }
            });
        }
    }

    /// Listens no more, and tells what was heard.
    pub async fn polls(&mut self) -> Polls {
        self.listeners.shutdown().await;
        self.polls.clone()
    }

    async fn get(&self, path: &str) -> Value {
        let answer = reqwest::get(format!("{}{path}", self.url)).await;
        let body = answer.expect("SLMM answers").text().await.expect("a body");
        serde_json::from_str(&body).expect("JSON")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLMM: &str = r#"{"unit_id":"SLM-101","timestamp":"2026-11-21T04:00:02.250000","lp":"65.2","leq":"68.40","lmax":"-.-"}"#;
    const PORTAL: &str = r#"{"type":"reading","state":"measuring","at":"2026-11-21T04:00:02Z","lp":65.2,"leq":68.4,"lmax":null}"#;

    #[test]
    fn a_portals_frame_is_found_by_its_content() {
        let polls = Polls::default();
        polls.note(SLMM.as_bytes());
        let content = Content::of(PORTAL.as_bytes()).expect("a reading");
        assert_eq!(polls.time_of(&content), Some(1_795_233_602_250_000));
    }

    #[test]
    fn what_two_units_said_in_one_second_is_nobodys() {
        let polls = Polls::default();
        polls.note(SLMM.as_bytes());
        polls.note(SLMM.replace(".250", ".750").as_bytes());
        let content = Content::of(PORTAL.as_bytes()).expect("a reading");
        assert_eq!(polls.time_of(&content), None);
    }

    #[test]
    fn a_heartbeat_tells_no_reading() {
        let heartbeat = br#"{"type":"heartbeat","at":"2026-11-21T04:00:02Z"}"#;
        assert_eq!(Content::of(heartbeat), None);
    }
}
