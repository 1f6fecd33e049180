//! A location's history, stitched from the stays of its meters.

use domain::{Decibel, Tenure, Timestamp, Trail, TrailPoint};
use proptest::prelude::*;

use crate::build::{at, db, moved_in, stay};

fn point(time: &str, lmax: f64) -> TrailPoint {
    TrailPoint {
        at: at(time),
        lp: Some(db(60.0)),
        leq: Some(db(65.0)),
        lmax: Some(db(lmax)),
        ln1: Some(db(75.0)),
        ln2: Some(db(70.0)),
    }
}

fn times(trail: &Trail) -> Vec<Timestamp> {
    trail.points.iter().map(|point| point.at).collect()
}

/// At which times running values are told; each point has all of them or none, and always an Lp.
fn told(trail: &Trail) -> Vec<Timestamp> {
    trail
        .points
        .iter()
        .inspect(|point| {
            let told = [point.leq, point.lmax, point.ln1, point.ln2].map(|level| level.is_some());
            assert!(told == [true; 4] || told == [false; 4], "{point:?}");
            assert!(point.lp.is_some());
        })
        .filter(|point| point.leq.is_some())
        .map(|point| point.at)
        .collect()
}

fn stitch(parts: &[(Tenure, Option<&str>, Vec<TrailPoint>)]) -> Trail {
    Trail::stitch(
        parts
            .iter()
            .map(|(tenure, began, points)| (tenure, began.map(at), points.as_slice())),
    )
}

#[test]
fn two_meters_make_one_trail() {
    let first = vec![
        point("01:00", 80.0),
        point("01:59", 80.0),
        point("02:01", 90.0),
    ];
    let second = vec![
        point("01:30", 99.0),
        point("02:00", 81.0),
        point("03:00", 82.0),
    ];
    // The later stay is given first: the order of the parts does not matter.
    let trail = stitch(&[
        (stay("02:00", None), None, second),
        (stay("00:00", Some("02:00")), None, first),
    ]);
    assert_eq!(times(&trail), ["01:00", "01:59", "02:00", "03:00"].map(at));
    let lmax: Vec<f64> = trail
        .points
        .iter()
        .filter_map(|p| p.lmax)
        .map(Decibel::db)
        .collect();
    assert_eq!(lmax, [80.0, 80.0, 81.0, 82.0]);
}

#[test]
fn what_a_meter_heard_outside_its_stay_is_somebody_elses() {
    let points = vec![
        point("00:59:59", 80.0),
        point("01:00", 80.0),
        point("01:59:59", 80.0),
        point("02:00", 80.0),
    ];
    let trail = stitch(&[(stay("01:00", Some("02:00")), None, points)]);
    assert_eq!(times(&trail), ["01:00", "01:59:59"].map(at));
}

#[test]
fn a_moment_is_told_once() {
    let twice = vec![point("01:00", 80.0), point("01:00", 81.0)];
    let trail = stitch(&[(stay("00:00", None), None, twice)]);
    assert_eq!(times(&trail), [at("01:00")]);
}

#[test]
fn a_location_without_stays_has_an_empty_trail() {
    assert_eq!(stitch(&[]), Trail::default());
    assert_eq!(
        stitch(&[(stay("00:00", None), None, vec![])]),
        Trail::default()
    );
}

#[test]
fn after_a_move_lp_is_told_and_what_was_summed_up_is_not() {
    let points = vec![
        point("02:00", 80.0),
        point("03:00", 80.0),
        point("04:00", 85.0),
    ];
    let trail = stitch(&[(moved_in("02:00"), Some("2026-11-20 12:00"), points)]);
    assert_eq!(times(&trail), ["02:00", "03:00", "04:00"].map(at));
    assert_eq!(told(&trail), []);
}

#[test]
fn a_measurement_begun_within_the_stay_is_told_from_its_first_minute_on() {
    let points = vec![
        point("02:30", 80.0),
        point("03:00", 80.0),
        point("03:01", 80.0),
        point("04:00", 85.0),
    ];
    let trail = stitch(&[(moved_in("02:00"), Some("03:00"), points)]);
    assert_eq!(told(&trail), ["03:01", "04:00"].map(at));
}

#[test]
fn a_running_maximum_that_falls_proves_a_restart() {
    let points = vec![
        point("02:00", 80.0),
        point("02:30", 85.0),
        point("03:00", 70.0),
        point("04:00", 95.0),
    ];
    let trail = stitch(&[(moved_in("02:00"), None, points)]);
    assert_eq!(told(&trail), ["03:00", "04:00"].map(at));
}

#[test]
fn a_running_maximum_that_stays_or_grows_proves_nothing() {
    let points = vec![
        point("02:00", 80.0),
        point("03:00", 80.0),
        point("04:00", 85.0),
    ];
    let trail = stitch(&[(moved_in("02:00"), None, points)]);
    assert_eq!(told(&trail), []);
}

