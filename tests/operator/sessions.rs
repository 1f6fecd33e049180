//! How long somebody is signed in, and what ends it.

use std::time::Duration;

use auth::{Password, Role};
use store_operator::{Authority, Operator, SecondFactorThen, SignInStart};
use testkit::{House, Member, Reply, Visitor, cheap_hash, on_both_engines};

use super::sign_in::closed;

const HOUR: Duration = Duration::from_hours(1);

pub(super) async fn looks(staff: &Visitor) -> Reply {
    staff.get("/units").await
}

/// An act that ends every session of a member's.
pub(super) type Ending = fn(&House, &Operator, &Member);

fn new_hash(house: &House) -> auth::PasswordHash {
    let password = Password::generate(&**house.data.random()).unwrap();
    cheap_hash(&password, &**house.data.random())
}

pub(super) const ENDINGS: [(&str, Ending); 5] = [
    ("signed out everywhere", |_, operator, member| {
        operator
            .sign_out_everywhere(Authority::CommandLine, member.id)
            .unwrap();
    }),
    ("disabled", |_, operator, member| {
        operator
            .disable_account(Authority::CommandLine, member.id)
            .unwrap();
    }),
    ("another password", |house, operator, member| {
        let SignInStart::Check(attempt) = operator.begin_proof(member.id).unwrap() else {
            panic!("nobody is locked out");
        };
        let proven = attempt.password_hash().unwrap();
        operator
            .change_own_password(house.data.asker(member.id), &proven, &new_hash(house))
            .unwrap();
    }),
    ("a password that was reset", |house, operator, member| {
        let (hash, then) = (new_hash(house), SecondFactorThen::Kept);
        operator
            .reset_password(Authority::CommandLine, member.id, &hash, then)
            .unwrap();
    }),
    ("another role", |_, operator, member| {
        operator
            .set_role(Authority::CommandLine, member.id, Role::Operator)
            .unwrap();
    }),
];

on_both_engines! {
    async fn whoever_comes_back_within_twelve_hours_stays(house: House) {
        let app = closed(&house);
        let staff = house.staff(&app, Role::Operator).await;
        for _ in 0..3 {
            house.clock().advance(11 * HOUR);
            let reply = looks(&staff).await;
            assert_eq!(reply.status, 200);
            assert!(reply.header("set-cookie").contains("; Max-Age=43200"), "{:?}", reply.headers);
        }
        house.clock().advance(12 * HOUR);
        let reply = looks(&staff).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/login?next=%2Funits"));
    }

    async fn nobody_stays_for_longer_than_seven_days(house: House) {
        let app = closed(&house);
        let staff = house.staff(&app, Role::Operator).await;
        for _ in 0..16 {
            house.clock().advance(10 * HOUR);
            assert_eq!(looks(&staff).await.status, 200);
        }
        house.clock().advance(7 * HOUR);
        let reply = looks(&staff).await;
        assert_eq!(reply.status, 200);
        assert!(reply.header("set-cookie").contains("; Max-Age=3600"), "{:?}", reply.headers);
        house.clock().advance(HOUR);
        assert_eq!(looks(&staff).await.status, 303);
    }

    async fn a_cookie_is_renewed_when_it_is_worth_it_and_somebody_is_there(house: House) {
        let app = closed(&house);
        let staff = house.staff(&app, Role::Operator).await;
        house.clock().advance(Duration::from_secs(299));
        assert_eq!(looks(&staff).await.header("set-cookie"), "");
        house.clock().advance(Duration::from_secs(1));
        // A page that keeps itself current, and what a script asks, say nothing of anybody.
        let by_itself = staff.request(reqwest::Method::GET, "/units").header("x-refresh", "1");
        let reply = staff.send(by_itself).await;
        assert_eq!((reply.status, reply.header("set-cookie")), (200, ""));
        assert_eq!(staff.get("/api/slmm/SLM-101/status").await.header("set-cookie"), "");
        assert_eq!(staff.get("/readyz").await.header("set-cookie"), "");
        assert!(looks(&staff).await.header("set-cookie").starts_with("operator_session="));
        assert_eq!(looks(&staff).await.header("set-cookie"), "");
    }

    async fn what_ends_sessions_ends_them_on_the_next_request_everywhere(house: House) {
        let apps = [closed(&house), closed(&house)];
        for (name, end) in ENDINGS {
            let (member, colleague) = (house.data.member(Role::Admin), house.data.member(Role::Admin));
            let mut visitors = Vec::new();
            for app in &apps {
                visitors.push(Visitor::at(&app.url()).signed_in(&member).await);
            }
            let other = Visitor::at(&apps[0].url()).signed_in(&colleague).await;
            for visitor in &visitors {
                assert_eq!(looks(visitor).await.status, 200, "{name}");
            }
            end(&house, &house.data.operator(), &member);
            for visitor in &visitors {
                assert_eq!(looks(visitor).await.status, 303, "{name}");
                assert_eq!(visitor.get("/api/slmm/SLM-101/status").await.status, 401, "{name}");
            }
            assert_eq!(looks(&other).await.status, 200, "{name} is of one account");
        }
    }

    async fn a_role_that_changes_counts_at_once(house: House) {
        let member = house.data.member(Role::Operator);
        let app = closed(&house);
        let staff = Visitor::at(&app.url()).signed_in(&member).await;
        assert_eq!(staff.get("/clients/new").await.status, 403);
        house.data.operator().set_role(Authority::CommandLine, member.id, Role::Admin).unwrap();
        let staff = staff.signed_in(&member).await;
        assert_eq!(staff.get("/clients/new").await.status, 200);
    }

    async fn what_we_have_not_signed_is_no_session(house: House) {
        let app = closed(&house);
        let staff = house.staff(&app, Role::Operator).await;
        let cookie = staff.cookie_of("operator_session").unwrap();
        let mut torn = cookie.clone();
        torn.pop();
        for bad in [torn.as_str(), "", "x.y.z", &cookie.to_uppercase()] {
            let visitor = Visitor::at(&app.url()).with_cookie_of("operator_session", bad);
            assert_eq!(looks(&visitor).await.status, 303, "{bad}");
        }
        let elsewhere = Visitor::at(&app.url()).with_cookie_of("__Host-operator_session", &cookie);
        assert_eq!(looks(&elsewhere).await.status, 303);
    }
}
