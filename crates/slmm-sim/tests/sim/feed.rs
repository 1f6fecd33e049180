//! The monitor's socket.

use std::time::Duration;

use awc::error::WsClientError;
use awc::ws::{Frame, Message};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use slmm_sim::Reach;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::harness::{Bench, UNIT, fixture};

/// A subscriber that reads greedily.
struct Watcher {
    frames: UnboundedReceiver<Result<Value, Option<u16>>>,
    reader: actix_rt::task::JoinHandle<()>,
}

impl Watcher {
    async fn join(bench: &Bench, unit: &str) -> Self {
        let url = bench.url(&format!("/api/nl43/{unit}/monitor"));
        let (_, mut socket) = bench.client.ws(url).connect().await.unwrap();
        let (sender, frames) = unbounded_channel();
        let reader = actix_rt::spawn(async move {
            while let Some(Ok(frame)) = socket.next().await {
                let told = match frame {
                    Frame::Text(text) => Ok(serde_json::from_slice(&text).unwrap()),
                    Frame::Close(reason) => Err(reason.map(|reason| reason.code.into())),
                    Frame::Ping(payload) => {
                        socket.send(Message::Pong(payload)).await.unwrap();
                        continue;
                    }
                    _ => continue,
                };
                let over = told.is_err();
                sender.send(told).unwrap();
                if over {
                    return;
                }
            }
            sender.send(Err(None)).unwrap();
        });
        Self { frames, reader }
    }

    async fn next(&mut self) -> Value {
        self.told().await.expect("a frame, not the end")
    }

    /// A frame, or the close code of the end.
    async fn told(&mut self) -> Result<Value, Option<u16>> {
        let told = actix_rt::time::timeout(Duration::from_secs(5), self.frames.recv()).await;
        told.expect("a frame within five seconds").unwrap()
    }

