//! The way in by password.

use std::time::Duration;

use auth::{EmailAddress, HashParams, PasswordHash, Role};
use domain::Clock;
use store_operator::{Authority, SecondFactorThen, SignIn, SignInStart};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{Answer, come_in, is_live, knock, wrong};

const ROOT: Authority = Authority::CommandLine;

on_both_engines! {
    async fn the_right_password_lets_in_and_is_remembered(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        assert_eq!(test.operator().account(anna.id).unwrap().last_login_at, None);
        test.clock().advance(Duration::from_mins(1));
        let session = come_in(&test, &anna).await;
        assert_eq!((session.user, session.issued_at), (anna.id, test.clock().now()));
        assert!(is_live(&test, &session).await);
        let account = test.operator().account(anna.id).unwrap();
        assert_eq!(account.last_login_at, Some(test.clock().now()));
    }

    async fn wrong_unknown_and_disabled_are_answered_alike(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let ben = test.account("ben@firm.example", Role::Admin);
        test.operator().disable_account(ROOT, ben.id).unwrap();
        let nobody = EmailAddress::parse("nobody@firm.example").unwrap();
        for failures in 1..=5 {
            let answer = knock(&test, &anna.email, &wrong()).await;
            assert_eq!(knock(&test, &nobody, &wrong()).await, answer);
            // The right password of a disabled account is as wrong as any.
            assert_eq!(knock(&test, &ben.email, &ben.password).await, answer);
            assert_eq!(answer == Answer::Wrong { locked_until: None }, failures < 5);
        }
        let answer = knock(&test, &anna.email, &wrong()).await;
        assert_eq!(knock(&test, &nobody, &wrong()).await, answer);
        assert_eq!(knock(&test, &ben.email, &ben.password).await, answer);
    }

    async fn a_password_that_was_replaced_while_it_was_checked_lets_nobody_in(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let staff = test.operator();
        let SignInStart::Check(attempt) = staff.begin_sign_in(&anna.email).unwrap() else { panic!() };
        let other = cheap_hash(&wrong(), &**test.random());
        staff.reset_password(ROOT, anna.id, &other, SecondFactorThen::Kept).unwrap();
        assert_eq!(staff.sign_in_succeeded(&attempt, None).unwrap(), SignIn::Refused);

        let SignInStart::Check(attempt) = staff.begin_sign_in(&anna.email).unwrap() else { panic!() };
        staff.disable_account(ROOT, anna.id).unwrap();
        assert_eq!(staff.sign_in_succeeded(&attempt, None).unwrap(), SignIn::Refused);
    }

    async fn a_harder_hash_takes_the_place_of_a_weaker_one_and_ends_no_session(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let earlier = come_in(&test, &anna).await;
        let staff = test.operator();
        let SignInStart::Check(attempt) = staff.begin_sign_in(&anna.email).unwrap() else { panic!() };
        let params = HashParams::new(16, 1, 1).unwrap();
        let harder = PasswordHash::compute(&anna.password, &params, &**test.random()).unwrap();
        staff.sign_in_succeeded(&attempt, Some(&harder)).unwrap();
        assert_eq!(test.raw().text("SELECT password_hash FROM operator_users").as_deref(), Some(harder.as_str()));
        assert!(is_live(&test, &earlier).await);
        come_in(&test, &anna).await;
    }

    async fn an_address_is_found_in_whatever_case_it_is_typed(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let typed = EmailAddress::parse(" Anna@FIRM.example").unwrap();
        assert!(matches!(knock(&test, &typed, &anna.password).await, Answer::In(_)));
    }
}
