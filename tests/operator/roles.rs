//! Every route of the operator app, and who is let through.

use std::collections::BTreeSet;

use auth::{OperatorSession, Role, SecondFactorDue, Signer, Token};
use domain::Clock;
use reqwest::Method;
use store_operator::Authority;
use testkit::{House, Member, OperatorApp, Reply, Visitor, on_both_engines};
use web_operator::{Access, routes::TABLE};

use super::asked::{ASKED, Door};

/// Somebody at the door.
struct Asker {
    name: &'static str,
    cookie: Option<String>,
    /// What they may; `None` for who is not signed in.
    role: Option<Role>,
}

fn signer() -> Signer {
    Signer::new(&testkit::apps::test_key(), &[])
}

async fn session_of(app: &OperatorApp, member: &Member) -> String {
    let visitor = Visitor::at(&app.url()).signed_in(member).await;
    visitor.cookie_of("operator_session").unwrap()
}

async fn askers(house: &House, app: &OperatorApp) -> Vec<Asker> {
    let mut askers = vec![Asker {
        name: "nobody",
        cookie: None,
        role: None,
    }];
    for role in Role::ALL {
        let cookie = session_of(app, &house.data.member(role)).await;
        askers.push(Asker {
            name: role.as_str(),
            cookie: Some(cookie),
            role: Some(role),
        });
    }
    let site = house.data.site("Harbour Tower", "SLM-101");
    let portal = house.data.session(&site.portal).await.seal(&signer());
    let ticket = house
        .data
        .operator()
        .issue_preview_ticket(site.project)
        .unwrap();
    let (gone, reset) = (
        house.data.member(Role::Superadmin),
        house.data.member(Role::Superadmin),
    );
    let of_gone = session_of(app, &gone).await;
    let before = session_of(app, &reset).await;
    let operator = house.data.operator();
    operator
        .disable_account(Authority::CommandLine, gone.id)
        .unwrap();
    let valid_from = operator
        .sign_out_everywhere(Authority::CommandLine, reset.id)
        .unwrap();
    let now = house.clock().now();
    let due = SecondFactorDue {
        user: reset.id,
        issued_at: now,
        valid_from,
        sign_ins: 0,
    }
    .seal(&signer());
    let stranger = auth::SecretKey::random(&testkit::SeededRandom::new(1)).unwrap();
    let forged = OperatorSession::new(reset.id, valid_from, now).seal(&Signer::new(&stranger, &[]));
    let outsiders = [
        ("a disabled superadmin", of_gone),
        ("a session from before", before),
        ("a portal's session", portal),
        ("a preview ticket", ticket.seal(&signer())),
        ("the first of two steps", due),
        ("a forged session", forged),
        ("noise", "x".repeat(3000)),
    ];
    let outsider = |(name, cookie)| Asker {
        name,
        cookie: Some(cookie),
        role: None,
    };
    askers.extend(outsiders.map(outsider));
    askers
}

async fn ask(visitor: &Visitor, method: &str, path: &str) -> Reply {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let request = visitor
        .request(method, path)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    visitor.send(request).await
}

/// What the answer says of who asked.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    /// To sign in.
    SignIn,
    /// That it takes more.
    TooLittle,
    /// Whatever the route has to say.
    Something,
}

fn told(reply: &Reply) -> Told {
    match reply.status {
        401 => {
            assert!(
                reply
                    .header("content-type")
                    .starts_with("application/problem+json")
            );
            Told::SignIn
        }
        303 if reply.header("location").starts_with("/login") => Told::SignIn,
        403 if reply.body.contains("This takes the role ") => Told::TooLittle,
        _ => Told::Something,
    }
}

fn due(door: Door, asker: &Asker) -> Told {
    match (door, asker.role) {
        (Door::Open, _) => Told::Something,
        (Door::Least(_), None) => Told::SignIn,
        (Door::Least(least), Some(role)) if role < least => Told::TooLittle,
        (Door::Least(_), Some(_)) => Told::Something,
    }
}

