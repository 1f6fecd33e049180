//! The hours in which a limit is in force.

use domain::{Schedule, ScheduleError, TimeZone, Timestamp};
use proptest::prelude::*;

const ALL_MINUTES: i64 = 24 * 60;

fn fixed(hours: i8) -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(hours))
}

fn new_york() -> TimeZone {
    TimeZone::get("America/New_York").unwrap()
}

fn schedule(start: &str, end: &str, days: Option<&str>) -> Schedule {
    Schedule::from_slmm(Some(start), Some(end), days)
        .unwrap()
        .unwrap()
}

/// Whether the schedule holds at a local time, such as `2026-11-20 22:00`.
fn holds(schedule: &Schedule, local: &str, zone: &TimeZone) -> bool {
    let local: jiff::civil::DateTime = local.parse().unwrap();
    let at = local.to_zoned(zone.clone()).unwrap().timestamp();
    schedule.contains(at, zone)
}

/// How many minutes of a local calendar day the schedule holds.
fn minutes_in_force(schedule: &Schedule, day: jiff::civil::Date, zone: &TimeZone) -> usize {
    let start = day.to_zoned(zone.clone()).unwrap();
    let end = day.tomorrow().unwrap().to_zoned(zone.clone()).unwrap();
    let (start, end) = (start.timestamp().as_second(), end.timestamp().as_second());
    (start..end)
        .step_by(60)
        .filter(|second| schedule.contains(Timestamp::from_second(*second).unwrap(), zone))
        .count()
}

#[test]
fn the_start_is_inside_and_the_end_is_not() {
    let day = schedule("07:00", "19:00", None);
    for (local, inside) in [
        ("2026-11-20 06:59:59", false),
        ("2026-11-20 07:00:00", true),
        ("2026-11-20 18:59:59", true),
        ("2026-11-20 19:00:00", false),
    ] {
        assert_eq!(holds(&day, local, &fixed(-5)), inside, "{local}");
    }
}

#[test]
fn an_end_before_the_start_wraps_over_midnight() {
    let night = schedule("22:00", "07:00", None);
    for (local, inside) in [
        ("2026-11-20 21:59", false),
        ("2026-11-20 22:00", true),
        ("2026-11-20 23:59", true),
        ("2026-11-21 00:00", true),
        ("2026-11-21 06:59", true),
        ("2026-11-21 07:00", false),
    ] {
        assert_eq!(holds(&night, local, &fixed(-5)), inside, "{local}");
    }
}

#[test]
fn the_hours_after_midnight_belong_to_the_day_that_has_begun() {
    // 2026-11-20 is a Friday, which is day 4.
    let friday_night = schedule("22:00", "07:00", Some("4"));
    for (local, inside) in [
        ("2026-11-20 00:00", true),
        ("2026-11-20 06:59", true),
        ("2026-11-20 22:00", true),
        ("2026-11-20 23:59", true),
        ("2026-11-21 00:00", false),
        ("2026-11-21 01:00", false),
    ] {
        assert_eq!(holds(&friday_night, local, &fixed(-5)), inside, "{local}");
    }
    let with_saturday = schedule("22:00", "07:00", Some("4,5"));
    assert!(holds(&with_saturday, "2026-11-21 01:00", &fixed(-5)));
}

#[test]
fn days_are_local_days() {
    // Friday 22:00 in the zone is Saturday 03:00 in UTC.
    let friday = Schedule::from_slmm(None, None, Some("4")).unwrap().unwrap();
    let at: Timestamp = "2026-11-21T03:00:00Z".parse().unwrap();
    assert!(friday.contains(at, &fixed(-5)));
    assert!(!friday.contains(at, &fixed(0)));
}

#[test]
fn what_sets_no_bounds_is_always() {
    for (start, end, days) in [
        (None, None, None),
        (Some("22:00"), None, None),
        (None, Some("07:00"), None),
        (Some(""), Some("07:00"), Some("")),
        (Some("08:00"), Some("08:00"), None),
        (None, None, Some(" ")),
        (None, None, Some("0,1,2,3,4,5,6")),
        (None, None, Some("6,5,4,3,2,1,0,0")),
    ] {
        assert_eq!(
            Schedule::from_slmm(start, end, days),
            Ok(None),
            "{start:?} {end:?} {days:?}"
        );
    }
}

#[test]
fn equal_ends_and_a_missing_end_leave_whole_days() {
    for (start, end) in [
        (Some("08:00"), Some("08:00")),
        (Some("08:00"), None),
        (None, Some("08:00")),
    ] {
        let mondays = Schedule::from_slmm(start, end, Some("0")).unwrap().unwrap();
        assert_eq!(mondays.hours, None);
        for day in 16..=22 {
            let date = jiff::civil::date(2026, 11, day);
            let expected = if day == 16 { 1440 } else { 0 };
            assert_eq!(minutes_in_force(&mondays, date, &fixed(-5)), expected);
        }
    }
}

