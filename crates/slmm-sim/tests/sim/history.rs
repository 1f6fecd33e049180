//! The trail.

use domain::{Decibel, Timestamp};
use serde_json::Value;
use slmm_sim::{Reach, SimConfig, TrailRow};

use crate::harness::{Bench, UNIT};

async fn read(bench: &Bench, hours: &str) -> Value {
    bench
        .get(&format!("/api/nl43/{UNIT}/history?hours={hours}"))
        .await
        .json()
}

fn times(answer: &Value) -> Vec<Timestamp> {
    let rows = answer["readings"].as_array().unwrap();
    let time = |row: &Value| {
        format!("{}Z", row["timestamp"].as_str().unwrap())
            .parse()
            .unwrap()
    };
    rows.iter().map(time).collect()
}

#[actix_rt::test]
async fn hours_are_clamped_and_told() {
    let bench = Bench::new();
    for (asked, told) in [
        ("0.001", 0.1),
        ("-3", 0.1),
        ("nan", 0.1),
        ("3.5", 3.5),
        ("100", 48.0),
        ("inf", 48.0),
    ] {
        assert_eq!(read(&bench, asked).await["hours"], told, "{asked}");
    }
    let usual = bench.get(&format!("/api/nl43/{UNIT}/history")).await.json();
    assert_eq!(usual["hours"], 2.0);
    assert_eq!(
        bench
            .get(&format!("/api/nl43/{UNIT}/history?hours="))
            .await
            .status,
        422
    );
}

#[actix_rt::test]
async fn a_day_of_minutes_is_there_from_the_start() {
    let bench = Bench::new();
    let answer = read(&bench, "48").await;
    let times = times(&answer);
    assert!((1430..=1442).contains(&times.len()), "{}", times.len());
    assert_eq!(answer["count"], times.len());
    assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
    let gaps = times
        .windows(2)
        .map(|pair| pair[1].duration_since(pair[0]).as_secs());
    assert!(gaps.into_iter().all(|gap| gap <= 130));
    let two_hours = read(&bench, "2").await["count"].as_u64().unwrap();
    assert!((118..=121).contains(&two_hours), "{two_hours}");
}

#[actix_rt::test]
async fn a_maximum_falls_only_where_a_measurement_began() {
    let bench = Bench::new();
    bench.advance(900.0);
    let answer = read(&bench, "24").await;
    let level = |row: &Value, name: &str| Decibel::parse(row[name].as_str().unwrap()).unwrap().db();
    let rows = answer["readings"].as_array().unwrap();
    let falls: Vec<&str> = rows
        .windows(2)
        .filter(|pair| level(&pair[1], "lmax") < level(&pair[0], "lmax"))
        .map(|pair| pair[1]["timestamp"].as_str().unwrap())
        .collect();
    assert_eq!(falls.len(), 1, "{falls:?}");
    let status = bench.get(&format!("/api/nl43/{UNIT}/status")).await.json();
    assert_eq!(status["data"]["measurement_start_time"], falls[0]);
}

#[actix_rt::test]
async fn a_minute_adds_a_row_and_an_unreachable_meter_none() {
    let bench = Bench::new();
    bench.advance(12.0);
    let before = times(&read(&bench, "1").await);
    bench.advance(305.0);
    let after = times(&read(&bench, "1").await);
    let added: Vec<&Timestamp> = after.iter().filter(|at| !before.contains(at)).collect();
    assert_eq!(added.len(), 5);
    assert!(
        added
            .windows(2)
            .all(|pair| { (60..=67).contains(&pair[1].duration_since(*pair[0]).as_secs()) })
    );
    bench.sim.set_reach(UNIT, Reach::Refusing).unwrap();
    bench.advance(600.0);
    let gap = times(&read(&bench, "1").await);
    assert_eq!(gap.last(), after.last());
}

#[actix_rt::test]
async fn a_day_of_minutes_is_all_that_is_kept() {
    let bench = Bench::of(&SimConfig::with_units(2));
    read(&bench, "48").await;
    bench.advance(86_400.0);
    let times = times(&read(&bench, "48").await);
    assert!((1270..=1441).contains(&times.len()), "{}", times.len());
}

#[actix_rt::test]
async fn a_row_put_in_by_hand_is_told_word_for_word_in_its_place() {
    let bench = Bench::new();
    bench.sim.clear_trail(UNIT).unwrap();
    for (at, lp) in [
        ("2026-11-21T03:59:00.25Z", Some("<b>1</b>")),
        ("2026-11-21T03:58:00Z", None),
    ] {
        let row = TrailRow {
            at: at.parse().unwrap(),
            lp: lp.map(Into::into),
            ..TrailRow::default()
        };
        bench.sim.insert_row(UNIT, row).unwrap();
    }
    let answer = read(&bench, "1").await;
    assert_eq!(answer["readings"][0]["timestamp"], "2026-11-21T03:58:00");
    assert_eq!(answer["readings"][0]["lp"], Value::Null);
    assert_eq!(
        answer["readings"][1]["timestamp"],
        "2026-11-21T03:59:00.250000"
    );
    assert_eq!(answer["readings"][1]["lp"], "<b>1</b>");
}