#[test]
fn every_route_is_asked() {
    let of_table = |(methods, path): &(&'static str, &'static str)| {
        let names = methods
            .split(' ')
            .map(|entry| entry.split(':').next().unwrap());
        names.map(|name| (name, *path)).collect::<Vec<_>>()
    };
    let there: BTreeSet<_> = TABLE.iter().flat_map(of_table).collect();
    let asked: BTreeSet<_> = ASKED
        .iter()
        .map(|(method, path, _)| (*method, *path))
        .collect();
    assert_eq!(
        there, asked,
        "say in operator/asked.rs who may use a new route"
    );
    assert_eq!(asked.len(), ASKED.len(), "something is asked twice");
}

on_both_engines! {
    async fn each_route_lets_through_whom_it_should(house: House) {
        let app = house.office_with(|options| options.settings.access = Access::SignedIn);
        for asker in askers(&house, &app).await {
            for (method, pattern, door) in ASKED {
                let path = pattern
                    .replace("{unit_id}", "SLM-999")
                    .replace("{hash}/{file}*", "0/operator.css")
                    .replace("{status}", "archived")
                    .replace("{act}", "close")
                    .replace("{rule_id}", "1")
                    .replace("{event_id}", "1")
                    .replace("{id}", "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01")
                    .replace("{location}", "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e02")
                    .replace("{stay}", "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e03");
                let mut visitor = Visitor::at(&app.url());
                if let Some(cookie) = &asker.cookie {
                    visitor = visitor.with_cookie_of("operator_session", cookie);
                }
                let reply = ask(&visitor, method, &path).await;
                let context = format!("{method} {path} asked by {}: {} {}", asker.name, reply.status, reply.body);
                assert!(reply.status < 500 || reply.status == 502, "{context}");
                assert_eq!(reply.header("x-frame-options"), "DENY", "{context}");
                // Where these lead is their own business.
                if !["/logout", "/login/code"].contains(pattern) {
                    assert_eq!(told(&reply), due(*door, &asker), "{context}");
                }
            }
        }
    }

    async fn a_path_written_otherwise_is_the_same_route(house: House) {
        let app = house.office_with(|options| options.settings.access = Access::SignedIn);
        let (nobody, operator) = (Visitor::at(&app.url()), house.staff(&app, Role::Operator).await);
        let refused = ask(&operator, "GET", "/clients/new").await;
        assert_eq!((refused.status, told(&refused)), (403, Told::TooLittle));
        for path in ["/clients/%6Eew", "/%63lients/new", "/projects/%6eew", "/units/%6Eew"] {
            assert_eq!(told(&ask(&operator, "GET", path).await), Told::TooLittle, "{path}");
        }
        for path in ["/login/", "/loginx", "/static", "/Static/x", "/healthz/x", "//static/x", "/nowhere"] {
            assert_eq!(told(&ask(&nobody, "GET", path).await), Told::SignIn, "{path}");
            assert_eq!(ask(&operator, "GET", path).await.status, 404, "{path}");
        }
        for path in ["/static/../projects", "/static/..%2fprojects", "/login/../projects", "/login/%2e%2e/projects"] {
            let reply = ask(&nobody, "GET", path).await;
            assert!(reply.status != 200, "{path}: {}", reply.body);
        }
        assert_eq!(told(&ask(&operator, "HEAD", "/projects").await), Told::Something);
        assert_eq!(ask(&nobody, "HEAD", "/projects").await.status, 303);
    }

    async fn what_somebody_may_not_do_is_not_offered(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.office_with(|options| options.settings.access = Access::SignedIn);
        let pages = [
            (format!("/projects/{}", site.project), "New password"),
            ("/projects".to_owned(), "New project"),
            ("/clients".to_owned(), "New client"),
            ("/units".to_owned(), "New meter"),
            ("/units/SLM-101".to_owned(), "Take it out of use"),
        ];
        for role in Role::ALL {
            let staff = house.staff(&app, role).await;
            for (path, act) in &pages {
                let page = staff.get(path).await;
                assert_eq!(page.status, 200, "{path}");
                assert_eq!(page.body.contains(act), role >= Role::Admin, "{role}: {act}");
                assert_eq!(page.body.contains("href=\"/accounts\""), role == Role::Superadmin);
                assert!(page.body.contains(&format!("{role} number ")), "{}", page.body);
                assert!(!page.body.contains("Nobody is asked to sign in here"));
            }
        }
    }
}
