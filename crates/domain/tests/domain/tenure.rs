//! What of a meter's memory belongs to its stay.

use domain::Tenure;

use crate::build::{at, moved_in, stay};

#[test]
fn a_meter_that_never_stood_elsewhere_brings_nothing_along() {
    let stay = stay("04:00", None);
    for began in [None, Some(at("2026-11-01 00:00")), Some(at("05:00"))] {
        assert!(!stay.may_carry_over(began, at("06:00")));
    }
}

#[test]
fn a_known_start_decides_for_good() {
    let moved = moved_in("04:00");
    for (began, carries) in [
        ("2026-11-01 00:00", true),
        ("03:59:59", true),
        ("04:00", false),
        ("05:00", false),
    ] {
        for read_at in ["06:00", "2026-12-21 06:00"] {
            let carried = moved.may_carry_over(Some(at(began)), at(read_at));
            assert_eq!(carried, carries, "{began}, read at {read_at}");
        }
    }
}

#[test]
fn a_measurement_begun_on_the_way_is_not_of_the_stay() {
    let via_the_office = Tenure {
        left_elsewhere_at: Some(at("02:00")),
        ..stay("04:00", None)
    };
    assert!(via_the_office.may_carry_over(Some(at("03:00")), at("05:00")));
    assert!(!via_the_office.may_carry_over(Some(at("04:30")), at("05:00")));
}

#[test]
fn an_unknown_start_is_doubted_for_two_days() {
    let moved = moved_in("04:00");
    for (read_at, doubted) in [
        ("04:00", true),
        ("2026-11-23 03:59:59", true),
        ("2026-11-23 04:00", false),
    ] {
        assert_eq!(
            moved.may_carry_over(None, at(read_at)),
            doubted,
            "{read_at}"
        );
    }
}

#[test]
fn a_start_is_believed_once_it_has_stood_for_a_minute() {
    let told = Some(at("04:10"));
    for (read_at, believed) in [
        ("04:09:59", None),
        ("04:10", None),
        ("04:10:59", None),
        ("04:11", told),
        ("2026-11-22 04:10", told),
    ] {
        assert_eq!(Tenure::settled(told, at(read_at)), believed, "{read_at}");
    }
    assert_eq!(Tenure::settled(None, at("04:11")), None);
}
