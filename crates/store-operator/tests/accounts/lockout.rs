//! Counted guesses: exact however many come at once, wherever.

use std::sync::Arc;
use std::time::Duration;

use auth::{EmailAddress, Role};
use domain::Clock;
use store_operator::{SecondStep, SignInStart};
use testkit::{TestDatabase, on_both_engines};
use tokio::sync::Barrier;

use crate::support::{
    Answer, code_due, come_in, knock, show, try_password, verifier, with_app, wrong, wrong_code,
};

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);
const COUNT: &str = "SELECT count(*) FROM operator_unknown_logins";

fn nobody() -> EmailAddress {
    EmailAddress::parse("nobody@firm.example").unwrap()
}

/// 200 guesses at once on two servers: how many were computed, and how many came too late.
async fn flood(test: &TestDatabase, email: &EmailAddress) -> (u64, usize) {
    let servers = [test.another(), test.another()];
    let start = Arc::new(Barrier::new(200));
    let verifier = verifier(test);
    let guesses: Vec<_> = (0..200)
        .map(|guess: usize| {
            let staff = test.operator_of(servers[guess % 2].clone(), "door");
            let (start, verifier, email) = (start.clone(), verifier.clone(), email.clone());
            tokio::spawn(async move {
                start.wait().await;
                try_password(&staff, &verifier, &email, &wrong()).await
            })
        })
        .collect();
    let mut locked = 0;
    for guess in guesses {
        locked += usize::from(matches!(guess.await.unwrap(), Answer::Locked { .. }));
    }
    (verifier.verifications(), locked)
}

/// Wrong passwords until no more are taken: how many, and for how long.
async fn fail_until_locked(test: &TestDatabase, email: &EmailAddress) -> (usize, Duration) {
    for failures in 1..20 {
        if let Answer::Wrong {
            locked_until: Some(until),
        } = knock(test, email, &wrong()).await
        {
            return (
                failures,
                until.duration_since(test.clock().now()).unsigned_abs(),
            );
        }
    }
    panic!("never locked")
}

