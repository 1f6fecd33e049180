//! A flood at the sign-in holds up nobody who is at work.

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use auth::{HashParams, Role};
use futures_util::future::join_all;
use reqwest::Client;
use testkit::{House, OperatorApp, Visitor, on_both_engines};
use web_operator::{Access, Passwords};

use super::words::{assert_has, text};

/// An app with the product's own limit on attempts.
fn limited(house: &House) -> OperatorApp {
    house.office_with(|options| {
        options.settings.access = Access::SignedIn;
        options.tries = Passwords::TRIES;
    })
}

/// The status of a form that is sent from that address of this machine.
async fn from(address: &str, app: &OperatorApp, path: &str) -> u16 {
    let address: IpAddr = address.parse().unwrap();
    let client = Client::builder().local_address(address).build().unwrap();
    let request = client
        .post(format!("{}{path}", app.url()))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("email=nobody%40firm.example&password=guess");
    request.send().await.unwrap().status().as_u16()
}

on_both_engines! {
    async fn an_address_tries_so_often_and_no_more(house: House) {
        let member = house.data.member(Role::Operator);
        let app = limited(&house);
        let staff = Visitor::at(&app.url()).signed_in(&member).await;
        let guesser = Visitor::at(&app.url());
        // Both steps are one way in.
        for number in 1..20 {
            let (path, form, status): (_, &[_], _) = if number % 2 == 0 {
                ("/login", &[("email", "no address"), ("password", "x")], 401)
            } else {
                ("/login/code", &[("code", "123456")], 303)
            };
            assert_eq!(guesser.submit(path, form).await.status, status, "{number}");
        }
        for path in ["/login", "/login/code"] {
            let form = [("email", member.email.as_str()), ("password", member.password.reveal()), ("code", "123456")];
            let reply = guesser.submit(path, &form).await;
            assert_eq!((reply.status, reply.header("retry-after")), (429, "1"), "{path}");
            assert_has(&text(&reply.body), &["Too many requests from your network. Try again in 1 s."]);
            assert_eq!(guesser.get("/login").await.status, 200, "the page is no attempt");
        }
        assert_eq!(staff.get("/projects").await.status, 200, "who is in is no guesser");
        assert_eq!(from("127.0.0.2", &app, "/login").await, 401, "another address");
        house.clock().advance(Duration::from_secs(1));
        guesser.signed_in(&member).await;
    }

    async fn behind_a_proxy_each_address_has_tries_of_its_own(house: House) {
        let app = house.office_with(|options| {
            options.settings.access = Access::SignedIn;
            options.settings.trusted_proxies = "127.0.0.1".parse().unwrap();
            options.tries = Passwords::TRIES;
        });
        let guess = [("email", "no address"), ("password", "x")];
        let guesser = Visitor::at(&app.url()).from_address("192.0.2.1");
        for number in 0..20 {
            assert_eq!(guesser.submit("/login", &guess).await.status, 401, "{number}");
        }
        // What stands before the hop that the proxy saw is the guesser's own word.
        let forger = Visitor::at(&app.url()).from_address("198.51.100.9, 192.0.2.1");
        assert_eq!(forger.submit("/login", &guess).await.status, 429);
        let colleague = Visitor::at(&app.url()).from_address("192.0.2.2");
        assert_eq!(colleague.submit("/login", &guess).await.status, 401);
    }

    async fn passwords_are_changed_and_made_under_a_flood(house: House) {
        let member = house.data.member(Role::Admin);
        let project = house.data.project("Harbour Tower");
        let app = house.office_with(|options| {
            options.settings.access = Access::SignedIn;
            options.verifier_queue = 1;
            options.hash_params = HashParams::owasp();
        });
        let staff = Visitor::at(&app.url()).signed_in(&member).await;
        let refused = AtomicUsize::new(0);
        let guesses = (0..8).map(|number| {
            let (visitor, refused) = (Visitor::at(&app.url()), &refused);
            async move {
                loop {
                    let reply = visitor.sign_in(&format!("nobody-{number}@firm.example"), "guess").await;
                    if reply.status == 503 {
                        refused.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        });
        let work = async {
            while refused.load(Ordering::Relaxed) == 0 {
                assert_eq!(staff.get("/projects").await.status, 200);
            }
            let old = member.password.reveal();
            let form = [("password", old), ("new", "a better one, long"), ("again", "a better one, long")];
            let reply = staff.submit("/profile/password", &form).await;
            assert_eq!((reply.status, reply.header("location")), (303, "/profile?said=password"));
            for act in ["enable", "password"] {
                let path = format!("/projects/{project}/portal-access/{act}");
                let reply = staff.submit(&path, &[]).await;
                assert_eq!(reply.status, 200, "{act}: {}", reply.body);
                assert!(reply.json()["password"].is_string(), "{act}");
            }
        };
        tokio::select! {
            _ = join_all(guesses) => unreachable!(),
            () = work => {}
        }
    }
}
