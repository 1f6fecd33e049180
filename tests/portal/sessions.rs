//! A session is proven on every request, and ends at once everywhere.

use std::time::Duration;

use auth::{LinkToken, PortalSession, Signer, Token};
use testkit::{House, SeededRandom, Visitor, on_both_engines};

/// Something the firm does to a project's portal.
type Act = fn(&House, domain::ProjectId);

on_both_engines! {
    async fn every_revoking_act_ends_sessions_on_the_next_request(house: House) {
        let (app, other) = (house.portal(), house.portal());
        let acts: [(&str, Act); 4] = [
            ("disable", |house, project| house.data.operator().portal_disable(project).unwrap()),
            ("rotate", |house, project| drop(house.data.operator().portal_rotate_link(project).unwrap())),
            ("delete", |house, project| {
                house.data.operator().set_status(project, domain::ProjectStatus::Deleted).unwrap();
            }),
            ("password", |house, project| {
                let password = auth::Password::generate(&SeededRandom::new(99)).unwrap();
                let hash = testkit::cheap_hash(&password, &SeededRandom::new(98));
                house.data.operator().portal_password(project, &hash).unwrap();
            }),
        ];
        for (number, (name, act)) in acts.into_iter().enumerate() {
            let site = house.data.site(&format!("Project {name}"), &format!("SLM-10{number}"));
            let here = Visitor::of(&app).enter(&site.portal).await;
            let there = here.moves_to(&other);
            assert_eq!(here.get("/portal/api/overview").await.status, 200);
            assert_eq!(there.get("/portal/api/overview").await.status, 200);
            act(&house, site.project);
            for visitor in [&here, &there] {
                let page = visitor.moves_to(&app).get("/portal").await;
                if name == "password" {
                    // The link is still the project's: its holder may prove themself again.
                    let prompt = format!("/portal/p/{}", site.portal.link.as_str());
                    assert_eq!((page.status, page.header("location")), (303, prompt.as_str()));
                } else {
                    assert_eq!((page.status, page.header("location")), (401, ""), "{name}");
                }
                let api = visitor.get("/portal/api/overview").await;
                assert_eq!(api.status, 401, "{name}");
                assert_eq!(api.header("content-type"), "application/problem+json");
                assert!(api.header("set-cookie").contains("Max-Age=0"));
                assert_eq!(visitor.cookie(), None);
            }
        }
    }

    async fn an_expired_session_is_sent_to_its_own_prompt_only(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let cookie = visitor.cookie().unwrap();
        house.clock().advance(Duration::from_secs(2_592_000 - 1));
        assert_eq!(visitor.get("/portal").await.status, 200);
        house.clock().advance(Duration::from_secs(2));
        let reply = visitor.get("/portal").await;
        let prompt = format!("/portal/p/{}", site.portal.link.as_str());
        assert_eq!((reply.status, reply.header("location")), (303, prompt.as_str()));

        // Whoever holds a session of a replaced link never learns the new one.
        let fresh = house.data.operator().portal_rotate_link(site.project).unwrap();
        let reply = Visitor::of(&app).with_cookie(&cookie).get("/portal").await;
        assert_eq!(reply.status, 401);
        assert!(!reply.body.contains(fresh.as_str()) && reply.header("location").is_empty());
    }

    async fn a_session_that_we_did_not_sign_is_none(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let genuine = Visitor::of(&app).enter(&site.portal).await.cookie().unwrap();
        let session = house.data.session(&site.portal).await;
        let stranger = auth::SecretKey::random(&SeededRandom::new(1)).unwrap();
        let forged = session.seal(&Signer::new(&stranger, &[]));
        let other_link = LinkToken::generate(&SeededRandom::new(2)).unwrap().fingerprint();
        let own = Signer::new(&testkit::apps::test_key(), &[]);
        let wrong_link = PortalSession { link: other_link, ..session }.seal(&own);
        let wrong_epoch = PortalSession { epoch: session.epoch + 1, ..session }.seal(&own);
        let ticket = house.data.operator().issue_preview_ticket(site.project).unwrap().seal(&own);
        let noise = "A".repeat(4000);
        let cut = &genuine[..genuine.len() - 1];
        for cookie in [forged.as_str(), wrong_link.as_str(), &ticket, &noise, cut, "", "..", "\"\"", "%00"] {
            let reply = Visitor::of(&app).with_cookie(cookie).get("/portal").await;
            assert_eq!(reply.status, 401, "{cookie:.40}");
        }
        let reply = Visitor::of(&app).with_cookie(&wrong_epoch).get("/portal").await;
        assert_eq!(reply.status, 303, "well signed, of the current link, but of no epoch that is");
    }

    async fn a_key_can_be_replaced_without_signing_anybody_out(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let before = house.portal();
        let visitor = Visitor::of(&before).enter(&site.portal).await;
        let new = || auth::SecretKey::random(&SeededRandom::new(3)).unwrap();
        let after = house.portal_with(|options| {
            options.previous_keys = vec![testkit::apps::test_key()];
            options.key = new();
        });
        assert_eq!(visitor.moves_to(&after).get("/portal").await.status, 200);
        let later = house.portal_with(|options| options.key = new());
        assert_eq!(visitor.moves_to(&later).get("/portal").await.status, 401);
    }

    async fn a_cookie_for_tls_has_its_own_name(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal_with(|options| {
            options.settings.origin = "https://portal.example.com".parse().unwrap();
            options.settings.cookie_secure = true;
        });
        let reply = Visitor::of(&app).knock(site.portal.link.as_str(), site.portal.password.reveal()).await;
        assert_eq!(reply.status, 303);
        let cookie = reply.header("set-cookie");
        assert!(cookie.starts_with("__Host-portal_session=") && cookie.ends_with("; Secure"), "{cookie}");
        assert_eq!(reply.header("strict-transport-security"), "max-age=31536000");
        let plain = Visitor::of(&app).with_cookie(cookie.split(['=', ';']).nth(1).unwrap()).get("/portal").await;
        assert_eq!(plain.status, 401, "a cookie of the other name does not count");
    }
}
