//! The second step: a code of the app, or a recovery code.

use std::time::Duration;

use auth::Role;
use testkit::{Factor, House, Member, OperatorApp, Reply, Visitor, on_both_engines};

use super::sign_in::closed;
use super::words::{assert_has, text};

/// Somebody with a second factor who has given the password.
async fn half_in(app: &OperatorApp, member: &Member) -> Visitor {
    let visitor = Visitor::at(&app.url());
    let reply = visitor
        .sign_in(&member.email, member.password.reveal())
        .await;
    assert_eq!(
        (reply.status, reply.header("location")),
        (303, "/login/code"),
        "{}",
        reply.body
    );
    visitor
}

async fn shows(visitor: &Visitor, code: &str) -> Reply {
    visitor.submit("/login/code", &[("code", code)]).await
}

/// A code that is not the one of now, nor of the half minutes beside it.
fn wrong(house: &House, factor: &Factor) -> String {
    let near: Vec<_> = (-1..=1)
        .map(|later| factor.code(&**house.clock(), later))
        .collect();
    let other = ["000000", "111111", "222222", "333333"]
        .into_iter()
        .find(|code| !near.iter().any(|one| one == code));
    other.expect("a code that is wrong").to_owned()
}

on_both_engines! {
    async fn the_code_of_now_leads_in_once(house: House) {
        let member = house.data.member(Role::Admin);
        let factor = house.data.second_factor(&member);
        let app = closed(&house);
        let visitor = Visitor::at(&app.url());
        let form = [("email", member.email.as_str()), ("password", member.password.reveal())];
        let reply = visitor.submit("/login?next=%2Funits", &form).await;
        assert_eq!(reply.header("location"), "/login/code?next=%2Funits");
        let cookie = reply.header("set-cookie");
        assert!(cookie.starts_with("operator_second_factor="), "{cookie}");
        assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=300"), "{cookie}");
        // Half in is not in.
        assert_eq!(visitor.get("/units").await.status, 303);
        let page = visitor.get("/login/code?next=%2Funits").await.body;
        for part in ["inputmode=\"numeric\"", "autocomplete=\"one-time-code\"", "href=\"/login/code?recovery=1&amp;next=%2Funits\""] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let code = factor.code(&**house.clock(), 0);
        let reply = visitor.submit("/login/code?next=%2Funits", &[("code", &code)]).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/units"));
        assert!(visitor.cookie_of("operator_second_factor").is_none());
        assert_eq!(visitor.get("/units").await.status, 200);

        let replay = half_in(&app, &member).await;
        let reply = shows(&replay, &code).await;
        assert_eq!(reply.status, 401);
        assert_has(&text(&reply.body), &["That code is not right."]);
        house.clock().advance(Duration::from_secs(30));
        assert_eq!(shows(&replay, &factor.code(&**house.clock(), 0)).await.status, 303);
    }

    async fn wrong_codes_lock_as_wrong_passwords_do(house: House) {
        let member = house.data.member(Role::Admin);
        let factor = house.data.second_factor(&member);
        let app = closed(&house);
        let visitor = half_in(&app, &member).await;
        for not_a_code in ["", "12345", "abcdef"] {
            assert_eq!(shows(&visitor, not_a_code).await.status, 401);
        }
        let wrong = wrong(&house, &factor);
        for _ in 0..5 {
            assert_eq!(shows(&visitor, &wrong).await.status, 401);
        }
        let reply = shows(&visitor, &factor.code(&**house.clock(), 0)).await;
        assert_eq!((reply.status, reply.header("retry-after")), (429, "900"));
        assert_has(&text(&reply.body), &["Too many attempts. Try again in 15 minutes."]);
        let reply = Visitor::at(&app.url()).sign_in(&member.email, member.password.reveal()).await;
        assert_eq!(reply.status, 429);
    }

    async fn a_recovery_code_leads_in_once_and_says_how_many_are_left(house: House) {
        let member = house.data.member(Role::Operator);
        let factor = house.data.second_factor(&member);
        let app = closed(&house);
        let code = factor.recovery[0].reveal().replace('-', " ").to_uppercase();
        let visitor = half_in(&app, &member).await;
        let page = visitor.get("/login/code?recovery=1").await.body;
        assert!(page.contains("name=\"recovery\"") && page.contains("href=\"/login/code\""), "{page}");
        let reply = visitor.submit("/login/code?recovery=1&next=%2Funits", &[("recovery", &code)]).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/login/welcome?next=%2Funits"));
        let page = visitor.get("/login/welcome?next=%2Funits").await.body;
        assert_has(&text(&page), &["You have 9 recovery codes left."]);
        assert!(page.contains("href=\"/units\">Continue</a>"), "{page}");

        let again = half_in(&app, &member).await;
        let reply = again.submit("/login/code?recovery=1", &[("recovery", &code)]).await;
        assert_eq!(reply.status, 401);
        assert_has(&text(&reply.body), &["That is no recovery code of yours, or it was used before."]);
    }

    async fn the_second_step_is_of_one_first_step_and_not_for_long(house: House) {
        let member = house.data.member(Role::Operator);
        let factor = house.data.second_factor(&member);
        let app = closed(&house);
        let stranger = Visitor::at(&app.url());
        let reply = shows(&stranger, &factor.code(&**house.clock(), 0)).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/login?over=1"));
        assert_eq!(stranger.submit("/login/code", &[]).await.status, 303);

        let reset = half_in(&app, &member).await;
        let authority = store_operator::Authority::CommandLine;
        house.data.operator().sign_out_everywhere(authority, member.id).unwrap();
        let reply = shows(&reset, &factor.code(&**house.clock(), 0)).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/login?over=1"));
        assert_has(&text(&reset.get("/login?over=1").await.body), &["Begin again."]);

        let slow = half_in(&app, &member).await;
        assert_eq!(slow.submit("/login/code", &[("neither", "x")]).await.status, 400);
        house.clock().advance(Duration::from_mins(5));
        let reply = shows(&slow, &factor.code(&**house.clock(), 0)).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/login?over=1"));
        assert!(slow.cookie_of("operator_second_factor").is_none());
    }
}
