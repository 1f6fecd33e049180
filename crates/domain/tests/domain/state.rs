//! What is said of a location.

use std::time::Duration;

use domain::{
    Levels, LocationState, MeterStatus, Observation, Reading, RunState, Tenure, Timestamp, observe,
};
use proptest::prelude::*;

use crate::build::{at, levels, moved_in, stay};

const STALE_AFTER: Duration = Duration::from_mins(1);

/// A meter that has measured since noon of the day before, read a second before four o'clock.
fn measuring() -> MeterStatus {
    MeterStatus {
        run: RunState::Measuring,
        measuring_since: Some(at("2026-11-20 12:00")),
        reading: Some(Reading {
            at: at("03:59:59"),
            levels: levels(),
        }),
        reachable: true,
    }
}

fn stopped() -> MeterStatus {
    MeterStatus {
        run: RunState::Stopped,
        measuring_since: None,
        ..measuring()
    }
}

fn here() -> Tenure {
    stay("2026-11-01 00:00", None)
}

fn at_four(status: &MeterStatus, tenure: &Tenure) -> Observation {
    observe(status, tenure, STALE_AFTER, at("04:00"))
}

#[test]
fn a_fresh_reading_of_a_measuring_meter_is_shown_whole() {
    let seen = at_four(&measuring(), &here());
    assert_eq!(seen.state, LocationState::Measuring);
    assert_eq!(seen.reading, measuring().reading);
    assert_eq!(seen.measuring_since, Some(at("2026-11-20 12:00")));
}

#[test]
fn a_reading_is_stale_once_it_is_further_off_than_the_bound() {
    for (now, state) in [
        ("04:00:59", LocationState::Measuring),
        ("04:01:00", LocationState::Stale),
        ("2026-11-22 04:00", LocationState::Stale),
        // SLMM's clock may be a little ahead of ours.
        ("03:54:59", LocationState::Measuring),
        // Ours was set back: nobody can tell how old it is.
        ("03:54:58", LocationState::Stale),
        ("03:00:00", LocationState::Stale),
    ] {
        let seen = observe(&measuring(), &here(), STALE_AFTER, at(now));
        assert_eq!(seen.state, state, "{now}");
        assert_eq!(
            seen.reading,
            measuring().reading,
            "the old number is shown as old"
        );
    }
}

#[test]
fn a_bound_beyond_all_time_makes_nothing_stale() {
    let seen = observe(&measuring(), &here(), Duration::MAX, Timestamp::MAX);
    assert_eq!(seen.state, LocationState::Measuring);
}

#[test]
fn a_stopped_meter_is_not_stale_however_old_its_reading() {
    let seen = observe(&stopped(), &here(), STALE_AFTER, at("2026-12-21 04:00"));
    assert_eq!(seen.state, LocationState::Stopped);
    assert_eq!(seen.reading, stopped().reading);
    assert_eq!(seen.measuring_since, None);
}

#[test]
fn a_stopped_meter_measures_since_nothing_whatever_slmm_remembers() {
    let status = MeterStatus {
        run: RunState::Stopped,
        ..measuring()
    };
    assert_eq!(at_four(&status, &here()).measuring_since, None);
}

#[test]
fn a_run_state_that_nobody_knows_does_not_vouch_for_its_values() {
    let status = MeterStatus {
        run: RunState::Unknown,
        ..measuring()
    };
    let seen = at_four(&status, &here());
    assert_eq!(seen.state, LocationState::Stale);
    assert_eq!(seen.measuring_since, None);
}

#[test]
fn offline_goes_before_everything_else() {
    for run in [RunState::Measuring, RunState::Stopped, RunState::Unknown] {
        for reading in [measuring().reading, None] {
            let status = MeterStatus {
                run,
                reading,
                reachable: false,
                ..measuring()
            };
            let seen = at_four(&status, &here());
            assert_eq!(seen.state, LocationState::Offline, "{run:?} {reading:?}");
            assert_eq!(
                seen.reading, reading,
                "what was last seen may be shown as such"
            );
        }
    }
}

