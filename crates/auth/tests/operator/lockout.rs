//! How often somebody may guess, and how long they wait then.

use std::time::Duration;

use auth::{Admission, CLOCK_SKEW, LoginPolicy, LoginRecord};
use domain::Timestamp;
use proptest::prelude::*;

const POLICY: LoginPolicy = LoginPolicy::STAFF;

/// Minutes after an arbitrary moment.
fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_795_233_600 + minutes * 60).unwrap()
}

fn record(failures: i64, lockouts: i64, until: Option<i64>) -> LoginRecord {
    LoginRecord {
        failures,
        lockouts,
        locked_until: until.map(at),
    }
}

#[test]
fn a_lock_of_a_time_to_come_begins_anew() {
    let stands = record(5, 2, Some(30));
    for unchanged in [-5, 0, 29, 30, 5000] {
        assert_eq!(POLICY.rebased(stands, at(unchanged)), stands, "{unchanged}");
    }
    assert_eq!(POLICY.rebased(stands, at(-6)), record(5, 2, Some(24)));
    let failures = record(4, 2, None);
    assert_eq!(POLICY.rebased(failures, at(-6)), failures);
}

#[test]
fn each_attempt_is_judged_by_what_is_remembered() {
    let admitted =
        |failures, lockouts, until| Admission::Admitted(record(failures, lockouts, until));
    let locked = |until| Admission::Locked { until: at(until) };
    for (known, now, expected) in [
        (record(0, 0, None), 0, admitted(1, 0, None)),
        (record(3, 0, None), 0, admitted(4, 0, None)),
        // The fifth is still made, and locks from then on.
        (record(4, 0, None), 0, admitted(5, 1, Some(15))),
        (record(5, 1, Some(15)), 0, locked(15)),
        (record(5, 1, Some(15)), 14, locked(15)),
        // A lock that is over leaves its number behind.
        (record(5, 1, Some(15)), 15, admitted(1, 1, None)),
        (record(4, 1, None), 20, admitted(5, 2, Some(50))),
        (record(4, 6, None), 0, admitted(5, 7, Some(960))),
        (record(4, 7, None), 0, admitted(5, 8, Some(1440))),
        (record(4, 99, None), 0, admitted(5, 100, Some(1440))),
        // Failures do not grow old.
        (
            record(4, 0, None),
            1_000_000,
            admitted(5, 1, Some(1_000_015)),
        ),
        // Counts that no reservation wrote.
        (record(-3, -1, None), 0, admitted(1, 0, None)),
        (
            record(i64::MAX, i64::MAX, None),
            0,
            admitted(i64::MAX, i64::MAX, Some(1440)),
        ),
        // The clock was set back: nobody waits longer than the lock was to last.
        (record(5, 1, Some(15)), -5, locked(10)),
        (record(5, 1, Some(15)), -6, admitted(1, 1, None)),
        (record(5, 1, Some(999_999)), 0, admitted(1, 1, None)),
    ] {
        assert_eq!(POLICY.admit(known, at(now)), expected, "{known:?} at {now}");
    }
}

#[test]
fn locks_double_up_to_a_day() {
    let minutes: Vec<_> = (1..=9)
        .map(|number| POLICY.lock_for(number).as_secs() / 60)
        .collect();
    assert_eq!(minutes, [15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
    for number in [33, 64, i64::MAX] {
        assert_eq!(POLICY.lock_for(number), Duration::from_hours(24));
    }
    assert_eq!(POLICY.lock_for(i64::MIN), Duration::from_mins(15));
}

#[test]
fn a_reservation_given_back_takes_its_lock_with_it() {
    for (given, left) in [
        (record(5, 1, Some(15)), record(4, 0, None)),
        (record(5, 3, Some(60)), record(4, 2, None)),
        (record(3, 2, None), record(2, 2, None)),
        // Somebody else's success has forgotten it already.
        (record(0, 0, None), record(0, 0, None)),
        // Five real failures remain: the lock is earned.
        (record(6, 1, Some(15)), record(5, 1, Some(15))),
    ] {
        assert_eq!(POLICY.refund(given), left, "{given:?}");
    }
}

/// Who knows the password and not the code gains no guess at the code by it.
#[test]
fn right_passwords_between_wrong_codes_buy_nothing() {
    let mut known = LoginRecord::default();
    let mut wrong_codes = 0;
    for _ in 0..50 {
        let Admission::Admitted(password) = POLICY.admit(known, at(0)) else {
            break;
        };
        // The code is guessed while the password is still being checked.
        if let Admission::Admitted(code) = POLICY.admit(password, at(0)) {
            known = code;
            wrong_codes += 1;
        } else {
            known = password;
        }
        known = POLICY.refund(known);
        if let Admission::Admitted(code) = POLICY.admit(known, at(0)) {
            known = code;
            wrong_codes += 1;
        }
    }
    assert_eq!((wrong_codes, known), (5, record(5, 1, Some(15))));
}

#[test]
fn a_policy_of_no_attempts_allows_one() {
    let strict = LoginPolicy {
        attempts: 0,
        ..POLICY
    };
    let first = strict.admit(LoginRecord::default(), at(0));
    assert_eq!(first, Admission::Admitted(record(1, 1, Some(15))));
}

proptest! {
    #[test]
    fn nobody_waits_for_longer_than_the_longest_lock(
        failures in -2..9_i64, lockouts in -2..40_i64,
        until in proptest::option::of(-5000..5000_i64), now in -5000..5000_i64,
    ) {
        let longest = at(now) + POLICY.longest;
        match POLICY.admit(record(failures, lockouts, until), at(now)) {
            Admission::Admitted(record) => {
                prop_assert!(record.failures >= 1 && record.lockouts >= 0);
                prop_assert_eq!(record.locked_until.is_some(), record.failures >= 5);
                prop_assert!(record.locked_until.is_none_or(|until| until <= longest));
            }
            Admission::Locked { until } => prop_assert!(at(now) < until && until <= longest),
        }
    }

    #[test]
    fn every_lock_ends(lockouts in 1..40_i64, left in 1..=1445_i64) {
        let known = record(5, lockouts, Some(left));
        let after = at(0) + POLICY.longest + CLOCK_SKEW;
        prop_assert!(matches!(POLICY.admit(known, after), Admission::Admitted(_)));
    }

    #[test]
    fn a_refund_undoes_an_admission(failures in 0..5_i64, lockouts in 0..9_i64) {
        let known = record(failures, lockouts, None);
        let Admission::Admitted(reserved) = POLICY.admit(known, at(0)) else {
            return Err(TestCaseError::fail("admitted"));
        };
        prop_assert_eq!(POLICY.refund(reserved), known);
    }
}
