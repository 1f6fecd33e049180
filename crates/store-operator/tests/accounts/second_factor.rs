//! Codes after the password.

use std::time::Duration;

use auth::{RecoveryCode, Role, SecondFactorDue, TotpCode};
use domain::Clock;
use store_operator::{Authority, SecondFactor, SecondFactorThen, SecondStep};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{
    code_due, code_now, come_in, conflict, field, is_live, show, with_app, wrong_code,
};

const ROOT: Authority = Authority::CommandLine;
const WRONG: SecondStep = SecondStep::Wrong { locked_until: None };

fn use_code(test: &TestDatabase, due: &SecondFactorDue, code: &RecoveryCode) -> SecondStep {
    test.operator()
        .second_step(due, &SecondFactor::Recovery(code.clone()))
        .unwrap()
}

on_both_engines! {
    async fn the_second_factor_is_on_once_the_app_has_shown_a_code(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        let staff = test.operator();
        assert!(staff.offered_second_factor(test.asker(anna.id)).unwrap().is_none());
        assert!(conflict(staff.confirm_second_factor(test.asker(anna.id), TotpCode::parse("123456").unwrap())).contains("QR code"));
        let first = staff.offer_second_factor(test.asker(anna.id), &test.proven(anna.id)).unwrap();
        let secret = staff.offer_second_factor(test.asker(anna.id), &test.proven(anna.id)).unwrap();
        assert_ne!(first.to_base32(), secret.to_base32());
        let offered = staff.offered_second_factor(test.asker(anna.id)).unwrap().unwrap();
        assert_eq!(offered.to_base32(), secret.to_base32());
        come_in(&test, &anna).await;
        assert_eq!(field(staff.confirm_second_factor(test.asker(anna.id), wrong_code(&test, &secret))), "code");
        come_in(&test, &anna).await;

        let code = code_now(&test, &secret);
        let codes = staff.confirm_second_factor(test.asker(anna.id), code).unwrap();
        assert_eq!(codes.len(), 10);
        let detail = staff.account_detail(anna.id).unwrap();
        assert_eq!((detail.account.has_second_factor, detail.recovery_codes_left), (true, 10));
        assert!(staff.offered_second_factor(test.asker(anna.id)).unwrap().is_none());
        conflict(staff.offer_second_factor(test.asker(anna.id), &test.proven(anna.id)));
        conflict(staff.confirm_second_factor(test.asker(anna.id), code));

        let due = code_due(&test, &anna).await;
        assert_eq!(show(&test, &due, code), WRONG, "the code that turned it on is used up");
        test.clock().advance(Duration::from_secs(30));
        let SecondStep::SignedIn { session, recovery_codes_left: None } = show(&test, &due, code_now(&test, &secret)) else { panic!() };
        assert!(is_live(&test, &session).await);
        assert_eq!(staff.account(anna.id).unwrap().last_login_at, Some(test.clock().now()));
    }

    async fn a_code_lets_in_once(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        let (secret, _) = with_app(&test, &anna);
        let due = code_due(&test, &anna).await;
        let code = code_now(&test, &secret);
        let (servers, tries) = ([test.another(), test.another()], 4_usize);
        let shown: Vec<_> = (0..tries)
            .map(|n| {
                let staff = test.operator_of(servers[n % 2].clone(), "door");
                tokio::task::spawn_blocking(move || staff.second_step(&due, &SecondFactor::Code(code)).unwrap())
            })
            .collect();
        let mut inside = 0;
        for step in shown {
            match step.await.unwrap() {
                SecondStep::SignedIn { .. } => inside += 1,
                other => assert_eq!(other, SecondStep::Over, "the first step is used up"),
            }
        }
        assert_eq!(inside, 1);
        test.clock().advance(Duration::from_secs(30));
        let due = code_due(&test, &anna).await;
        assert!(matches!(show(&test, &due, code), SecondStep::Wrong { .. }), "within its tolerance, and used");
    }

    async fn each_recovery_code_lets_in_once(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        let ben = test.account("ben@firm.example", Role::Superadmin);
        let (_, codes) = with_app(&test, &anna);
        let (_, others) = with_app(&test, &ben);
        let due = code_due(&test, &anna).await;
        assert_eq!(use_code(&test, &due, &others[0]), WRONG, "somebody else's");
        for (used, code) in codes.iter().enumerate() {
            let due = code_due(&test, &anna).await;
            let SecondStep::SignedIn { session, recovery_codes_left } = use_code(&test, &due, code) else { panic!() };
            assert!(is_live(&test, &session).await);
            assert_eq!(recovery_codes_left, Some(9 - used));
            let due = code_due(&test, &anna).await;
            assert_eq!(use_code(&test, &due, code), WRONG);
        }
        assert_eq!(test.operator().account_detail(anna.id).unwrap().recovery_codes_left, 0);
    }

    async fn new_recovery_codes_make_the_old_ones_void(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        conflict(test.operator().renew_recovery_codes(test.asker(anna.id)));
        let (_, old) = with_app(&test, &anna);
        let new = test.operator().renew_recovery_codes(test.asker(anna.id)).unwrap();
        let due = code_due(&test, &anna).await;
        assert_eq!(use_code(&test, &due, &old[0]), WRONG);
        assert!(matches!(use_code(&test, &due, &new[0]), SecondStep::SignedIn { .. }));
    }

    async fn the_first_step_does_not_count_for_ever(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        let (secret, _) = with_app(&test, &anna);
        let staff = test.operator();
        test.account("zoe@firm.example", Role::Superadmin);

        let due = code_due(&test, &anna).await;
        test.clock().advance(SecondFactorDue::LIFETIME);
        assert_eq!(show(&test, &due, code_now(&test, &secret)), SecondStep::Over);

        let due = code_due(&test, &anna).await;
        let same = cheap_hash(&anna.password, &**test.random());
        staff.reset_password(ROOT, anna.id, &same, SecondFactorThen::Kept).unwrap();
        assert_eq!(show(&test, &due, code_now(&test, &secret)), SecondStep::Over);

        let due = code_due(&test, &anna).await;
        staff.remove_second_factor(ROOT, anna.id).unwrap();
        assert_eq!(show(&test, &due, code_now(&test, &secret)), SecondStep::Over);
        let (secret, _) = with_app(&test, &anna);
        let due = code_due(&test, &anna).await;
        staff.disable_account(ROOT, anna.id).unwrap();
        assert_eq!(show(&test, &due, code_now(&test, &secret)), SecondStep::Over);
        let stranger = SecondFactorDue { user: domain::OperatorUserId::from_bytes([1; 16]), ..due };
        assert_eq!(show(&test, &stranger, code_now(&test, &secret)), SecondStep::Over);
    }

    async fn a_right_code_does_not_get_past_a_lockout(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        let (secret, codes) = with_app(&test, &anna);
        let due = code_due(&test, &anna).await;
        for _ in 0..5 {
            show(&test, &due, wrong_code(&test, &secret));
        }
        let until = test.clock().now() + Duration::from_mins(15);
        assert_eq!(show(&test, &due, code_now(&test, &secret)), SecondStep::Locked { until });
        assert_eq!(use_code(&test, &due, &codes[0]), SecondStep::Locked { until });
        assert_eq!(test.operator().account_detail(anna.id).unwrap().recovery_codes_left, 10);
    }

    /// All in one and the same millisecond, which no clock tells apart.
    async fn a_first_step_is_used_up_by_a_sign_in(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        let (secret, codes) = with_app(&test, &anna);
        let (used, beside) = (code_due(&test, &anna).await, code_due(&test, &anna).await);
        assert!(matches!(show(&test, &used, code_now(&test, &secret)), SecondStep::SignedIn { .. }));
        for before in [used, beside] {
            assert_eq!(use_code(&test, &before, &codes[0]), SecondStep::Over);
        }
        let after = code_due(&test, &anna).await;
        assert_eq!(after.issued_at, used.issued_at);
        assert!(matches!(use_code(&test, &after, &codes[0]), SecondStep::SignedIn { .. }));
    }

    async fn an_offer_stands_for_ten_minutes(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        let (staff, asker) = (test.operator(), test.asker(anna.id));
        let secret = staff.offer_second_factor(asker, &test.proven(anna.id)).unwrap();
        let before = test.clock().now();
        test.clock().advance(Duration::from_mins(10) - Duration::from_millis(1));
        assert!(staff.offered_second_factor(asker).unwrap().is_some());
        test.clock().advance(Duration::from_millis(1));
        assert!(staff.offered_second_factor(asker).unwrap().is_none());
        assert!(conflict(staff.confirm_second_factor(asker, code_now(&test, &secret))).contains("new QR code"));
        // A clock that is set back makes nothing young again, beyond what clocks differ by.
        test.clock().step_to(before - Duration::from_mins(5));
        assert!(staff.offered_second_factor(asker).unwrap().is_none());
        test.clock().step_to(before - Duration::from_mins(4));
        staff.confirm_second_factor(asker, code_now(&test, &secret)).unwrap();
    }

    async fn a_new_key_takes_the_password_that_holds_now(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        let stale = cheap_hash(&anna.password, &**test.random());
        let refused = test.operator().offer_second_factor(test.asker(anna.id), &stale);
        assert!(conflict(refused).contains("password was changed"));
    }
}
