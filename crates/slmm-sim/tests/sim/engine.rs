//! The alert engine.

use domain::Metric;
use slmm_sim::{Reach, RuleSpec};

use crate::harness::{Bench, UNIT};

fn limit(threshold_db: f64) -> RuleSpec {
    RuleSpec {
        threshold_db,
        cooldown_s: 0,
        ..RuleSpec::default()
    }
}

#[actix_rt::test]
async fn a_breach_fires_after_its_duration_and_not_before() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        duration_s: 10,
        ..limit(80.0)
    });
    bench.hear(1.0, 90.0);
    bench.hear(9.9, 90.0);
    assert!(bench.events().is_empty());
    bench.hear(0.1, 91.5);
    let events = bench.events();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].onset_value, Some(91.5));
    assert_eq!(events[0].onset_at.to_string(), "2026-11-21T04:00:11Z");
}

#[actix_rt::test]
async fn a_dip_starts_the_duration_anew() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        duration_s: 10,
        ..limit(80.0)
    });
    bench.hear(1.0, 90.0);
    bench.hear(5.0, 79.9);
    bench.hear(1.0, 90.0);
    bench.hear(9.0, 90.0);
    assert!(bench.events().is_empty());
    bench.hear(1.0, 90.0);
    assert_eq!(bench.events().len(), 1);
}

#[actix_rt::test]
async fn the_threshold_itself_is_no_breach() {
    let bench = Bench::new();
    bench.add_rule(limit(80.0));
    bench.hear(1.0, 80.0);
    assert!(bench.events().is_empty());
    bench.hear(1.0, 80.1);
    assert_eq!(bench.events().len(), 1);
}

#[actix_rt::test]
async fn an_event_clears_only_beyond_the_margin_and_tells_its_peak_then() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        clear_margin_db: 3.0,
        duration_s: 0,
        ..limit(80.0)
    });
    bench.hear(1.0, 85.0);
    bench.hear(1.0, 96.0);
    assert_eq!(
        bench.events()[0].peak_value,
        Some(85.0),
        "the onset value while active"
    );
    bench.hear(1.0, 77.0);
    assert!(bench.events()[0].is_active());
    bench.hear(1.0, 76.9);
    let event = &bench.events()[0];
    assert_eq!((event.is_active(), event.peak_value), (false, Some(96.0)));
}

#[actix_rt::test]
async fn a_recovery_must_last_as_long_as_the_breach() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        duration_s: 5,
        ..limit(80.0)
    });
    bench.hear(1.0, 90.0);
    bench.hear(5.0, 90.0);
    bench.hear(1.0, 50.0);
    bench.hear(4.0, 50.0);
    assert!(bench.events()[0].is_active());
    bench.hear(1.0, 50.0);
    assert!(!bench.events()[0].is_active());
}

#[actix_rt::test]
async fn the_cooldown_runs_from_onset_to_onset() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        cooldown_s: 60,
        ..limit(80.0)
    });
    bench.hear(1.0, 90.0);
    bench.hear(30.0, 50.0);
    bench.hear(29.0, 90.0);
    assert_eq!(bench.events().len(), 1);
    bench.hear(1.0, 90.0);
    assert_eq!(bench.events().len(), 2);
}

#[actix_rt::test]
async fn a_rule_below_is_the_mirror_image() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        comparison: "below".into(),
        ..limit(45.0)
    });
    bench.hear(1.0, 45.0);
    assert!(bench.events().is_empty());
    bench.hear(1.0, 44.0);
    bench.hear(1.0, 40.0);
    bench.hear(1.0, 46.9);
    assert!(bench.events()[0].is_active());
    bench.hear(1.0, 47.1);
    assert_eq!(bench.events()[0].peak_value, Some(40.0));
}

/// The clock begins on Friday the 20th at 23:00 by UTC−5.
#[actix_rt::test]
async fn an_event_stays_open_when_its_hours_end_before_the_level_recovers() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        schedule_start: Some("07:00".into()),
        schedule_end: Some("23:01".into()),
        ..limit(60.0)
    });
    bench.hear(30.0, 70.2);
    assert_eq!(bench.events().len(), 1);
    bench.hear(60.0, 40.0);
    bench.hear(3600.0, 40.0);
    let event = &bench.events()[0];
    assert!(event.is_active());
    assert_eq!(event.peak_value, event.onset_value);
    // At 07:00:30 the hours begin again, and the recovery is noticed.
    bench.hear(7.0 * 3600.0, 40.0);
    assert!(!bench.events()[0].is_active());
}

