//! How often somebody may guess.

#![cfg(test)]

use std::net::IpAddr;
use std::time::Duration;

use auth::{Admission, CLOCK_SKEW, LinkFingerprint, LockoutKey, LockoutPolicy, LockoutRecord};
use domain::Timestamp;
use proptest::prelude::*;

const POLICY: LockoutPolicy = LockoutPolicy {
    attempts: 5,
    lock_for: Duration::from_mins(15),
};

/// Seconds after an arbitrary moment.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_233_600 + seconds).unwrap()
}

fn record(count: i64, started: i64, locked_until: Option<i64>) -> LockoutRecord {
    LockoutRecord {
        count,
        window_started_at: at(started),
        locked_until: locked_until.map(at),
    }
}

fn locked(until: i64) -> Admission {
    Admission::Locked { until: at(until) }
}

#[test]
fn each_attempt_is_judged_by_what_is_remembered() {
    let admitted = |count, started, until| Admission::Admitted(record(count, started, until));
    for (known, now, expected) in [
        // The first, and those that follow within the window.
        (None, 0, admitted(1, 0, None)),
        (Some(record(1, 0, None)), 10, admitted(2, 0, None)),
        (Some(record(3, 0, None)), 899, admitted(4, 0, None)),
        // The fifth is still made, and locks from then on.
        (Some(record(4, 0, None)), 60, admitted(5, 0, Some(960))),
        (Some(record(5, 0, Some(960))), 60, locked(960)),
        (Some(record(5, 0, Some(960))), 959, locked(960)),
        // A lock that is over leaves nothing behind, and neither does an old failure.
        (Some(record(5, 0, Some(960))), 960, admitted(1, 960, None)),
        (Some(record(4, 0, None)), 900, admitted(1, 900, None)),
        // A policy made stricter meanwhile locks with the next attempt.
        (Some(record(7, 0, None)), 60, admitted(8, 0, Some(960))),
        // A policy made shorter meanwhile holds for locks that stand.
        (Some(record(5, 0, Some(1000))), 0, locked(900)),
        // Counts that no reservation wrote.
        (Some(record(-3, 0, None)), 60, admitted(1, 0, None)),
        (
            Some(record(i64::MAX, 0, None)),
            60,
            admitted(i64::MAX, 0, Some(960)),
        ),
    ] {
        assert_eq!(POLICY.admit(known, at(now)), expected, "{known:?} at {now}");
    }
}

#[test]
fn of_two_hundred_guesses_at_once_five_are_admitted() {
    let mut stored = None;
    let admitted = (0..200)
        .filter(|_| match POLICY.admit(stored, at(0)) {
            Admission::Admitted(record) => {
                stored = Some(record);
                true
            }
            Admission::Locked { until } => {
                assert_eq!(until, at(900));
                false
            }
        })
        .count();
    assert_eq!(admitted, 5);
}

#[test]
fn a_reservation_given_back_takes_its_lock_with_it() {
    for (given, left) in [
        (record(5, 0, Some(960)), Some(record(4, 0, None))),
        (record(3, 0, None), Some(record(2, 0, None))),
        (record(1, 0, None), None),
        (record(0, 0, None), None),
        (record(i64::MIN, 0, None), None),
        // Five real failures remain: the lock is earned.
        (record(6, 0, Some(960)), Some(record(5, 0, Some(960)))),
    ] {
        assert_eq!(POLICY.refund(given), left, "{given:?}");
    }
}

#[test]
fn a_policy_of_no_attempts_allows_one() {
    let policy = LockoutPolicy {
        attempts: 0,
        ..POLICY
    };
    assert_eq!(
        policy.admit(None, at(0)),
        Admission::Admitted(record(1, 0, Some(900)))
    );
}

#[test]
fn a_lock_without_end_is_cut_at_the_end_of_the_calendar() {
    let policy = LockoutPolicy {
        lock_for: Duration::MAX,
        ..POLICY
    };
    let Admission::Admitted(last) = policy.admit(Some(record(4, 0, None)), at(0)) else {
        panic!("the fifth attempt is made");
    };
    assert_eq!(last.locked_until, Some(Timestamp::MAX));
}

