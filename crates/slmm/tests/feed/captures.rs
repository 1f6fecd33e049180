//! Every frame captured from a real SLMM 0.4.0.

use domain::{Levels, Metric, RunState};
use futures_util::FutureExt;
use slmm::FeedItem;
use slmm_sim::SimConfig;

use crate::support::{Bench, FRAMES_ONLY, next, unit, until};

/// What each captured frame means, in the order of the file.
const MEANINGS: [&str; 27] = [
    "measuring 67.5 65.4 77.5 48.7 92.4 74.6 67.5",
    "measuring 62.5 65.4 77.5 48.7 92.4 74.6 67.5",
    "measuring 62.6 65.4 77.5 48.7 92.4 74.6 67.5",
    "measuring 61.0 65.4 77.5 48.7 92.4 74.6 67.5",
    "offline 2026-11-21T04:23:02.479184Z",
    "nothing",
    "nothing",
    "nothing",
    "offline 2026-11-21T04:23:02.479184Z",
    "measuring 61.2 65.2 77.5 48.7 92.4 74.5 67.4",
    "measuring 61.1 65.2 77.5 48.7 92.4 74.5 67.4",
    // The run state could not be asked for: still taken to be measuring.
    "measuring 67.2 65.5 77.5 48.7 92.4 75.9 67.7",
    // A heartbeat that says ok of a meter already silent.
    "nothing",
    "offline 2026-11-21T04:38:51.817436Z",
    "stopped 60.8 64.2 75.5 51.0 89.8 73.0 67.1",
    "stopped 60.9 64.2 75.5 51.0 89.8 73.0 67.1",
    "stopped 71.9 - - - - - -",
    "measuring 66.0 - - 47.9 92.6 - 72.5",
    "measuring - - - - - - -",
    // Markup in the place of a level.
    "measuring - 67.6 79.2 47.9 92.6 75.4 72.5",
    // Shifted by one, cut short, and garbage: none of it is believed.
    "measuring - - - - - - -",
    "measuring - - - - - - -",
    "measuring - - - - - - -",
    "unknown 65.2 67.5 79.2 47.9 92.6 75.4 72.5",
    "offline 2026-11-21T04:35:33.943688Z",
    "nothing",
    "measuring 76.1 65.9 80.0 39.7 96.7 75.3 70.5",
];

fn meaning(item: FeedItem) -> String {
    match item {
        FeedItem::Offline { at } => format!("offline {at}"),
        FeedItem::Live(status) => {
            let run = match status.run {
                RunState::Measuring => "measuring",
                RunState::Stopped => "stopped",
                RunState::Unknown => "unknown",
            };
            let measuring = status.run == RunState::Measuring;
            assert_eq!(status.measuring_since.is_some(), measuring);
            assert!(status.reachable);
            format!("{run}{}", levels(&status.reading.unwrap().levels))
        }
        other => panic!("not of a frame: {other:?}"),
    }
}

fn levels(levels: &Levels) -> String {
    let level = |metric: &Metric| match levels.get(*metric) {
        Some(level) => format!(" {:.1}", level.db()),
        None => " -".to_owned(),
    };
    Metric::ALL.iter().map(level).collect()
}

#[tokio::test]
async fn each_captured_frame_means_what_it_should() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/fixtures/slmm/ws_frames.jsonl"
    );
    let lines = std::fs::read_to_string(path).unwrap();
    let captured: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(captured.len(), MEANINGS.len());
    let units = ["SLM-103", "SLM-104", "SLM-105", "SLM-106", "NOPE-1"];
    let config = SimConfig {
        units: units.map(str::to_owned).to_vec(),
        ..SimConfig::default()
    };
    let bench = Bench::with(&config, FRAMES_ONLY, 8);
    let mut watches: Vec<_> = units
        .iter()
        .map(|name| bench.slmm.watch(&unit(name)))
        .collect();
    // The replay of each.
    until(|| bench.slmm.feed_counters().frames == 5).await;
    for watch in &mut watches {
        watch.latest();
    }
    for (count, (line, expected)) in (6..).zip(captured.iter().zip(MEANINGS)) {
        let frame = &line["frame"];
        let name = frame["unit_id"].as_str().unwrap();
        let place = units.iter().position(|unit| *unit == name).unwrap();
        bench.sim.send_frame(name, &frame.to_string()).unwrap();
        until(|| bench.slmm.feed_counters().frames == count).await;
        let told = match expected {
            "nothing" => watches[place].changed().now_or_never(),
            _ => Some(next(&mut watches[place]).await),
        };
        let told = told.map_or("nothing".to_owned(), meaning);
        assert_eq!(told, expected, "{}", line["case"]);
    }
    assert_eq!(bench.slmm.feed_counters().garbage, 0);
}
