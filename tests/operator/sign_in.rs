//! The way in by e-mail and password, and out again.

use std::time::Duration;

use auth::{HashParams, Role};
use futures_util::future::join_all;
use store_operator::{Authority, Operator};
use testkit::{House, OperatorApp, Visitor, on_both_engines};
use web_operator::Access;

use super::words::{assert_has, text};

pub(super) fn closed(house: &House) -> OperatorApp {
    house.office_with(|options| options.settings.access = Access::SignedIn)
}

on_both_engines! {
    async fn the_password_leads_to_where_one_wanted_to_go(house: House) {
        let member = house.data.member(Role::Admin);
        let app = closed(&house);
        let visitor = Visitor::at(&app.url());
        let sent = visitor.get("/projects?status=active&search=a+b").await;
        let login = "/login?next=%2Fprojects%3Fstatus%3Dactive%26search%3Da%2Bb";
        assert_eq!((sent.status, sent.header("location")), (303, login));
        assert_eq!(visitor.get(login).await.status, 200);
        let form = [("email", member.email.as_str()), ("password", member.password.reveal())];
        let reply = visitor.submit(login, &form).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/projects?status=active&search=a+b"));
        assert_eq!(visitor.get("/projects").await.status, 200);
        // Whoever is in already has no need of the page.
        let again = visitor.get(login).await;
        assert_eq!((again.status, again.header("location")), (303, "/projects?status=active&search=a+b"));
    }

    async fn nobody_is_led_out_of_the_app(house: House) {
        let member = house.data.member(Role::Operator);
        let app = closed(&house);
        for next in ["%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%09%2Fevil.example", "%2Fx%0D%0Aset-cookie%3A+x", "javascript%3Aalert(1)", "evil.example"] {
            let visitor = Visitor::at(&app.url());
            let form = [("email", member.email.as_str()), ("password", member.password.reveal())];
            let reply = visitor.submit(&format!("/login?next={next}"), &form).await;
            assert_eq!((reply.status, reply.header("location")), (303, "/"), "{next}");
            let again = visitor.get(&format!("/login?next={next}")).await;
            assert_eq!((again.status, again.header("location")), (303, "/"), "{next}");
        }
    }

    async fn the_cookie_is_for_this_app_alone(house: House) {
        let member = house.data.member(Role::Operator);
        let app = closed(&house);
        let reply = Visitor::at(&app.url()).sign_in(&member.email.to_uppercase(), member.password.reveal()).await;
        let cookie = reply.header("set-cookie");
        assert!(cookie.starts_with("operator_session="), "{cookie}");
        assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=43200"), "{cookie}");

        let behind_tls = house.office_with(|options| {
            options.settings.access = Access::SignedIn;
            options.settings.cookie_secure = true;
        });
        let visitor = Visitor::at(&behind_tls.url());
        let reply = visitor.sign_in(&member.email, member.password.reveal()).await;
        let cookie = reply.header("set-cookie");
        assert!(cookie.starts_with("__Host-operator_session="), "{cookie}");
        assert!(cookie.ends_with("; Path=/; Max-Age=43200; Secure"), "{cookie}");
        assert_eq!(visitor.get("/projects").await.status, 200);
    }

    async fn unknown_disabled_and_wrong_are_one_answer(house: House) {
        let (member, gone) = (house.data.member(Role::Admin), house.data.member(Role::Admin));
        house.data.operator().disable_account(Authority::CommandLine, gone.id).unwrap();
        let app = closed(&house);
        let face = async |email: &str, password: &str| {
            let reply = Visitor::at(&app.url()).sign_in(email, password).await;
            assert_eq!(reply.status, 401, "{email}");
            assert_has(&text(&reply.body), &["Wrong e-mail or password"]);
            let (status, headers, body) = reply.face();
            let headers: Vec<_> = headers.into_iter().filter(|(name, _)| name != "content-length").collect();
            (status, headers, body.replace(email, "(typed)"))
        };
        let wrong = face(&member.email, "not the password").await;
        assert_eq!(face("nobody@firm.example", "not the password").await, wrong);
        assert_eq!(face(&gone.email, "not the password").await, wrong);
        assert_eq!(face(&gone.email, gone.password.reveal()).await, wrong);
        assert_eq!(face("no address", "x").await, wrong);
        assert_eq!(face(&member.email, &"x".repeat(2000)).await, wrong);
        assert_eq!(app.verifications(), 4, "an unknown address costs the work of a known one");
    }

    async fn what_is_no_form_is_said_to_be_none(house: House) {
        let app = closed(&house);
        let visitor = Visitor::at(&app.url());
        assert_eq!(visitor.submit("/login", &[("email", "ada@firm.example")]).await.status, 400);
        assert_eq!(visitor.submit("/login", &[("password", "x")]).await.status, 400);
        assert_eq!(visitor.submit("/login", &[]).await.status, 400);
        let long = "x".repeat(5000);
        assert_eq!(visitor.submit("/login", &[("email", "a@b.example"), ("password", &long)]).await.status, 413);
        for headers in [&[("sec-fetch-site", "cross-site")], &[("origin", "http://evil.example")]] {
            let body = "email=a%40b.example&password=x".to_owned();
            assert_eq!(visitor.post("/login", body, headers).await.status, 403);
        }
        // Over plain HTTP a browser says where the form stands, and nothing else.
        let own = app.url();
        let body = "email=a%40b.example&password=x".to_owned();
        assert_eq!(visitor.post("/login", body, &[("origin", &own)]).await.status, 401);
    }

    async fn signing_out_ends_it_in_this_browser(house: House) {
        let app = closed(&house);
        let staff = house.staff(&app, Role::Operator).await;
        assert_eq!(staff.get("/projects").await.status, 200);
        let reply = staff.submit("/logout", &[]).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/login"));
        assert!(staff.cookie_of("operator_session").is_none());
        assert_eq!(staff.get("/projects").await.status, 303);
    }

    async fn a_link_signs_nobody_out(house: House) {
        let app = closed(&house);
        let staff = house.staff(&app, Role::Operator).await;
        let page = staff.get("/logout").await;
        assert_eq!((page.status, page.header("set-cookie")), (200, ""));
        assert_has(&text(&page.body), &["Sign out?", "You are signed in as operator-"]);
        assert!(page.body.contains("<form method=\"post\" action=\"/logout\">"), "{}", page.body);
        for headers in [&[("sec-fetch-site", "cross-site")], &[("origin", "http://evil.example")]] {
            assert_eq!(staff.post("/logout", String::new(), headers).await.status, 403);
        }
        assert_eq!(staff.get("/projects").await.status, 200);
        // Whoever is not in has nothing to be asked.
        let nobody = Visitor::at(&app.url()).get("/logout").await;
        assert_eq!((nobody.status, nobody.header("location")), (303, "/login"));
    }

    async fn json_is_refused_as_json_and_forms_lead_back_to_their_page(house: House) {
        let app = closed(&house);
        let visitor = Visitor::at(&app.url());
        let refused = visitor.get("/api/slmm/SLM-101/status").await;
        assert_eq!((refused.status, &refused.json()["status"]), (401, &serde_json::json!(401)));
        for (path, login) in [
            ("/units", "/login?next=%2Funits"),
            ("/units/SLM-101/retire", "/login"),
            ("/clients/new", "/login?next=%2Fclients%2Fnew"),
        ] {
            let reply = visitor.submit(path, &[]).await;
            assert_eq!((reply.status, reply.header("location")), (303, login), "{path}");
        }
    }

    async fn who_makes_the_first_account_is_told_how(house: House) {
        let app = closed(&house);
        let visitor = Visitor::at(&app.url());
        let command = "portal-admin operator create";
        assert!(visitor.get("/login").await.body.contains(command));
        house.data.member(Role::Admin);
        assert!(visitor.get("/login").await.body.contains(command), "an admin makes no accounts");
        house.data.member(Role::Superadmin);
        assert!(!visitor.get("/login").await.body.contains(command));
    }

    async fn while_it_is_open_one_may_sign_in_and_is_known_by_it(house: House) {
        let member = house.data.member(Role::Operator);
        let app = house.office();
        let visitor = Visitor::at(&app.url());
        assert!(visitor.get("/projects").await.body.contains("href=\"/login\""));
        visitor.submit("/units", &[("unit", "SLM-101")]).await;
        house.clock().advance(Duration::from_secs(1));
        let visitor = visitor.signed_in(&member).await;
        let page = visitor.get("/projects").await;
        assert!(page.body.contains("Nobody is asked to sign in here"));
        assert!(page.body.contains("href=\"/profile\"") && !page.body.contains("href=\"/login\""));
        // No role is asked for while it is open.
        assert_eq!(visitor.submit("/units", &[("unit", "SLM-102")]).await.status, 303);
        let log = text(&visitor.get("/audit?what=unit.add").await.body);
        assert_has(&log, &[
            "operator 127.0.0.1 unit.add unit SLM-101",
            &format!("{} 127.0.0.1 unit.add unit SLM-102", member.email),
        ]);
    }

    async fn superadmins_are_asked_to_turn_the_second_factor_on(house: House) {
        let member = house.data.member(Role::Superadmin);
        let app = closed(&house);
        let visitor = Visitor::at(&app.url());
        let form = [("email", member.email.as_str()), ("password", member.password.reveal())];
        let reply = visitor.submit("/login?next=%2Funits", &form).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/login/welcome?next=%2Funits"));
        let page = visitor.get(reply.header("location")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("href=\"/profile\">Turn it on</a>"), "{}", page.body);
        assert!(page.body.contains("href=\"/units\">Not now</a>"), "{}", page.body);
        // Of nobody else is it asked.
        let admin = house.staff(&app, Role::Admin).await;
        assert_eq!(admin.get("/login/welcome?next=%2Funits").await.header("location"), "/units");
    }

    async fn a_saturated_verifier_says_so_and_counts_nothing(house: House) {
        let app = house.office_with(|options| {
            options.settings.access = Access::SignedIn;
            options.verifier_queue = 0;
            options.hash_params = HashParams::owasp();
        });
        let guesses = (0..40).map(|number| {
            let visitor = Visitor::at(&app.url());
            async move {
                let reply = visitor.sign_in(&format!("nobody-{number}@firm.example"), "guess").await;
                (reply.status, reply.header("retry-after").to_owned())
            }
        });
        let replies = join_all(guesses).await;
        let busy = replies.iter().filter(|(status, _)| *status == 503).count();
        assert!(replies.iter().all(|(status, after)| *status == 401 || (*status == 503 && after == "2")), "{replies:?}");
        assert!(busy > 0, "nothing was saturated");
        let counted = house.data.raw().number("SELECT coalesce(sum(failed_login_count), 0) FROM operator_unknown_logins");
        assert_eq!(usize::try_from(counted).unwrap(), 40 - busy, "what was not looked at was given back");
        assert!(Operator::has_superadmin(&house.data.operator()).is_ok());
    }
}
