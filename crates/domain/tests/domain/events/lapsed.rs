//! Open breaches that can no longer be true.

use domain::{AlertEvent, BreachStatus, Comparison, Levels, Limit, Metric, Schedule};

use super::{Known, cleared, here, leq, limit, lost_contact, open, open_event, status, with_limit};
use crate::build::{at, db, stay};

#[test]
fn a_breach_lapsed_when_its_limit_has_a_newer_one() {
    let newer = AlertEvent {
        id: 101,
        onset_at: at("03:30"),
        ..cleared()
    };
    for limits in [Some(vec![limit()]), None] {
        let known = Known {
            limits,
            ..Known::default()
        };
        let events = known.judge(&here(), &[newer.clone(), open()]);
        let told: Vec<_> = events
            .breaches
            .iter()
            .map(|b| (b.onset_at, b.status))
            .collect();
        assert_eq!(
            told,
            [
                (at("03:30"), BreachStatus::Cleared),
                (at("03:00"), BreachStatus::Lapsed)
            ]
        );
    }
}

#[test]
fn of_two_events_of_one_second_the_higher_id_is_the_newer() {
    let twin = AlertEvent { id: 99, ..open() };
    let ended = AlertEvent {
        id: 101,
        ..cleared()
    };
    for (events, active) in [
        ([twin.clone(), open()], 1),
        ([open(), twin], 1),
        ([ended.clone(), open()], 0),
        ([open(), ended], 0),
    ] {
        assert_eq!(Known::default().judge(&here(), &events).active(), active);
    }
}

#[test]
fn a_newer_event_of_another_limit_or_of_contact_does_not_end_a_breach() {
    let another = AlertEvent {
        id: 101,
        rule: 8,
        onset_at: at("03:30"),
        ..cleared()
    };
    let renamed = AlertEvent {
        name: "Day noise".to_owned(),
        rule: 7,
        ..another.clone()
    };
    let contact = AlertEvent {
        rule: 7,
        name: "Night noise".to_owned(),
        onset_at: at("03:40"),
        ..lost_contact()
    };
    let events = Known::default().judge(&here(), &[contact, renamed, another, open()]);
    assert_eq!(events.active(), 1);
}

#[test]
fn a_breach_lapsed_when_its_limit_is_gone_or_has_become_another() {
    let gone = Known {
        limits: Some(vec![]),
        ..Known::default()
    };
    assert_eq!(open_event(&gone), BreachStatus::Lapsed);
    // SLMM gives the id of a deleted rule to the next one.
    for other in [
        Limit { rule: 8, ..limit() },
        Limit {
            name: "Day noise".to_owned(),
            ..limit()
        },
        Limit {
            metric: Some(Metric::Lp),
            ..limit()
        },
        Limit {
            metric: None,
            ..limit()
        },
        Limit {
            threshold: 66.0,
            ..limit()
        },
    ] {
        assert_eq!(
            open_event(&with_limit(other.clone())),
            BreachStatus::Lapsed,
            "{other:?}"
        );
    }
}

#[test]
fn a_breach_lapsed_when_its_limit_is_disabled() {
    let disabled = Limit {
        enabled: false,
        ..limit()
    };
    assert_eq!(open_event(&with_limit(disabled)), BreachStatus::Lapsed);
}

#[test]
fn a_breach_lapsed_when_its_limits_hours_are_over() {
    // Four o'clock UTC is 23:00 of Friday in SLMM's local time.
    for (start, end, days, expected) in [
        ("22:00", "07:00", None, BreachStatus::Active),
        ("22:00", "23:00", None, BreachStatus::Lapsed),
        ("03:00", "05:00", None, BreachStatus::Lapsed),
        ("22:00", "07:00", Some("4"), BreachStatus::Active),
        ("22:00", "07:00", Some("5"), BreachStatus::Lapsed),
    ] {
        let schedule = Schedule::from_slmm(Some(start), Some(end), days).unwrap();
        let known = with_limit(Limit {
            schedule,
            ..limit()
        });
        assert_eq!(open_event(&known), expected, "{start} {end} {days:?}");
    }
}

#[test]
fn a_breach_lapsed_when_the_level_has_come_back_past_the_margin() {
    for (comparison, level, expected) in [
        (Comparison::Above, 70.0, BreachStatus::Active),
        (Comparison::Above, 64.0, BreachStatus::Active),
        (Comparison::Above, 63.0, BreachStatus::Active),
        (Comparison::Above, 62.9, BreachStatus::Lapsed),
        (Comparison::Below, 60.0, BreachStatus::Active),
        (Comparison::Below, 67.0, BreachStatus::Active),
        (Comparison::Below, 67.1, BreachStatus::Lapsed),
    ] {
        let known = Known {
            levels: Some(leq(level)),
            ..with_limit(Limit {
                comparison,
                ..limit()
            })
        };
        assert_eq!(open_event(&known), expected, "{comparison} {level}");
    }
}

#[test]
fn a_level_that_is_not_known_has_not_recovered() {
    let another_metric = Levels {
        lp: Some(db(30.0)),
        ..Levels::default()
    };
    for levels in [None, Some(Levels::default()), Some(another_metric)] {
        let known = Known {
            levels,
            ..Known::default()
        };
        assert_eq!(open_event(&known), BreachStatus::Active);
    }
}

#[test]
fn when_slmm_does_not_tell_its_rules_an_open_breach_is_believed() {
    let known = Known {
        limits: None,
        ..Known::default()
    };
    assert_eq!(open_event(&known), BreachStatus::Active);
}

#[test]
fn a_breach_that_ended_without_an_end_has_lapsed() {
    let closed_by_an_edit = AlertEvent {
        clear_at: None,
        ..cleared()
    };
    assert_eq!(
        status(&Known::default(), closed_by_an_edit.clone()),
        BreachStatus::Lapsed
    );
    let events = Known::default().judge(&here(), &[closed_by_an_edit]);
    assert_eq!(events.breaches[0].peak, None);
}

#[test]
fn a_breach_that_ended_after_the_stay_has_lapsed_and_its_end_is_not_told() {
    let left_at_ten_past = stay("2026-11-01 00:00", Some("03:10"));
    for event in [cleared(), open()] {
        for limits in [Some(vec![limit()]), None] {
            let known = Known {
                limits,
                ..Known::default()
            };
            let breach = known
                .judge(&left_at_ten_past, std::slice::from_ref(&event))
                .breaches
                .remove(0);
            assert_eq!(breach.status, BreachStatus::Lapsed);
            assert_eq!((breach.peak, breach.clear_at), (None, None));
        }
    }
}
