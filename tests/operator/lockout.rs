//! Guessing at accounts is stopped, exactly, and wherever one asks.

use std::time::Duration;

use auth::Role;
use futures_util::future::join_all;
use testkit::{House, Visitor, on_both_engines};

use super::sign_in::closed;

on_both_engines! {
    async fn of_two_hundred_guesses_at_once_five_are_looked_at(house: House) {
        let member = house.data.member(Role::Superadmin);
        let apps = [closed(&house), closed(&house)];
        for email in [member.email.as_str(), "nobody@firm.example"] {
            let before: u64 = apps.iter().map(testkit::OperatorApp::verifications).sum();
            let guesses = (0..200).map(|number| {
                let visitor = Visitor::at(&apps[number % 2].url());
                async move { visitor.sign_in(email, "guess").await.status }
            });
            let statuses = join_all(guesses).await;
            let count = |status| statuses.iter().filter(|one| **one == status).count();
            assert_eq!((count(401), count(429)), (5, 195), "{email}: {statuses:?}");
            let after: u64 = apps.iter().map(testkit::OperatorApp::verifications).sum();
            assert_eq!(after - before, 5, "{email}");
        }
    }

    async fn a_lock_holds_everywhere_and_doubles(house: House) {
        let member = house.data.member(Role::Admin);
        let (app, other) = (closed(&house), closed(&house));
        let visitor = Visitor::at(&app.url());
        for server in [&app, &app, &app, &other, &other] {
            let there = visitor.moves_to_address(&server.url());
            assert_eq!(there.sign_in(&member.email, "wrong").await.status, 401);
        }
        for server in [&app, &other] {
            let there = visitor.moves_to_address(&server.url());
            let reply = there.sign_in(&member.email, member.password.reveal()).await;
            assert_eq!((reply.status, reply.header("retry-after")), (429, "900"));
            assert!(reply.body.contains("Too many attempts. Try again in 15 minutes"), "{}", reply.body);
        }
        assert_eq!(app.verifications() + other.verifications(), 5);
        let colleague = house.data.member(Role::Admin);
        Visitor::at(&app.url()).signed_in(&colleague).await;

        // A restart does not forget.
        drop(app);
        let restarted = closed(&house);
        let visitor = Visitor::at(&restarted.url());
        house.clock().advance(Duration::from_secs(899));
        let reply = visitor.sign_in(&member.email, member.password.reveal()).await;
        assert_eq!((reply.status, reply.header("retry-after")), (429, "1"));
        house.clock().advance(Duration::from_secs(1));
        for wait in ["1800", "3600"] {
            for _ in 0..5 {
                assert_eq!(visitor.sign_in(&member.email, "wrong").await.status, 401);
            }
            let reply = visitor.sign_in(&member.email, member.password.reveal()).await;
            assert_eq!((reply.status, reply.header("retry-after")), (429, wait));
            house.clock().advance(Duration::from_secs(wait.parse().unwrap()));
        }
        visitor.signed_in(&member).await;
        // A success forgets the doubling, too.
        let guesser = Visitor::at(&restarted.url());
        for _ in 0..5 {
            assert_eq!(guesser.sign_in(&member.email, "wrong").await.status, 401);
        }
        assert_eq!(guesser.sign_in(&member.email, "wrong").await.header("retry-after"), "900");
    }

    async fn a_lock_shuts_nobody_out_who_is_in(house: House) {
        let member = house.data.member(Role::Operator);
        let app = closed(&house);
        let staff = Visitor::at(&app.url()).signed_in(&member).await;
        let guesser = Visitor::at(&app.url());
        for _ in 0..6 {
            guesser.sign_in(&member.email, "wrong").await;
        }
        assert_eq!(guesser.sign_in(&member.email, member.password.reveal()).await.status, 429);
        assert_eq!(staff.get("/projects").await.status, 200);
    }
}