#[test]
fn days_are_kept_in_order_and_once() {
    let weekend = Schedule::from_slmm(None, None, Some("6, 5,6")).unwrap();
    assert_eq!(weekend.unwrap().days, Some(vec![5, 6]));
}

#[test]
fn what_slmm_takes_is_taken() {
    assert_eq!(
        schedule("7:00", "9:5", None),
        schedule("07:00", "09:05", None)
    );
    // A day that never comes: the limit is never in force.
    let never = schedule("07:00", "19:00", Some("7,9"));
    assert!(!holds(&never, "2026-11-20 12:00", &fixed(-5)));
    assert_eq!(
        schedule("07:00", "19:00", Some("4,7")),
        schedule("07:00", "19:00", Some("4"))
    );
}

#[test]
fn what_slmm_would_choke_on_is_refused() {
    for time in [
        "7am",
        "007:00",
        "07:",
        "24:00",
        "07:60",
        "0700",
        "07:00:00",
        "-7:00",
        "+7:00",
        " 7:00",
        "07.00",
        "７:00",
        ":",
        "٠٧:٠٠",
    ] {
        for (start, end) in [(time, "08:00"), ("08:00", time)] {
            assert_eq!(
                Schedule::from_slmm(Some(start), Some(end), None),
                Err(ScheduleError::Time),
                "{time}"
            );
        }
    }
    for days in ["Mon", "-1", "0;1", "0,,1", "0,1,", "1.0", "256", "0-4"] {
        assert_eq!(
            Schedule::from_slmm(None, None, Some(days)),
            Err(ScheduleError::Days),
            "{days}"
        );
    }
}

#[test]
fn the_wall_clock_rules_on_the_days_on_which_it_is_changed() {
    // 02:00 to 03:00 does not happen on 2026-03-08, and 01:00 to 02:00 happens twice on 2026-11-01.
    let early = schedule("01:00", "04:00", None);
    for (date, minutes) in [
        (jiff::civil::date(2026, 3, 7), 180),
        (jiff::civil::date(2026, 3, 8), 120),
        (jiff::civil::date(2026, 11, 1), 240),
        (jiff::civil::date(2026, 11, 2), 180),
    ] {
        assert_eq!(
            minutes_in_force(&early, date, &new_york()),
            minutes,
            "{date}"
        );
        assert_eq!(minutes_in_force(&early, date, &fixed(-5)), 180, "{date}");
    }
}

#[test]
fn slmms_fixed_offset_is_an_hour_off_the_site_in_summer() {
    let working_hours = schedule("07:00", "19:00", None);
    let summer_morning: Timestamp = "2026-07-01T11:30:00Z".parse().unwrap();
    assert!(working_hours.contains(summer_morning, &new_york()));
    assert!(!working_hours.contains(summer_morning, &fixed(-5)));
    let winter_morning: Timestamp = "2026-12-01T12:30:00Z".parse().unwrap();
    assert!(working_hours.contains(winter_morning, &new_york()));
    assert!(working_hours.contains(winter_morning, &fixed(-5)));
}

#[test]
fn a_time_of_day_prints_as_it_is_written() {
    let (start, end) = schedule("00:05", "23:59", None).hours.unwrap();
    assert_eq!(format!("{start}-{end}"), "00:05-23:59");
}

fn written(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

proptest! {
    #[test]
    fn each_ticked_day_has_as_many_minutes_as_lie_between_the_ends(
        start in 0..ALL_MINUTES,
        end in 0..ALL_MINUTES,
        ticked in proptest::collection::btree_set(0..7_i64, 1..7),
        day in 0..7_i8,
        offset in -12..=14_i8,
    ) {
        let days = ticked.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        let schedule = schedule(&written(start), &written(end), Some(&days));
        // 2026-11-16 is a Monday.
        let date = jiff::civil::date(2026, 11, 16 + day);
        let length = if start == end { ALL_MINUTES } else { (end - start).rem_euclid(ALL_MINUTES) };
        let expected = if ticked.contains(&i64::from(day)) { length } else { 0 };
        prop_assert_eq!(i64::try_from(minutes_in_force(&schedule, date, &fixed(offset))).unwrap(), expected);
    }

    #[test]
    fn reading_a_schedule_never_panics(start in "\\PC{0,8}", end in "[0-9:]{0,6}", days in "\\PC{0,12}") {
        let _read = Schedule::from_slmm(Some(&start), Some(&end), Some(&days));
        let _read = Schedule::from_slmm(Some(&end), Some(&start), None);
    }
}