#[test]
fn without_values_there_is_no_data_and_never_a_zero() {
    let blank = Reading {
        at: at("03:59:59"),
        levels: Levels::default(),
    };
    for reading in [None, Some(blank)] {
        for run in [RunState::Measuring, RunState::Stopped, RunState::Unknown] {
            let status = MeterStatus {
                run,
                reading,
                ..measuring()
            };
            let seen = at_four(&status, &here());
            assert_eq!(seen.state, LocationState::NoData, "{run:?} {reading:?}");
            assert_eq!(seen.reading, None);
        }
    }
}

#[test]
fn a_reading_from_before_the_stay_is_none() {
    let seen = at_four(&measuring(), &stay("04:00", None));
    assert_eq!(seen.state, LocationState::NoData);
    assert_eq!(seen.reading, None);
    assert_eq!(seen.measuring_since, None);
}

#[test]
fn a_reading_from_after_the_stay_is_none() {
    let seen = at_four(&measuring(), &stay("2026-11-01 00:00", Some("03:59:59")));
    assert_eq!(seen.state, LocationState::NoData);
    assert_eq!(seen.reading, None);
}

#[test]
fn after_a_move_the_running_values_are_withheld_while_lp_stays() {
    let seen = at_four(&measuring(), &moved_in("03:00"));
    assert_eq!(seen.state, LocationState::Measuring);
    assert_eq!(
        seen.reading.unwrap().levels,
        Levels {
            lp: levels().lp,
            ..Levels::default()
        }
    );
    assert_eq!(
        seen.measuring_since, None,
        "that start was at the other site"
    );
}

#[test]
fn a_measurement_begun_after_the_move_is_shown_whole() {
    let status = MeterStatus {
        measuring_since: Some(at("03:30")),
        ..measuring()
    };
    let seen = at_four(&status, &moved_in("03:00"));
    assert_eq!(seen.reading, measuring().reading);
    assert_eq!(seen.measuring_since, Some(at("03:30")));
}

#[test]
fn the_results_of_a_meter_that_was_carried_here_stopped_are_the_other_sites() {
    // SLMM tells no start of a stopped meter; one that it might remember proves nothing.
    for measuring_since in [None, Some(at("03:30"))] {
        let status = MeterStatus {
            measuring_since,
            ..stopped()
        };
        let seen = at_four(&status, &moved_in("03:00"));
        assert_eq!(seen.state, LocationState::Stopped);
        assert_eq!(seen.reading.unwrap().levels, levels().without_running());
    }
    // It holds them for as long as nobody starts it.
    let long_here = at_four(&stopped(), &moved_in("2026-11-18 00:00"));
    assert_eq!(
        long_here.reading.unwrap().levels,
        levels().without_running()
    );
}

#[test]
fn a_reading_of_nothing_but_sums_is_none_after_a_move() {
    let status = MeterStatus {
        reading: Some(Reading {
            at: at("03:59:59"),
            levels: Levels {
                lp: None,
                ..levels()
            },
        }),
        ..measuring()
    };
    let seen = at_four(&status, &moved_in("03:00"));
    assert_eq!(seen.state, LocationState::NoData);
    assert_eq!(seen.reading, None);
}

proptest! {
    #[test]
    fn nothing_of_another_stay_is_ever_shown(read in -5000..5000_i64, from in -5000..5000_i64, length in proptest::option::of(0..5000_i64), reachable: bool, run in 0..3_usize) {
        let second = |offset: i64| Timestamp::from_second(1_795_233_600 + offset).unwrap();
        let tenure = Tenure {
            window: domain::Window { from: second(from), until: length.map(|length| second(from + length)) },
            left_elsewhere_at: None,
        };
        let status = MeterStatus {
            run: [RunState::Measuring, RunState::Stopped, RunState::Unknown][run],
            measuring_since: Some(second(read - 100)),
            reading: Some(Reading { at: second(read), levels: levels() }),
            reachable,
        };
        let seen = observe(&status, &tenure, STALE_AFTER, second(0));
        prop_assert_eq!(seen.reading.is_some(), tenure.window.contains(second(read)));
        prop_assert!(seen.measuring_since.is_none_or(|since| tenure.window.contains(since)));
        prop_assert_eq!(seen.state == LocationState::Offline, !reachable);
    }
}
