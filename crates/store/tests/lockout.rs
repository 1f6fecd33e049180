//! Counted guesses: exact however many come at once.

#![cfg(test)]

use std::sync::Arc;
use std::time::Duration;

use auth::{Admission, LinkFingerprint, LockoutKey, LockoutPolicy};
use domain::Clock;
use testkit::{TestDatabase, on_both_engines};
use tokio::sync::Barrier;

const POLICY: LockoutPolicy = LockoutPolicy {
    attempts: 5,
    lock_for: Duration::from_mins(15),
};

fn key(visitor: u8) -> LockoutKey {
    LockoutKey::portal(
        &LinkFingerprint::from_bytes([1; 16]),
        [203, 0, 113, visitor].into(),
    )
}

fn is_admitted(admission: Admission) -> bool {
    matches!(admission, Admission::Admitted(_))
}

async fn admitted(test: &TestDatabase, visitor: u8) -> bool {
    let now = test.clock().now();
    is_admitted(
        test.database()
            .admit_attempt(&key(visitor), &POLICY, now)
            .await
            .unwrap(),
    )
}

on_both_engines! {
    async fn of_two_hundred_guesses_at_once_on_two_servers_five_are_admitted(test: TestDatabase) {
        let servers = [test.another(), test.another()];
        let start = Arc::new(Barrier::new(200));
        let now = test.clock().now();
        let guesses: Vec<_> = (0..200)
            .map(|guess: usize| {
                let (server, start) = (servers[guess % 2].clone(), start.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    server.admit_attempt(&key(7), &POLICY, now).await.unwrap()
                })
            })
            .collect();
        let mut admitted = 0;
        for guess in guesses {
            match guess.await.unwrap() {
                Admission::Admitted(_) => admitted += 1,
                Admission::Locked { until } => assert_eq!(until, now + POLICY.lock_for),
            }
        }
        assert_eq!(admitted, 5);
        assert_eq!(test.raw().number("SELECT count FROM login_failures"), 5);
    }

    async fn different_visitors_at_once_do_not_lock_each_other(test: TestDatabase) {
        let servers = [test.another(), test.another()];
        let now = test.clock().now();
        let guesses: Vec<_> = (0..100_u8)
            .map(|visitor| {
                let server = servers[usize::from(visitor) % 2].clone();
                tokio::spawn(async move {
                    server.admit_attempt(&key(visitor), &POLICY, now).await.unwrap()
                })
            })
            .collect();
        for guess in guesses {
            assert!(is_admitted(guess.await.unwrap()));
        }
        assert_eq!(test.raw().number("SELECT count(*) FROM login_failures"), 100);
    }

    async fn a_lock_ends_by_itself(test: TestDatabase) {
        for _ in 0..5 {
            assert!(admitted(&test, 7).await);
        }
        assert!(!admitted(&test, 7).await);
        assert!(admitted(&test, 8).await, "another visitor");
        test.clock().advance(Duration::from_millis(899_999));
        assert!(!admitted(&test, 7).await);
        test.clock().advance(Duration::from_millis(1));
        assert!(admitted(&test, 7).await);
    }

    async fn who_is_locked_out_costs_no_write(test: TestDatabase) {
        for _ in 0..5 {
            admitted(&test, 7).await;
        }
        let mut raw = test.raw();
        // Whoever wanted to write would wait for this, in vain.
        raw.execute("BEGIN");
        raw.execute("UPDATE login_failures SET count = count + 0");
        assert!(!admitted(&test, 7).await);
        raw.execute("ROLLBACK");
    }

    async fn a_success_forgets_the_failures(test: TestDatabase) {
        for _ in 0..4 {
            assert!(admitted(&test, 7).await);
        }
        test.database().clear_failures(&key(7)).await.unwrap();
        assert_eq!(test.raw().number("SELECT count(*) FROM login_failures"), 0);
        for _ in 0..5 {
            assert!(admitted(&test, 7).await);
        }
        assert!(!admitted(&test, 7).await);
    }

    async fn an_attempt_that_was_never_made_is_given_back(test: TestDatabase) {
        for _ in 0..5 {
            assert!(admitted(&test, 7).await);
        }
        assert!(!admitted(&test, 7).await);
        test.database().refund_attempt(&key(7), &POLICY).await.unwrap();
        assert!(admitted(&test, 7).await);
        assert!(!admitted(&test, 7).await);
    }

    async fn giving_back_the_only_attempt_leaves_nothing(test: TestDatabase) {
        assert!(admitted(&test, 7).await);
        test.database().refund_attempt(&key(7), &POLICY).await.unwrap();
        assert_eq!(test.raw().number("SELECT count(*) FROM login_failures"), 0);
        test.database().refund_attempt(&key(7), &POLICY).await.unwrap();
        assert_eq!(test.raw().number("SELECT count(*) FROM login_failures"), 0);
    }

    async fn reservations_given_back_at_once_are_all_given_back(test: TestDatabase) {
        let servers = [test.another(), test.another()];
        let lenient = LockoutPolicy { attempts: 1000, ..POLICY };
        let now = test.clock().now();
        for _ in 0..40 {
            test.database().admit_attempt(&key(7), &lenient, now).await.unwrap();
        }
        let refunds: Vec<_> = (0..39)
            .map(|refund: usize| {
                let server = servers[refund % 2].clone();
                tokio::spawn(async move { server.refund_attempt(&key(7), &lenient).await })
            })
            .collect();
        for refund in refunds {
            refund.await.unwrap().unwrap();
        }
        assert_eq!(test.raw().number("SELECT count FROM login_failures"), 1);
    }

    async fn records_that_count_no_more_go_with_new_ones(test: TestDatabase) {
        for visitor in 0..30 {
            admitted(&test, visitor).await;
        }
        for _ in 0..5 {
            admitted(&test, 30).await;
        }
        test.clock().advance(POLICY.lock_for + Duration::from_secs(1));
        admitted(&test, 31).await;
        assert_eq!(test.raw().number("SELECT count(*) FROM login_failures"), 12, "twenty went");
        admitted(&test, 32).await;
        assert_eq!(test.raw().number("SELECT count(*) FROM login_failures"), 2);
    }

    async fn a_lock_that_lasts_is_not_pruned(test: TestDatabase) {
        for _ in 0..4 {
            admitted(&test, 7).await;
        }
        test.clock().advance(Duration::from_mins(10));
        admitted(&test, 7).await;
        test.clock().advance(Duration::from_mins(6));
        assert!(admitted(&test, 8).await);
        assert!(!admitted(&test, 7).await, "the lock is of ten minutes after the first failure");
    }

    async fn a_record_of_impossible_times_locks_nobody_out(test: TestDatabase) {
        for _ in 0..5 {
            admitted(&test, 7).await;
        }
        test.raw().execute(&format!("UPDATE login_failures SET locked_until = {}", i64::MAX));
        assert!(admitted(&test, 7).await);
    }
}

/// On SQLite there is one writer only; on PostgreSQL nobody waits for a record of somebody else.
#[tokio::test]
async fn pruning_does_not_wait_for_a_record_in_use() {
    let test = TestDatabase::postgresql();
    assert!(admitted(&test, 7).await);
    test.clock()
        .advance(POLICY.lock_for + Duration::from_secs(1));
    let mut other = test.raw();
    other.execute("BEGIN; UPDATE login_failures SET count = count");
    assert!(admitted(&test, 8).await);
    other.execute("ROLLBACK");
    assert_eq!(test.raw().number("SELECT count(*) FROM login_failures"), 2);
}
