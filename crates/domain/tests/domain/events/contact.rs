//! Times without contact with the meter.

use domain::{AlertEvent, Interruption};

use super::{Known, here, lost_contact};
use crate::build::{at, stay};

#[test]
fn lost_contact_is_an_interruption_and_never_a_breach() {
    let over = AlertEvent {
        clear_at: Some(at("03:05")),
        active: false,
        ..lost_contact()
    };
    let events = Known::default().judge(&here(), &[over]);
    assert_eq!(events.breaches, []);
    assert_eq!(
        events.interruptions,
        [Interruption {
            from: at("03:00"),
            to: Some(at("03:05")),
        }]
    );
    assert_eq!(events.active(), 0);
}

#[test]
fn an_interruption_is_open_while_slmm_does_not_reach_the_meter() {
    let unreachable = Known {
        reachable: false,
        ..Known::default()
    };
    let events = unreachable.judge(&here(), &[lost_contact()]);
    assert_eq!(
        events.interruptions,
        [Interruption {
            from: at("03:00"),
            to: None,
        }]
    );
    assert_eq!(events.active(), 0);
}

#[test]
fn an_interruption_that_is_stuck_open_is_not_told() {
    let reached = Known::default();
    assert_eq!(reached.judge(&here(), &[lost_contact()]).interruptions, []);

    let unreachable = Known {
        reachable: false,
        ..Known::default()
    };
    let newer = AlertEvent {
        id: 201,
        onset_at: at("03:50"),
        ..lost_contact()
    };
    let told = unreachable
        .judge(&here(), &[newer, lost_contact()])
        .interruptions;
    assert_eq!(
        told,
        [Interruption {
            from: at("03:50"),
            to: None,
        }]
    );

    let ended = stay("2026-11-01 00:00", Some("03:30"));
    assert_eq!(
        unreachable.judge(&ended, &[lost_contact()]).interruptions,
        []
    );
}

#[test]
fn an_interruption_ends_with_the_stay_at_the_latest() {
    let over = AlertEvent {
        clear_at: Some(at("03:20")),
        active: false,
        ..lost_contact()
    };
    let left = stay("2026-11-01 00:00", Some("03:10"));
    assert_eq!(
        Known::default().judge(&left, &[over]).interruptions,
        [Interruption {
            from: at("03:00"),
            to: Some(at("03:10")),
        }]
    );
}
