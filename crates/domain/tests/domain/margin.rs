//! How far a location is from its limits.

use domain::{Comparison, Limit, Margin, Metric, Schedule, TimeZone, in_force};

use crate::build::{at, levels};

fn limit(metric: Metric, comparison: Comparison, threshold: f64) -> Limit {
    Limit {
        rule: 1,
        name: "Limit".into(),
        metric: Some(metric),
        comparison,
        threshold,
        duration_s: 60,
        clear_margin: 2.0,
        schedule: None,
        enabled: true,
    }
}

fn above(metric: Metric, threshold: f64) -> Limit {
    limit(metric, Comparison::Above, threshold)
}

#[test]
fn the_tightest_limit_is_the_one_with_the_least_room() {
    // Leq 62, Lmax 80, L1 75.
    let limits = [
        above(Metric::Leq, 65.0),
        above(Metric::Lmax, 82.0),
        above(Metric::Ln1, 90.0),
    ];
    let margin = Margin::tightest(&limits, &levels()).unwrap();
    assert_eq!(margin.metric, Metric::Lmax);
    assert!((margin.over - -2.0).abs() < 1e-9);
    assert!(margin.is_near());
}

#[test]
fn past_a_limit_counts_before_near_to_one() {
    let limits = [above(Metric::Lmax, 81.0), above(Metric::Leq, 60.0)];
    let margin = Margin::tightest(&limits, &levels()).unwrap();
    assert_eq!(margin.metric, Metric::Leq);
    assert!((margin.over - 2.0).abs() < 1e-9);
}

#[test]
fn a_limit_downwards_is_broken_from_below() {
    let quiet = limit(Metric::Lp, Comparison::Below, 65.0);
    // Lp 61 is four under a floor of 65.
    assert!((Margin::of(&quiet, &levels()).unwrap().over - 4.0).abs() < 1e-9);
}

#[test]
fn what_is_not_known_is_held_against_nothing() {
    let unknown = levels().without_running();
    assert_eq!(
        Margin::tightest(&[above(Metric::Leq, 65.0)], &unknown),
        None
    );
    let watches_nothing = Limit {
        metric: None,
        ..above(Metric::Leq, 65.0)
    };
    assert_eq!(Margin::of(&watches_nothing, &levels()), None);
}

#[test]
fn three_db_are_near_and_more_are_not() {
    let near =
        |threshold| Margin::of(&above(Metric::Leq, threshold), &levels()).map(|one| one.is_near());
    assert_eq!(near(65.0), Some(true));
    assert_eq!(near(65.1), Some(false));
}

#[test]
fn only_limits_in_their_hours_and_switched_on_are_in_force() {
    let night = Limit {
        schedule: Schedule::from_slmm(Some("22:00"), Some("07:00"), None).unwrap(),
        ..above(Metric::Leq, 55.0)
    };
    let off = Limit {
        enabled: false,
        ..above(Metric::Leq, 50.0)
    };
    let senseless = Limit {
        metric: None,
        ..above(Metric::Leq, 40.0)
    };
    let limits = [night, off, senseless, above(Metric::Leq, 65.0)];
    let thresholds = |time: &str| -> Vec<f64> {
        in_force(&limits, at(time), &TimeZone::UTC)
            .map(|limit| limit.threshold)
            .collect()
    };
    assert_eq!(thresholds("12:00"), [65.0]);
    assert_eq!(thresholds("23:00"), [55.0, 65.0]);
}