#[actix_rt::test]
async fn the_day_of_a_night_is_the_current_one() {
    let friday_night = RuleSpec {
        schedule_start: Some("22:00".into()),
        schedule_end: Some("07:00".into()),
        schedule_days: Some("4".into()),
        ..limit(60.0)
    };
    let bench = Bench::new();
    bench.add_rule(friday_night.clone());
    bench.hear(3599.0, 70.0);
    assert_eq!(bench.events().len(), 1, "Friday 23:59:59");

    let bench = Bench::new();
    bench.add_rule(friday_night);
    bench.hear(3600.0, 70.0);
    assert!(bench.events().is_empty(), "Saturday 00:00:00");
}

#[actix_rt::test]
async fn hours_with_one_end_or_equal_ends_are_always() {
    let bench = Bench::new();
    for (start, end) in [
        (Some("12:00"), None),
        (None, Some("12:00")),
        (Some("12:00"), Some("12:00")),
    ] {
        bench.add_rule(RuleSpec {
            schedule_start: start.map(Into::into),
            schedule_end: end.map(Into::into),
            schedule_days: Some(String::new()),
            ..limit(60.0)
        });
    }
    bench.hear(1.0, 70.0);
    assert_eq!(bench.events().len(), 3);
}

#[actix_rt::test]
async fn a_malformed_time_silences_every_later_rule_of_the_unit() {
    let bench = Bench::new();
    let first = bench.add_rule(limit(60.0));
    bench.add_rule(RuleSpec {
        schedule_start: Some("7am".into()),
        schedule_end: Some("19:00".into()),
        ..limit(60.0)
    });
    bench.add_rule(limit(60.0));
    bench.hear(1.0, 70.0);
    let fired: Vec<i64> = bench.events().iter().map(|event| event.rule_id).collect();
    assert_eq!(fired, [first]);
}

#[actix_rt::test]
async fn unknown_metrics_missing_values_and_disabled_rules_never_fire() {
    let bench = Bench::new();
    bench.add_rule(RuleSpec {
        metric: "bogus".into(),
        ..limit(1.0)
    });
    bench.add_rule(RuleSpec {
        enabled: false,
        ..limit(1.0)
    });
    bench.add_rule(RuleSpec {
        metric: "ln1".into(),
        ..limit(1.0)
    });
    bench.sim.force(UNIT, Metric::Ln1, Some("-.-")).unwrap();
    bench.hear(1.0, 70.0);
    assert!(bench.events().is_empty());
}

#[actix_rt::test]
async fn a_restart_during_a_breach_leaves_the_event_open_for_good() {
    let bench = Bench::new();
    bench.add_rule(limit(60.0));
    bench.hear(1.0, 70.0);
    bench.sim.restart();
    bench.hear(1.0, 70.0);
    bench.hear(1.0, 40.0);
    let active: Vec<(i64, bool)> = bench
        .events()
        .iter()
        .map(|event| (event.id, event.is_active()))
        .collect();
    assert_eq!(active, [(2, false), (1, true)]);
}

#[actix_rt::test]
async fn lost_contact_is_one_event_that_ends_with_the_first_answer() {
    let bench = Bench::new();
    bench.sim.set_reach(UNIT, Reach::Refusing).unwrap();
    bench.advance(13.1);
    let events = bench.events();
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].rule_id, events[0].onset_value), (0, None));
    bench.advance(120.0);
    bench.sim.set_reach(UNIT, Reach::Online).unwrap();
    bench.advance(61.0);
    assert_eq!(bench.events().len(), 1);
    assert!(!bench.events()[0].is_active());
}

#[actix_rt::test]
async fn a_restart_while_the_meter_is_off_leaves_lost_contact_open_if_the_meter_is_back_first() {
    let bench = Bench::new();
    bench.sim.set_reach(UNIT, Reach::Refusing).unwrap();
    bench.advance(20.0);
    bench.sim.set_reach(UNIT, Reach::Online).unwrap();
    bench.sim.restart();
    bench.advance(60.0);
    assert_eq!(bench.events().len(), 1);
    assert!(bench.events()[0].is_active());
}

#[actix_rt::test]
async fn event_ids_are_shared_by_all_units() {
    let bench = Bench::new();
    for unit in ["SLM-101", "SLM-103"] {
        bench.sim.insert_rule(unit, limit(0.0));
    }
    bench.advance(12.0);
    let ids = |unit: &str| bench.sim.events(unit)[0].id;
    assert_ne!(ids("SLM-101"), ids("SLM-103"));
}
