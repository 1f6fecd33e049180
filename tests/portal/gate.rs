//! Wrong, dead, right: each answer of the gate.

use auth::Token;
use testkit::{House, Visitor, on_both_engines};

const FORM: &[(&str, &str)] = &[("sec-fetch-site", "same-origin")];

on_both_engines! {
    async fn the_right_password_opens_the_project(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app);
        let path = format!("/portal/p/{}", site.portal.link.as_str());

        let prompt = visitor.get(&path).await;
        assert_eq!(prompt.status, 200);
        assert!(prompt.body.contains("Harbour Tower"));

        let reply = visitor.knock(site.portal.link.as_str(), site.portal.password.reveal()).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/portal"));
        let cookie = reply.header("set-cookie");
        for attribute in ["portal_session=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Secure"));
        assert_eq!(visitor.get("/portal").await.status, 200);
        // Whoever is in may still look at the prompt.
        assert_eq!(visitor.get(&path).await.status, 200);
    }

    async fn a_wrong_password_is_told_so(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let long = "x".repeat(3000);
        for wrong in ["", " ", "guess", &long, &site.portal.password.reveal().to_uppercase()] {
            let visitor = Visitor::of(&app).from_address("203.0.113.1");
            let reply = visitor.knock(site.portal.link.as_str(), wrong).await;
            if reply.status == 429 { break; }
            assert_eq!(reply.status, 401, "{wrong:?}");
            assert!(reply.body.contains("Incorrect password") && reply.body.contains("Harbour Tower"));
            assert_eq!(visitor.cookie(), None);
        }
    }

    async fn unknown_disabled_and_replaced_links_are_one_and_the_same(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let other = house.data.site("Quay Street", "SLM-102");
        house.data.operator().portal_disable(site.project).unwrap();
        let replaced = other.portal.link.clone();
        house.data.operator().portal_rotate_link(other.project).unwrap();
        let app = house.portal();
        let visitor = Visitor::of(&app);
        let unknown = "A".repeat(32);
        let nonsense = "%2e%2e%2f";
        let mut faces = Vec::new();
        for link in [site.portal.link.as_str(), replaced.as_str(), &unknown, nonsense, &"b".repeat(3000)] {
            let get = visitor.get(&format!("/portal/p/{link}")).await;
            assert_eq!(get.status, 404);
            assert!(get.body.contains("This portal link is no longer active"));
            let post = visitor.knock(link, "whatever").await;
            assert_eq!(post.face(), get.face());
            faces.push(get.face());
        }
        assert!(faces.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(app.verifications(), 0);
    }

    async fn a_malformed_form_is_refused_with_words(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app);
        let path = format!("/portal/p/{}", site.portal.link.as_str());
        for (body, status) in [
            ("", 400),
            ("pass=x", 400),
            ("password=a&password=b", 400),
            ("{\"password\":\"x\"}", 400),
            (&format!("password={}", "x".repeat(4096)), 413),
        ] {
            let reply = visitor.post(&path, body.to_owned(), FORM).await;
            assert_eq!(reply.status, status, "{body:.40}");
        }
        let multipart = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
        let reply = visitor.send(
            multipart.iter().fold(visitor.request(reqwest::Method::POST, &path), |r, (n, v)| r.header(*n, *v)).body("--x--"),
        ).await;
        assert_eq!(reply.status, 400);
        assert_eq!(app.verifications(), 0);
    }

    async fn only_our_own_pages_may_send_the_form(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let path = format!("/portal/p/{}", site.portal.link.as_str());
        let body = format!("password={}", site.portal.password.reveal());
        for (headers, status) in [
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")][..], 303),
            (&[("origin", "http://127.0.0.1:8000")], 303),
            (&[("sec-fetch-site", "cross-site"), ("origin", "null")], 403),
            (&[("sec-fetch-site", "same-site")], 403),
            (&[("sec-fetch-site", "none")], 403),
            (&[("origin", "https://evil.example")], 403),
            (&[], 403),
        ] {
            let reply = Visitor::of(&app).post(&path, body.clone(), headers).await;
            assert_eq!(reply.status, status, "{headers:?}");
        }
    }

    async fn signing_out_clears_the_cookie(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let reply = visitor.post("/portal/logout", String::new(), FORM).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/portal/access"));
        assert_eq!(visitor.cookie(), None);
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        assert_eq!(visitor.post("/portal/logout", String::new(), &[("sec-fetch-site", "cross-site")]).await.status, 403);
        assert_eq!(visitor.get("/portal/logout").await.status, 303);
        assert_eq!(visitor.cookie(), None);
        let access = visitor.get("/portal/access").await;
        assert_eq!(access.status, 200);
        assert!(access.body.contains("link"));
    }

    async fn a_preview_ticket_opens_one_session(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let signer = auth::Signer::new(&testkit::apps::test_key(), &[]);
        let ticket = || house.data.operator().issue_preview_ticket(site.project).unwrap().seal(&signer);
        let used = ticket();
        let visitor = Visitor::of(&app);
        let reply = visitor.get(&format!("/portal/preview/{used}")).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/portal"));
        assert_eq!(visitor.get("/portal").await.status, 200);

        let late = ticket();
        house.clock().advance(std::time::Duration::from_secs(61));
        let forged = format!("{}x", ticket());
        let mut faces = Vec::new();
        for bad in [used, late, forged, "nonsense".to_owned()] {
            let reply = Visitor::of(&app).get(&format!("/portal/preview/{bad}")).await;
            assert_eq!(reply.status, 404);
            faces.push(reply.face());
        }
        assert!(faces.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
