//! Guessing is stopped, exactly, and wherever one asks.

use std::time::Duration;

use futures_util::future::join_all;
use testkit::{House, Visitor, on_both_engines};

on_both_engines! {
    async fn the_sixth_attempt_is_not_even_looked_at(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let link = site.portal.link.as_str();
        let (app, other) = (house.portal(), house.portal());
        let visitor = Visitor::of(&app).from_address("203.0.113.1");
        for _ in 0..3 {
            assert_eq!(visitor.knock(link, "wrong").await.status, 401);
        }
        // The other process counts on.
        let there = visitor.moves_to(&other);
        assert_eq!(there.knock(link, "wrong").await.status, 401);
        assert_eq!(there.knock(link, "wrong").await.status, 401);
        for visitor in [&visitor, &there] {
            let reply = visitor.knock(link, site.portal.password.reveal()).await;
            assert_eq!((reply.status, reply.header("retry-after")), (429, "900"));
            assert!(reply.body.contains("Too many attempts. Try again in 15 minutes"), "{}", reply.body);
        }
        assert_eq!(app.verifications() + other.verifications(), 5);

        // A restart does not forget, a stranger is not locked out, and the time tells how long.
        drop(app);
        let restarted = house.portal();
        house.clock().advance(Duration::from_secs(841));
        let reply = visitor.moves_to(&restarted).knock(link, site.portal.password.reveal()).await;
        assert_eq!((reply.status, reply.header("retry-after")), (429, "59"));
        assert!(reply.body.contains("Try again in 1 minute."));
        Visitor::of(&restarted).from_address("203.0.113.2").enter(&site.portal).await;

        house.clock().advance(Duration::from_secs(60));
        visitor.moves_to(&restarted).enter(&site.portal).await;
    }

    async fn of_two_hundred_guesses_at_once_five_are_looked_at(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let link = site.portal.link.as_str();
        let apps = [house.portal(), house.portal()];
        let guesses = (0..200).map(|number| {
            let visitor = Visitor::of(&apps[number % 2]).from_address("203.0.113.1");
            async move { visitor.knock(link, "guess").await.status }
        });
        let statuses = join_all(guesses).await;
        let count = |status| statuses.iter().filter(|one| **one == status).count();
        assert_eq!((count(401), count(429)), (5, 195), "{statuses:?}");
        assert_eq!(apps.iter().map(testkit::PortalApp::verifications).sum::<u64>(), 5);
    }

    async fn a_success_clears_what_was_counted(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        for _ in 0..3 {
            let visitor = Visitor::of(&app).from_address("2001:db8::1");
            for _ in 0..4 {
                assert_eq!(visitor.knock(site.portal.link.as_str(), "wrong").await.status, 401);
            }
            visitor.enter(&site.portal).await;
        }
    }

    async fn neighbours_in_a_64_count_as_one_and_forged_hops_do_not(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let link = site.portal.link.as_str();
        let app = house.portal();
        for host in 1..=5 {
            let visitor = Visitor::of(&app).from_address(&format!("2001:db8:0:7::{host}"));
            assert_eq!(visitor.knock(link, "wrong").await.status, 401);
        }
        let neighbour = Visitor::of(&app).from_address("2001:db8:0:7:ffff::9");
        assert_eq!(neighbour.knock(link, "wrong").await.status, 429);
        let forger = Visitor::of(&app).from_address("198.51.100.9, 2001:db8:0:7::1");
        assert_eq!(forger.knock(link, "wrong").await.status, 429);
        let stranger = Visitor::of(&app).from_address("2001:db8:0:8::1");
        assert_eq!(stranger.knock(link, "wrong").await.status, 401);
    }

    async fn a_saturated_verifier_says_so_and_counts_nothing(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let link = site.portal.link.as_str();
        let app = house.portal_with(|options| {
            options.verifier_queue = 0;
            options.settings.lockout.attempts = 100;
            options.hash_params = auth::HashParams::owasp();
        });
        let guesses = (0..50).map(|_| {
            let visitor = Visitor::of(&app).from_address("203.0.113.1");
            async move {
                let reply = visitor.knock(link, "guess").await;
                (reply.status, reply.header("retry-after").to_owned())
            }
        });
        let replies = join_all(guesses).await;
        let busy = replies.iter().filter(|(status, _)| *status == 503).count();
        assert!(replies.iter().all(|(status, after)| *status == 401 || (*status == 503 && after == "2")), "{replies:?}");
        let counted = house.data.raw().number("SELECT coalesce(sum(count), 0) FROM login_failures");
        assert_eq!(usize::try_from(counted).unwrap(), 50 - busy, "what was not looked at was given back");
    }
}