on_both_engines! {
    async fn of_two_hundred_guesses_at_once_on_two_servers_five_are_computed(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        assert_eq!(flood(&test, &anna.email).await, (5, 195));
        assert_eq!(test.raw().number("SELECT failed_login_count FROM operator_users"), 5);
        assert_eq!(test.raw().number("SELECT lockouts_in_a_row FROM operator_users"), 1);
    }

    async fn an_address_without_an_account_is_locked_out_alike(test: TestDatabase) {
        assert_eq!(flood(&test, &nobody()).await, (5, 195));
        test.clock().advance(15 * MINUTE);
        let anna = test.account("anna@firm.example", Role::Admin);
        for locks in [15, 30, 60, 120] {
            let known = fail_until_locked(&test, &anna.email).await;
            let is_first = locks == 15;
            assert_eq!(known, (5, locks * MINUTE));
            if !is_first {
                assert_eq!(fail_until_locked(&test, &nobody()).await, known);
            }
            test.clock().advance(locks * MINUTE);
        }
    }

    async fn each_further_lockout_lasts_twice_as_long_up_to_a_day(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        for minutes in [15, 30, 60, 120, 240, 480, 960, 1440, 1440] {
            assert_eq!(fail_until_locked(&test, &anna.email).await, (5, minutes * MINUTE));
            let until = test.clock().now() + minutes * MINUTE;
            test.clock().step_to(until - Duration::from_millis(1));
            assert_eq!(knock(&test, &anna.email, &anna.password).await, Answer::Locked { until });
            test.clock().advance(Duration::from_millis(1));
        }
        come_in(&test, &anna).await;
        assert_eq!(fail_until_locked(&test, &anna.email).await, (5, 15 * MINUTE), "success clears");
    }

    async fn a_lock_holds_on_other_servers_and_after_a_restart(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let ben = test.account("ben@firm.example", Role::Admin);
        for server in [test.another(), test.another(), test.another(), test.another(), test.another()] {
            let staff = test.operator_of(server, "door");
            try_password(&staff, &verifier(&test), &anna.email, &wrong()).await;
        }
        let until = test.clock().now() + 15 * MINUTE;
        let staff = test.operator_of(test.another(), "door");
        let answer = try_password(&staff, &verifier(&test), &anna.email, &anna.password).await;
        assert_eq!(answer, Answer::Locked { until });
        assert_eq!(staff.account(anna.id).unwrap().locked_until, Some(until));
        come_in(&test, &ben).await;
    }

    async fn who_is_locked_out_costs_no_write(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        fail_until_locked(&test, &anna.email).await;
        let mut raw = test.raw();
        // Whoever wanted to write would wait for this, in vain.
        raw.execute("BEGIN");
        raw.execute("UPDATE operator_users SET failed_login_count = failed_login_count + 0");
        assert!(matches!(knock(&test, &anna.email, &wrong()).await, Answer::Locked { .. }));
        raw.execute("ROLLBACK");
    }

    async fn an_attempt_that_was_never_made_is_given_back(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let staff = test.operator();
        for email in [&anna.email, &nobody()] {
            for _ in 0..4 {
                knock(&test, email, &wrong()).await;
            }
            for _ in 0..3 {
                let SignInStart::Check(attempt) = staff.begin_sign_in(email).unwrap() else { panic!() };
                assert!(matches!(staff.begin_sign_in(email).unwrap(), SignInStart::Locked { .. }));
                staff.attempt_not_made(&attempt).unwrap();
            }
            assert_eq!(fail_until_locked(&test, email).await, (1, 15 * MINUTE));
        }
    }

    async fn wrong_codes_count_with_wrong_passwords_and_right_passwords_clear_nothing(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let (secret, _) = with_app(&test, &anna);
        knock(&test, &anna.email, &wrong()).await;
        for wrong_codes in 1..=4 {
            let due = code_due(&test, &anna).await;
            let answer = show(&test, &due, wrong_code(&test, &secret));
            let locked_until = (wrong_codes == 4).then(|| test.clock().now() + 15 * MINUTE);
            assert_eq!(answer, SecondStep::Wrong { locked_until });
        }
        assert!(matches!(knock(&test, &anna.email, &anna.password).await, Answer::Locked { .. }));
    }

    async fn of_two_hundred_wrong_codes_at_once_five_are_looked_at(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let (secret, _) = with_app(&test, &anna);
        let due = code_due(&test, &anna).await;
        let code = wrong_code(&test, &secret);
        let servers = [test.another(), test.another()];
        let guesses: Vec<_> = (0..200)
            .map(|guess: usize| {
                let staff = test.operator_of(servers[guess % 2].clone(), "door");
                tokio::task::spawn_blocking(move || {
                    staff.second_step(&due, &store_operator::SecondFactor::Code(code)).unwrap()
                })
            })
            .collect();
        let mut wrong = 0;
        for guess in guesses {
            wrong += usize::from(matches!(guess.await.unwrap(), SecondStep::Wrong { .. }));
        }
        assert_eq!(wrong, 5);
    }

    async fn what_is_known_of_addresses_without_an_account_is_forgotten_after_a_day(test: TestDatabase) {
        for n in 0..30 {
            let email = EmailAddress::parse(&format!("n{n}@firm.example")).unwrap();
            knock(&test, &email, &wrong()).await;
        }
        let kept: Option<String> = test.raw().text("SELECT min(email_digest) FROM operator_unknown_logins");
        assert!(!kept.unwrap().contains('@'));
        test.clock().advance(DAY.saturating_sub(Duration::from_millis(1)));
        fail_until_locked(&test, &nobody()).await;
        assert_eq!(test.raw().number(COUNT), 31, "not yet");
        test.clock().advance(Duration::from_millis(1));
        let other = EmailAddress::parse("other@firm.example").unwrap();
        knock(&test, &other, &wrong()).await;
        assert_eq!(test.raw().number(COUNT), 12, "twenty went");
        // Whoever has an account costs and does the same.
        let anna = test.account("anna@firm.example", Role::Operator);
        knock(&test, &anna.email, &wrong()).await;
        assert_eq!(test.raw().number(COUNT), 2);
        test.clock().advance(DAY);
        assert_eq!(fail_until_locked(&test, &nobody()).await.1, 30 * MINUTE, "a day from the end of the lock");
        test.account("nobody@firm.example", Role::Operator);
        assert_eq!(test.raw().number(COUNT), 0, "an account counts for itself");
    }

    async fn nothing_is_kept_of_an_address_whose_guess_was_never_made(test: TestDatabase) {
        let staff = test.operator();
        let SignInStart::Check(attempt) = staff.begin_sign_in(&nobody()).unwrap() else { panic!() };
        assert_eq!(test.raw().number(COUNT), 1);
        staff.attempt_not_made(&attempt).unwrap();
        assert_eq!(test.raw().number(COUNT), 0);
    }

    async fn no_more_than_so_many_addresses_are_kept_and_locks_go_last(test: TestDatabase) {
        fail_until_locked(&test, &nobody()).await;
        let last = domain::Timestamp::as_millisecond(test.clock().now()) + 86_400_000;
        test.raw().execute(&format!(
            "INSERT INTO operator_unknown_logins
                (email_digest, failed_login_count, lockouts_in_a_row, locked_until, forgotten_at)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100004)
            SELECT 'filler' || i, 1, 0, NULL, {last} - i FROM n"
        ));
        let first = EmailAddress::parse("first@firm.example").unwrap();
        knock(&test, &first, &wrong()).await;
        assert_eq!(test.raw().number(COUNT), 100_000);
        let oldest = "SELECT count(*) FROM operator_unknown_logins WHERE email_digest = 'filler99999'";
        assert_eq!(test.raw().number(oldest), 0);
        let next = "SELECT count(*) FROM operator_unknown_logins WHERE email_digest = 'filler99998'";
        assert_eq!(test.raw().number(next), 1);
        knock(&test, &EmailAddress::parse("second@firm.example").unwrap(), &wrong()).await;
        assert_eq!((test.raw().number(COUNT), test.raw().number(next)), (100_000, 0));
        assert!(matches!(knock(&test, &nobody(), &wrong()).await, Answer::Locked { .. }));
    }

    /// Whoever has gone before the password was looked at has made that attempt all the same.
    async fn the_attempt_that_locks_is_on_the_record_with_its_reservation(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let staff = test.operator();
        let told = |action: &str| {
            test.raw().number(&format!("SELECT count(*) FROM audit_log WHERE action = '{action}'"))
        };
        let mut last = None;
        for _ in 0..5 {
            assert_eq!(told("operator.lockout"), 0);
            let SignInStart::Check(attempt) = staff.begin_sign_in(&anna.email).unwrap() else { panic!() };
            last = Some(attempt);
        }
        assert_eq!((told("operator.lockout"), told("operator.end-lockout")), (1, 0));
        // It was the right one: the lock is over as soon as it began, and that is told too.
        staff.sign_in_succeeded(&last.unwrap(), None).unwrap();
        assert_eq!((told("operator.lockout"), told("operator.end-lockout"), told("operator.sign-in")), (1, 1, 1));

        for _ in 0..4 {
            staff.begin_sign_in(&anna.email).unwrap();
        }
        let SignInStart::Check(attempt) = staff.begin_sign_in(&anna.email).unwrap() else { panic!() };
        assert_eq!((told("operator.lockout"), told("operator.end-lockout")), (2, 1));
        staff.attempt_not_made(&attempt).unwrap();
        assert_eq!((told("operator.lockout"), told("operator.end-lockout")), (2, 2));
    }
}