#[test]
fn a_clock_set_back_does_not_lengthen_a_lock() {
    let stands = record(5, 0, Some(900));
    let skew = i64::try_from(CLOCK_SKEW.as_secs()).unwrap();
    // Another server's clock may be that far ahead: the lock holds.
    assert_eq!(POLICY.admit(Some(stands), at(-skew)), locked(900 - skew));
    // No server's clock is further ahead: ours was set back.
    for back in [-skew - 1, -3600, -86_400] {
        assert_eq!(
            POLICY.admit(Some(stands), at(back)),
            Admission::Admitted(record(1, back, None))
        );
    }
}

#[test]
fn a_lock_of_a_time_to_come_begins_anew() {
    let skew = i64::try_from(CLOCK_SKEW.as_secs()).unwrap();
    let stands = record(5, 0, Some(900));
    for unchanged in [0, 899, 900, 5000, -skew] {
        assert_eq!(POLICY.rebased(stands, at(unchanged)), stands, "{unchanged}");
    }
    let failures = record(4, 86_400, None);
    assert_eq!(POLICY.rebased(failures, at(0)), failures);
    let anew = POLICY.rebased(stands, at(-skew - 1));
    assert_eq!(anew, record(5, -skew - 1, Some(900 - skew - 1)));
    assert_eq!(
        POLICY.admit(Some(anew), at(-skew - 1)),
        locked(900 - skew - 1)
    );
}

#[test]
fn failures_of_a_time_to_come_are_not_counted_for_years() {
    let ahead = record(4, 86_400, None);
    assert_eq!(
        POLICY.admit(Some(ahead), at(0)),
        Admission::Admitted(record(1, 0, None))
    );
    let skewed = record(4, 30, None);
    assert_eq!(
        POLICY.admit(Some(skewed), at(0)),
        Admission::Admitted(record(5, 30, Some(900)))
    );
}

#[test]
fn failures_are_counted_by_link_and_customer() {
    let link = LinkFingerprint::from_bytes([1; 16]);
    let key = |address: &str| LockoutKey::portal(&link, address.parse::<IpAddr>().unwrap());
    let same = [
        ("192.0.2.7", "::ffff:192.0.2.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
    ];
    for (one, other) in same {
        assert_eq!(key(one), key(other));
    }
    let apart = [
        ("192.0.2.7", "192.0.2.8"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("2001:db8:1:2::1", "192.0.2.7"),
    ];
    for (one, other) in apart {
        assert_ne!(key(one), key(other));
    }
    let other_link = LinkFingerprint::from_bytes([2; 16]);
    let elsewhere = LockoutKey::portal(&other_link, "192.0.2.7".parse().unwrap());
    assert_ne!(key("192.0.2.7"), elsewhere);
}

#[test]
fn the_key_holds_no_link_token() {
    let token = auth::LinkToken::parse("AbCdEfGhIjKlMnOpQrStUvWxYz012345").unwrap();
    let key = LockoutKey::portal(&token.fingerprint(), "192.0.2.7".parse().unwrap());
    assert!(!key.as_str().contains("AbCdEfGh"));
    assert_eq!(key.to_string(), key.as_str());
}

prop_compose! {
    fn any_record()(count in -2..9_i64, started in -5000..5000_i64, until in proptest::option::of(-5000..5000_i64)) -> LockoutRecord {
        record(count, started, until)
    }
}

proptest! {
    #[test]
    fn nobody_is_locked_longer_than_the_policy_says(known in proptest::option::of(any_record()), now in -5000..5000_i64) {
        let latest = at(now) + POLICY.lock_for;
        match POLICY.admit(known, at(now)) {
            Admission::Admitted(record) => {
                prop_assert!(record.count >= 1);
                prop_assert_eq!(record.locked_until, (record.count >= 5).then_some(latest));
            }
            Admission::Locked { until } => prop_assert!(at(now) < until && until <= latest),
        }
    }

    #[test]
    fn every_lock_ends(count in -2..9_i64, started in -5000..5000_i64, left in 1..=1200_i64) {
        let known = record(count, started, Some(left));
        let now_and_after = [at(0), at(0) + POLICY.lock_for + CLOCK_SKEW].map(|now| POLICY.admit(Some(known), now));
        prop_assert!(matches!(now_and_after, [Admission::Locked { .. }, Admission::Admitted(_)]), "{:?}", now_and_after);
    }

    #[test]
    fn a_refund_undoes_an_admission(count in 0..4_i64) {
        let known = (count > 0).then(|| record(count, 0, None));
        let Admission::Admitted(reserved) = POLICY.admit(known, at(60)) else {
            return Err(TestCaseError::fail("admitted"));
        };
        prop_assert_eq!(POLICY.refund(reserved), known);
    }
}