    /// Frames come in order, so what is told next must be the mark.
    async fn assert_silent(&mut self, bench: &Bench, unit: &str) {
        bench.sim.send_frame(unit, r#"{"mark":1}"#).unwrap();
        assert_eq!(self.next().await, json!({ "mark": 1 }));
    }

    fn leave(self) {
        self.reader.abort();
    }
}

fn captured(case: &str) -> Value {
    let lines = fixture("ws_frames.jsonl");
    let mut frames = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    frames.find(|line| line["case"] == case).unwrap()["frame"].clone()
}

fn names(frame: &Value) -> Vec<&String> {
    frame.as_object().unwrap().keys().collect()
}

async fn until_feeds(bench: &Bench, count: usize) {
    for _ in 0..500 {
        if bench.sim.counters().feeds() == count {
            return;
        }
        actix_rt::time::sleep(Duration::from_millis(10)).await;
    }
    panic!(
        "{} feeds are open, not {count}",
        bench.sim.counters().feeds()
    );
}

#[actix_rt::test]
async fn the_last_frame_is_replayed_and_then_nothing_comes_before_the_loop_wakes() {
    let bench = Bench::new();
    bench.advance(12.0);
    let mut first = Watcher::join(&bench, UNIT).await;
    let replay = first.next().await;
    assert_eq!(names(&replay), names(&captured("ok")));
    assert_eq!(replay["feed_status"], "ok");
    let mut second = Watcher::join(&bench, UNIT).await;
    assert_eq!(second.next().await, replay);
    bench.advance(10.0);
    let fresh = first.next().await;
    assert_ne!(fresh["timestamp"], replay["timestamp"]);
    assert_eq!(second.next().await, fresh);
}

#[actix_rt::test]
async fn a_watched_unit_tells_a_frame_a_second_and_one_late_when_the_state_is_asked() {
    let bench = Bench::new();
    bench.advance(12.0);
    let mut watcher = Watcher::join(&bench, UNIT).await;
    let time = |frame: Value| -> domain::Timestamp {
        format!("{}Z", frame["timestamp"].as_str().unwrap())
            .parse()
            .unwrap()
    };
    let mut last = time(watcher.next().await);
    let mut gaps = Vec::new();
    while gaps.len() < 70 {
        // In steps of the shortest gap, so that no step makes two frames.
        bench.advance(1.0);
        let due = Duration::from_millis(20);
        while let Ok(frame) = actix_rt::time::timeout(due, watcher.frames.recv()).await {
            let at = time(frame.unwrap().unwrap());
            gaps.push(at.duration_since(last).as_millis());
            last = at;
        }
    }
    gaps.remove(0);
    let slow = gaps.iter().filter(|gap| **gap == 2070).count();
    assert!((2..=3).contains(&slow), "{gaps:?}");
    assert!(
        gaps.iter().all(|gap| [1040, 2070].contains(gap)),
        "{gaps:?}"
    );
}

#[actix_rt::test]
async fn a_lost_meter_is_told_once_and_then_only_heartbeats_come() {
    let bench = Bench::new();
    bench.advance(12.0);
    let mut watcher = Watcher::join(&bench, UNIT).await;
    watcher.next().await;
    bench.sim.set_reach(UNIT, Reach::Refusing).unwrap();
    bench.advance(13.1);
    let lost = watcher.next().await;
    let case = "device refuses connections: unreachable, then heartbeats";
    assert_eq!(names(&lost), names(&captured(case)));
    assert_eq!(
        (&lost["feed_status"], &lost["unit_id"]),
        (&json!("unreachable"), &json!(UNIT))
    );
    bench.advance(24.0);
    let mut late = Watcher::join(&bench, UNIT).await;
    assert_eq!(
        late.next().await,
        lost,
        "a late subscriber is told the transition, old as it is"
    );
    bench.advance(6.0);
    let heartbeat = watcher.next().await;
    assert_eq!(heartbeat["heartbeat"], true);
    assert_eq!(heartbeat["feed_status"], "unreachable");
    assert_eq!(
        names(&heartbeat),
        ["feed_status", "heartbeat", "timestamp", "unit_id"]
    );
    bench.sim.set_reach(UNIT, Reach::Online).unwrap();
    bench.advance(5.1);
    assert_eq!(watcher.next().await["feed_status"], "ok");
}

#[actix_rt::test]
async fn a_silent_meter_is_lost_after_half_a_minute() {
    let bench = Bench::new();
    bench.advance(12.0);
    let mut watcher = Watcher::join(&bench, UNIT).await;
    watcher.next().await;
    bench.sim.set_reach(UNIT, Reach::Silent).unwrap();
    bench.advance(28.0);
    assert!(bench.events().is_empty());
    bench.advance(12.0);
    let frame = loop {
        let frame = watcher.next().await;
        if frame.get("heartbeat").is_none() {
            break frame;
        }
        assert_eq!(
            frame["feed_status"], "ok",
            "a heartbeat does not know better yet"
        );
    };
    assert_eq!(frame["feed_status"], "unreachable");
}

#[actix_rt::test]
async fn a_unit_that_does_not_exist_is_taken_and_leaves_traces_for_good() {
    let bench = Bench::new();
    let mut watcher = Watcher::join(&bench, "NOPE-1").await;
    bench.advance(3.0);
    let frame = watcher.next().await;
    assert_eq!(names(&frame), names(&captured("unit that does not exist")));
    assert_eq!(frame["feed_status"], "unreachable");
    watcher.leave();
    until_feeds(&bench, 0).await;
    bench.advance(61.0);
    let monitors = bench.get("/api/nl43/_monitor/status").await.json();
    let left = json!({ "running": false, "subscribers": 0, "keepalive": false,
        "reachable": false, "mode": "backoff" });
    assert_eq!(monitors["monitors"]["NOPE-1"], left);
    assert!(bench.sim.events("NOPE-1")[0].is_active());
}

#[actix_rt::test]
async fn a_restart_closes_with_1012() {
    let bench = Bench::new();
    let mut watcher = Watcher::join(&bench, UNIT).await;
    bench.sim.restart();
    assert_eq!(watcher.told().await, Err(Some(1012)));
}

#[actix_rt::test]
async fn a_service_that_is_down_drops_its_sockets_and_comes_up_again() {
    let bench = Bench::new();
    let mut watcher = Watcher::join(&bench, UNIT).await;
    bench.sim.set_down(true);
    assert_eq!(watcher.told().await, Err(None));
    assert!(
        bench
            .try_send(awc::http::Method::GET, "/health", "")
            .await
            .is_err()
    );
    bench.sim.set_down(false);
    assert_eq!(bench.get("/health").await.status, 200);
}

#[actix_rt::test]
async fn a_killed_service_takes_its_sockets_with_it() {
    let bench = Bench::new();
    let mut watcher = Watcher::join(&bench, UNIT).await;
    let Bench { sim, running, .. } = bench;
    running.stop().await;
    assert!(watcher.told().await.is_err());
    assert_eq!(sim.counters().feeds(), 0);
}

#[actix_rt::test]
async fn sockets_are_counted_and_their_leaving_too() {
    let bench = Bench::new();
    let first = Watcher::join(&bench, UNIT).await;
    let second = Watcher::join(&bench, UNIT).await;
    until_feeds(&bench, 2).await;
    let monitors = bench.get("/api/nl43/_monitor/status").await.json();
    assert_eq!(monitors["monitors"][UNIT]["subscribers"], 2);
    assert_eq!(monitors["monitors"][UNIT]["mode"], "watched");
    first.leave();
    second.leave();
    until_feeds(&bench, 0).await;
    assert_eq!(bench.sim.counters().max_feeds_of(UNIT), 2);
}

#[actix_rt::test]
async fn a_stalled_loop_says_nothing_at_all() {
    let bench = Bench::new();
    bench.advance(12.0);
    let mut watcher = Watcher::join(&bench, UNIT).await;
    watcher.next().await;
    bench.sim.stall(UNIT, true).unwrap();
    bench.advance(300.0);
    watcher.assert_silent(&bench, UNIT).await;
    bench.sim.stall(UNIT, false).unwrap();
    bench.advance(1.0);
    assert_eq!(watcher.next().await["feed_status"], "ok");
}

#[actix_rt::test]
async fn an_unknown_path_is_refused_at_the_upgrade() {
    let bench = Bench::new();
    let refused = bench
        .client
        .ws(bench.url("/api/nl43/SLM-101/nothing"))
        .connect()
        .await;
    let Err(WsClientError::InvalidResponseStatus(status)) = refused else {
        panic!("it was not refused");
    };
    assert_eq!(status, 403);
    assert_eq!(bench.get("/api/nl43/SLM-101/monitor").await.status, 404);
}