#[test]
fn a_restart_is_proven_by_the_highest_so_far_and_over_gaps() {
    let blank = TrailPoint {
        lmax: None,
        leq: None,
        ln1: None,
        ln2: None,
        ..point("02:45", 80.0)
    };
    let points = vec![point("02:30", 85.0), blank, point("03:00", 84.9)];
    let trail = stitch(&[(moved_in("02:00"), None, points)]);
    assert_eq!(told(&trail), [at("03:00")]);
}

#[test]
fn a_fall_before_the_stay_proves_nothing_for_it() {
    let points = vec![
        point("00:30", 90.0),
        point("01:30", 70.0),
        point("02:30", 70.0),
        point("03:30", 71.0),
    ];
    let trail = stitch(&[(moved_in("02:00"), None, points)]);
    assert_eq!(told(&trail), []);
}

#[test]
fn a_fall_across_the_move_proves_nothing_of_what_came_before_it_in_the_stay() {
    // The last point of the other site is not of this stay: its maximum is not held against it.
    let points = vec![point("01:59", 90.0), point("02:01", 70.0)];
    let trail = stitch(&[(moved_in("02:00"), None, points)]);
    assert_eq!(told(&trail), []);
}

#[test]
fn the_start_of_the_current_measurement_says_nothing_of_points_before_it() {
    let points = vec![point("02:30", 80.0), point("05:00", 60.0)];
    let trail = stitch(&[(moved_in("02:00"), Some("04:00"), points)]);
    assert_eq!(told(&trail), [at("05:00")]);
}

#[test]
fn an_unknown_start_is_believed_two_days_after_the_move() {
    let points = vec![
        point("2026-11-23 01:59", 80.0),
        point("2026-11-23 02:00", 80.0),
    ];
    let trail = stitch(&[(moved_in("02:00"), None, points)]);
    assert_eq!(told(&trail), [at("2026-11-23 02:00")]);
}

#[test]
fn a_trail_is_cut_at_its_beginning() {
    let points = vec![
        point("01:00", 80.0),
        point("02:00", 80.0),
        point("03:00", 80.0),
    ];
    let trail = stitch(&[(stay("00:00", None), None, points)]).since(at("02:00"));
    assert_eq!(times(&trail), ["02:00", "03:00"].map(at));
}

proptest! {
    #[test]
    fn a_trail_is_in_order_and_within_its_stays(seconds in proptest::collection::vec(0..400_i64, 0..60), handover in 0..400_i64) {
        let second = |offset: i64| Timestamp::from_second(1_795_233_600 + offset).unwrap();
        let mut points: Vec<TrailPoint> = seconds.iter().map(|s| TrailPoint { at: second(*s), ..point("01:00", 80.0) }).collect();
        points.sort_by_key(|point| point.at);
        let window = |from, until| Tenure { window: domain::Window { from, until }, left_elsewhere_at: None };
        let before = window(second(100), Some(second(handover)));
        let after = window(second(handover), Some(second(300)));
        let trail = Trail::stitch([(&before, None, points.as_slice()), (&after, None, points.as_slice())]);
        prop_assert!(trail.points.is_sorted_by(|one, next| one.at < next.at));
        for at in (0..400).map(second) {
            let heard = points.iter().any(|point| point.at == at);
            let told = trail.points.iter().any(|point| point.at == at);
            let ours = before.window.contains(at) || after.window.contains(at);
            prop_assert_eq!(told, heard && ours);
        }
    }
}

#[test]
fn what_was_captured_is_a_share_of_the_time() {
    let minutes = |range: std::ops::Range<u32>| {
        range
            .map(|minute| point(&format!("01:{minute:02}"), 80.0))
            .collect::<Vec<_>>()
    };
    let share = |points: Vec<TrailPoint>| Trail { points }.captured(at("01:00"), at("02:00"));
    assert!((share(minutes(0..60)) - 1.0).abs() < 1e-9);
    assert!(share(Vec::new()).abs() < 1e-9);
    // Half an hour without a row: the row after it vouches for its own minute.
    let half = minutes(0..15).into_iter().chain(minutes(45..60)).collect();
    assert!((share(half) - 31.0 / 60.0).abs() < 0.02);
    // A row that comes a little late leaves no hole.
    let every_second_minute = minutes(0..60).into_iter().step_by(2).collect();
    assert!((share(every_second_minute) - 59.0 / 60.0).abs() < 0.02);
    assert!(share(vec![point("00:59", 80.0)]).abs() < 1e-9);
    // A row without any value vouches for nothing.
    let blank = TrailPoint {
        lp: None,
        leq: None,
        lmax: None,
        ln1: None,
        ln2: None,
        ..point("01:30", 80.0)
    };
    assert!(share(vec![blank]).abs() < 1e-9);
}
