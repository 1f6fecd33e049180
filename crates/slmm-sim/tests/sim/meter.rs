//! What a meter hears and sums up.

use domain::{Decibel, Metric};
use serde_json::Value;
use slmm_sim::SimConfig;

use crate::harness::{Bench, UNIT, unserved};

async fn data(bench: &Bench) -> Value {
    bench.get(&format!("/api/nl43/{UNIT}/status")).await.json()["data"].clone()
}

fn level(data: &Value, metric: Metric) -> f64 {
    Decibel::parse(data[metric.as_str()].as_str().unwrap())
        .unwrap()
        .db()
}

#[actix_rt::test]
async fn the_average_is_of_energy_since_the_measurement_began() {
    let bench = Bench::new();
    bench.sim.set_level(UNIT, Some(90.0)).unwrap();
    bench.sim.start_measuring(UNIT).unwrap();
    // One minute at 90 within fifteen at 55.
    bench.advance(59.0);
    bench.sim.poll(UNIT).unwrap();
    assert_eq!(data(&bench).await["leq"], "90.0");
    bench.clock.advance(std::time::Duration::from_secs(1));
    bench.sim.set_level(UNIT, Some(55.0)).unwrap();
    bench.advance(839.0);
    bench.sim.poll(UNIT).unwrap();
    let data = data(&bench).await;
    assert_eq!(data["leq"], "78.3");
    assert_eq!(data["lmax"], "90.0");
    assert_eq!(data["lmin"], "55.0");
    assert_eq!(data["lp"], "55.0");
    assert!(
        (90.0..=90.5).contains(&level(&data, Metric::Ln1)),
        "1 % of the time is above"
    );
    assert!(
        (55.0..=55.5).contains(&level(&data, Metric::Ln2)),
        "10 % is more than the minute"
    );
    assert!(level(&data, Metric::Lpeak) > 100.0);
}

#[actix_rt::test]
async fn the_levels_of_a_meter_are_ordered() {
    let bench = Bench::of(&SimConfig {
        start_hour: Some(10),
        ..SimConfig::default()
    });
    for _ in 0..30 {
        bench.advance(61.0);
        let data = data(&bench).await;
        let [lp, leq, lmax, lmin, lpeak, ln1, ln2] = [
            Metric::Lp,
            Metric::Leq,
            Metric::Lmax,
            Metric::Lmin,
            Metric::Lpeak,
            Metric::Ln1,
            Metric::Ln2,
        ]
        .map(|metric| level(&data, metric));
        assert!(lmin <= lp && lp <= lmax && lmax < lpeak, "{data}");
        assert!(
            lmin <= leq && leq <= lmax && ln2 <= ln1 && ln1 <= lmax,
            "{data}"
        );
        assert_eq!(data["raw_payload"].as_str().unwrap().split(',').count(), 64);
    }
}

#[actix_rt::test]
async fn a_stopped_meter_holds_its_results_and_its_level_lives_on() {
    let bench = Bench::new();
    bench.sim.stop_measuring(UNIT).unwrap();
    bench.advance(12.0);
    let before = data(&bench).await;
    assert_eq!(before["measurement_state"], "Stop");
    bench.sim.set_level(UNIT, Some(111.1)).unwrap();
    bench.advance(60.0);
    let after = data(&bench).await;
    assert_eq!(after["lp"], "111.1");
    for held in ["leq", "lmax", "lmin", "lpeak", "ln1", "ln2"] {
        assert_eq!(after[held], before[held], "{held}");
    }
    bench.sim.start_measuring(UNIT).unwrap();
    bench.sim.poll(UNIT).unwrap();
    let again = data(&bench).await;
    assert_eq!(again["measurement_state"], "Start");
    assert_eq!(again["measurement_start_time"], "2026-11-21T04:01:12");
    assert_eq!(again["leq"], "111.1");
}

#[actix_rt::test]
async fn a_run_state_that_slmm_does_not_know_leaves_the_last_one_in_the_row() {
    let bench = Bench::new();
    for (said, told) in [
        ("Pause", "Start"),
        ("Measure", "Measure"),
        ("#!", "Measure"),
    ] {
        bench.sim.set_run_state(UNIT, Some(said)).unwrap();
        bench.sim.poll(UNIT).unwrap();
        assert_eq!(data(&bench).await["measurement_state"], told, "{said}");
    }
}

#[actix_rt::test]
async fn the_named_values_can_be_made_to_disagree_with_the_reply() {
    let bench = Bench::new();
    bench.sim.force(UNIT, Metric::Leq, Some("61.0")).unwrap();
    bench
        .sim
        .force_named(UNIT, Metric::Leq, Some("99.0"))
        .unwrap();
    bench.sim.poll(UNIT).unwrap();
    let data = data(&bench).await;
    assert_eq!(data["leq"], "99.0");
    assert!(data["raw_payload"].as_str().unwrap().contains(", 61.0,"));
}

#[actix_rt::test]
async fn a_set_start_is_told_and_heard_since() {
    let bench = Bench::new();
    let at = "2026-11-21T03:30:00Z".parse().unwrap();
    bench.sim.set_measuring_since(UNIT, at).unwrap();
    bench.advance(12.0);
    assert_eq!(
        data(&bench).await["measurement_start_time"],
        "2026-11-21T03:30:00"
    );
}

/// A day's levels at the hours given, by a simulator that believes it is that hour.
fn average_at(hour: u8, seed: u64) -> f64 {
    let config = SimConfig {
        start_hour: Some(hour),
        seed,
        ..SimConfig::default()
    };
    let (clock, sim) = unserved(&config);
    sim.start_measuring(UNIT).unwrap();
    sim.insert_rule(
        UNIT,
        slmm_sim::RuleSpec {
            threshold_db: 0.0,
            metric: "leq".into(),
            duration_s: 1800,
            ..slmm_sim::RuleSpec::default()
        },
    );
    clock.advance(std::time::Duration::from_mins(40));
    sim.tick();
    sim.events(UNIT)[0].onset_value.unwrap()
}

#[test]
fn a_site_is_loud_by_day_and_quiet_at_night() {
    for seed in 0..5 {
        let (day, night) = (average_at(9, seed), average_at(2, seed));
        assert!((55.0..90.0).contains(&day), "{day}");
        assert!((36.0..54.0).contains(&night), "{night}");
        assert!(day > night + 8.0, "{day} {night}");
    }
}
