//! Breaches: when they are told, and what of them.

use domain::{AlertEvent, Breach, BreachStatus, EventKind, Events, Metric};

use super::{Known, cleared, here, lost_contact, open};
use crate::build::{at, db, moved_in, stay};

#[test]
fn a_breach_that_can_be_true_is_active_and_its_peak_unknown() {
    let events = Known::default().judge(&here(), &[open()]);
    assert_eq!(
        events.breaches,
        [Breach {
            limit: "Night noise".to_owned(),
            metric: Metric::Leq,
            threshold: 65.0,
            onset_at: at("03:00"),
            onset: Some(db(66.1)),
            peak: None,
            clear_at: None,
            status: BreachStatus::Active,
        }]
    );
    assert_eq!(events.active(), 1);
}

#[test]
fn a_breach_that_ended_is_cleared_with_its_peak_and_end() {
    let events = Known::default().judge(&here(), &[cleared()]);
    let breach = &events.breaches[0];
    assert_eq!(breach.status, BreachStatus::Cleared);
    assert_eq!(breach.peak, Some(db(71.2)));
    assert_eq!(breach.clear_at, Some(at("03:20")));
    assert_eq!(events.active(), 0);
}

#[test]
fn what_began_outside_the_stay_is_somebody_elses() {
    let events = [lost_contact(), open(), cleared()];
    for tenure in [
        stay("03:00:01", None),
        stay("2026-11-01 00:00", Some("03:00")),
    ] {
        assert_eq!(Known::default().judge(&tenure, &events), Events::default());
    }
    assert_eq!(
        Known::default()
            .judge(&stay("03:00", None), &events)
            .breaches
            .len(),
        2
    );
}

#[test]
fn the_levels_of_a_sum_that_began_at_another_site_are_withheld() {
    let moved = moved_in("02:00");
    let doubted = Known::default()
        .judge(&moved, &[cleared()])
        .breaches
        .remove(0);
    assert_eq!((doubted.onset, doubted.peak), (None, None));
    assert_eq!(doubted.status, BreachStatus::Cleared);

    let begun_here = Known {
        began: Some(at("02:30")),
        ..Known::default()
    };
    let ours = begun_here.judge(&moved, &[cleared()]).breaches.remove(0);
    assert_eq!((ours.onset, ours.peak), (Some(db(66.1)), Some(db(71.2))));

    // A measurement that began after the event says nothing of it.
    let begun_later = Known {
        began: Some(at("03:30")),
        ..Known::default()
    };
    let earlier = begun_later.judge(&moved, &[cleared()]).breaches.remove(0);
    assert_eq!((earlier.onset, earlier.peak), (None, None));
}

#[test]
fn an_instantaneous_level_is_of_where_the_meter_stands() {
    let instantaneous = AlertEvent {
        kind: EventKind::Breach {
            metric: Metric::Lp,
            threshold: 65.0,
        },
        ..cleared()
    };
    let told = Known::default()
        .judge(&moved_in("02:00"), &[instantaneous])
        .breaches
        .remove(0);
    assert_eq!((told.onset, told.peak), (Some(db(66.1)), Some(db(71.2))));
}

#[test]
fn events_are_told_newest_first_whatever_their_order() {
    let events: Vec<AlertEvent> = ["01:00", "03:00", "02:00"]
        .into_iter()
        .zip(1..)
        .map(|(onset, id)| AlertEvent {
            id,
            onset_at: at(onset),
            clear_at: Some(at("03:59")),
            ..cleared()
        })
        .collect();
    let mut told = Known::default().judge(&here(), &events);
    let onsets = |told: &Events| told.breaches.iter().map(|b| b.onset_at).collect::<Vec<_>>();
    assert_eq!(onsets(&told), ["03:00", "02:00", "01:00"].map(at));

    let earlier_stay = AlertEvent {
        onset_at: at("02:30"),
        ..cleared()
    };
    let contact = |id, onset| AlertEvent {
        id,
        onset_at: at(onset),
        clear_at: Some(at("03:58")),
        ..lost_contact()
    };
    told.merge(Known::default().judge(&here(), &[earlier_stay, contact(1, "01:00")]));
    told.merge(Known::default().judge(&here(), &[contact(2, "02:00")]));
    assert_eq!(onsets(&told), ["03:00", "02:30", "02:00", "01:00"].map(at));
    let interruptions: Vec<_> = told.interruptions.iter().map(|i| i.from).collect();
    assert_eq!(interruptions, ["02:00", "01:00"].map(at));
}
