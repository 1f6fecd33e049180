//! What is said when something is wrong.

use std::time::Duration;

use auth::Token;
use store::DatabaseOptions;
use testkit::{Engine, House, PortalApp, PortalOptions, Reply, Visitor, on_both_engines};

use super::canaries::Marked;
use super::log;
use super::secrets::Secrets;
use super::upstream::{self, Meter};

const OWN: [(&str, &str); 1] = [("sec-fetch-site", "same-origin")];

/// Words of those who built it, which no visitor should have to read.
const INSIDE: [&str; 12] = [
    "SQL",
    "sqlite",
    "postgres",
    "SLMM",
    "locked",
    "lock timeout",
    "relation",
    "table",
    "column",
    "panicked",
    "src/",
    "127.0.0.1",
];

fn expect(secrets: &Secrets, what: &str, reply: &Reply, status: u16) {
    assert_eq!(reply.status, status, "{what}: {}", reply.body);
    secrets.assert_absent(reply, what);
    let told = INSIDE.iter().filter(|word| reply.body.contains(**word));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [] as [&&str; 0],
        "{what}: {}",
        reply.body
    );
}

on_both_engines! {
    async fn an_error_says_nothing_of_the_inside(house: House) {
        let mut marked = Marked::of(house).await;
        upstream::say(&marked.house, "Canary-unit", Meter::Measuring);
        let app = marked.portal();
        let visitor = marked.enter(&app).await;
        let secrets = marked.secrets.clone().and(&marked.unlogged);
        let location = marked.site.location;
        for (path, status) in [
            (format!("/portal/api/location/{location}/history?hours=0"), 400),
            (format!("/portal/api/location/{location}/events?limit=x"), 400),
            ("/portal/events?status=open".into(), 400),
            ("/portal/api/nowhere".into(), 404),
            ("/portal/location/none".into(), 404),
            ("/portal/p/none".into(), 404),
            ("/portal/preview/none".into(), 404),
        ] {
            expect(&secrets, &path, &visitor.get(&path).await, status);
        }
        for path in ["/portal", "/portal/api/overview"] {
            expect(&secrets, path, &visitor.post(path, String::new(), &OWN).await, 405);
            expect(&secrets, path, &Visitor::of(&app).get(path).await, 401);
        }
    }

    async fn the_gate_says_nothing_but_the_projects_name(house: House) {
        let mut marked = Marked::of(house).await;
        let app = marked.portal();
        drop(marked.enter(&app).await);
        let secrets = marked.secrets.clone().and(&marked.unlogged);
        let link = marked.site.portal.link.as_str();
        let path = format!("/portal/p/{link}");
        let visitor = Visitor::of(&app).from_address("203.0.113.1");
        expect(&secrets, "prompt", &visitor.get(&path).await, 200);
        for (body, status) in [("pass=x", 400), (&*"x".repeat(5000), 413)] {
            expect(&secrets, "form", &visitor.post(&path, body.into(), &OWN).await, status);
        }
        let cross = [("sec-fetch-site", "cross-site")];
        expect(&secrets, "cross-site", &visitor.post(&path, "password=x".into(), &cross).await, 403);
        let nearly = format!("{}x", marked.site.portal.password.reveal());
        for status in [401, 401, 401, 401, 401, 429] {
            expect(&secrets, "guess", &visitor.knock(link, &nearly).await, status);
        }
        let ticket = marked.house.data.operator().issue_preview_ticket(marked.site.project).unwrap();
        let ticket = ticket.seal(&auth::Signer::new(&testkit::apps::test_key(), &[]));
        marked.unlogged.add("the ticket", &ticket);
        for status in [303, 404] {
            let reply = Visitor::of(&app).get(&format!("/portal/preview/{ticket}")).await;
            expect(&marked.secrets, "preview", &reply, status);
        }
        log::assert_without(&marked.unlogged);
    }

    async fn a_busy_or_broken_database_says_nothing_of_itself(house: House) {
        let mut marked = Marked::of(house).await;
        let first = marked.portal();
        let cookie = marked.enter(&first).await.cookie().unwrap();
        let hasty = DatabaseOptions {
            patience: Duration::from_secs(1),
            ..DatabaseOptions::new(marked.house.clock().clone())
        };
        let app = PortalApp::start(
            marked.house.data.another_with(hasty),
            &marked.house.slmm.base_url(),
            marked.house.clock().clone(),
            PortalOptions::default(),
        );
        let secrets = marked.secrets.clone().and(&marked.unlogged);
        let link = marked.site.portal.link.as_str();
        let visitor = Visitor::of(&app);
        let mut raw = marked.house.data.raw();
        raw.execute(match marked.house.data.engine() {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::PostgreSql => "BEGIN; LOCK TABLE login_failures IN ACCESS EXCLUSIVE MODE",
        });
        expect(&secrets, "busy", &visitor.knock(link, "guess").await, 503);
        raw.execute("ROLLBACK");

        raw.execute("UPDATE projects SET portal_password_hash = 'Canary-broken-hash', time_zone = 'Canary/Zone'");
        marked.unlogged.add("a broken hash", "Canary-broken-hash");
        let prompt = visitor.get(&format!("/portal/p/{link}")).await;
        expect(&secrets, "broken", &prompt, 500);
        raw.execute("ALTER TABLE monitoring_locations RENAME TO canary_locations");
        let signed_in = Visitor::of(&app).with_cookie(&cookie);
        for path in ["/portal", "/portal/api/overview"] {
            expect(&secrets, "missing table", &signed_in.get(path).await, 500);
        }
        log::assert_without(&marked.unlogged);
    }
}
