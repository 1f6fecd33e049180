//! The table: every route, asked by everybody who may not.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::{House, Reply, on_both_engines};

use super::askers::{Asker, Due};
use super::routes::{self, Ask, Door};
use super::scene::Scene;

on_both_engines! {
    async fn every_route_tells_everybody_what_is_due_and_no_more(house: House) {
        let scene = Scene::of(house).await;
        let nobody = &scene.askers[0];
        for ask in routes::every() {
            let path = path_of(&scene, &ask);
            for method in ask.methods.split(' ') {
                let told_nobody = scene.ask(nobody, method, &path).await;
                for asker in &scene.askers {
                    let context = format!("{method} {path} by {}", asker.name);
                    let reply = scene.ask(asker, method, &path).await;
                    check(&scene, &ask, asker, &reply, &told_nobody, &context);
                    if method == "GET" {
                        let head = scene.ask(asker, "HEAD", &path).await;
                        let (status, headers, _) = reply.face();
                        assert_eq!(head.face(), (status, headers, String::new()), "HEAD {context}");
                    }
                }
            }
        }
    }

    async fn what_is_hidden_is_there_to_be_seen(house: House) {
        let scene = Scene::of(house).await;
        let mut seen = BTreeSet::new();
        for ask in routes::private() {
            let reply = scene.ask(&scene.rightful, "GET", &path_of(&scene, &ask)).await;
            assert_eq!(reply.status, 200, "{ask:?}");
            seen.extend(scene.secrets.found_in(&reply.body).into_iter().map(str::to_owned));
        }
        let never = ["the project's id", "the meter's id", "the password"];
        let all = scene.secrets.names();
        let hidden: Vec<_> = all.iter().filter(|name| !seen.contains(**name)).collect();
        assert_eq!(hidden, never.iter().collect::<Vec<_>>());
    }

    async fn what_is_not_yours_does_not_exist(house: House) {
        let scene = Scene::of(house).await;
        let ids = scene.ids_of_nothing();
        for ask in routes::private().iter().filter(|ask| ask.names_location()) {
            let own = ask.about(&scene.other.location.to_string());
            assert_eq!(scene.ask(scene.other_client(), "GET", &own).await.status, 200, "{own}");
            let nowhere = match ask.door {
                Door::Json => "/portal/api/nowhere",
                _ => "/portal/nowhere",
            };
            let nothing = scene.ask(scene.other_client(), "GET", nowhere).await;
            for (reason, id) in &ids {
                let path = ask.about(id);
                let reply = scene.ask(scene.other_client(), "GET", &path).await;
                assert_eq!(reply.face(), nothing.face(), "{path:.120}: {reason}");
                not_found(ask, &reply, &path);
            }
        }
    }

    async fn no_route_takes_another_method_from_anybody(house: House) {
        let scene = Scene::of(house).await;
        for ask in routes::every() {
            let path = path_of(&scene, &ask);
            let taken: Vec<_> = ask.methods.split(' ').collect();
            for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
                if taken.contains(&method) { continue; }
                let told_nobody = scene.ask(&scene.askers[0], method, &path).await;
                assert_eq!(told_nobody.status, 405, "{method} {path}");
                for asker in scene.askers.iter().chain([&scene.rightful]) {
                    let reply = scene.ask(asker, method, &path).await;
                    assert_eq!(reply.face(), told_nobody.face(), "{method} {path} by {}", asker.name);
                }
            }
        }
    }
}

/// The path as asked for by those who may not: the site's location, its dead link, its used ticket.
fn path_of(scene: &Scene, ask: &Ask) -> String {
    let path = ask.about(&scene.site.location.to_string());
    path.replace("{link}", &scene.dead_link)
        .replace("{ticket}", &scene.dead_ticket)
}

fn check(
    scene: &Scene,
    ask: &Ask,
    asker: &Asker,
    reply: &Reply,
    told_nobody: &Reply,
    context: &str,
) {
    let prompt = format!("/portal/p/{}", scene.site.portal.link.as_str());
    scene.secrets.assert_absent(reply, context);
    let may_learn_link = asker.due == Due::Prompt && ask.door == Door::Page;
    if !may_learn_link {
        assert!(!format!("{reply:?}").contains(&prompt), "{context}");
    }
    match (ask.door, asker.due) {
        (Door::Open, _) => {
            assert!(reply.status < 400, "{context}: {}", reply.status);
            assert_eq!(reply.face(), told_nobody.face(), "{context}");
        }
        (Door::Secret, _) => {
            assert_eq!(reply.status, 404, "{context}");
            assert_eq!(reply.face(), told_nobody.face(), "{context}");
        }
        (Door::Socket, Due::OwnOnly) => {
            let words = "This request did not come from one of our own pages.";
            let due = problem(403, "Forbidden", words);
            assert_eq!((reply.status, reply.json()), (403, due), "{context}");
        }
        (_, Due::OwnOnly) if ask.names_location() => not_found(ask, reply, context),
        (_, Due::OwnOnly) => {
            assert_eq!(reply.status, 200, "{context}");
            assert!(reply.body.contains("Quay Street") || ask.door == Door::Json);
        }
        (Door::Page, Due::Prompt) => {
            assert_eq!(
                (reply.status, reply.header("location")),
                (303, &*prompt),
                "{context}"
            );
            assert_eq!(
                (&*reply.body, reply.header("set-cookie")),
                ("", ""),
                "{context}"
            );
        }
        (Door::Page, Due::Access) => {
            assert_eq!(
                (reply.status, reply.header("location")),
                (401, ""),
                "{context}"
            );
            assert!(reply.body.contains("You need your project"), "{context}");
            assert_eq!(reply.face(), told_nobody.face(), "{context}");
            is_signed_out(reply, context);
        }
        (Door::Json | Door::Socket, _) => {
            let due = problem(401, "Unauthorized", "The session has ended.");
            assert_eq!((reply.status, reply.json()), (401, due), "{context}");
            assert_eq!(reply.header("content-type"), "application/problem+json");
            assert_eq!(reply.face(), told_nobody.face(), "{context}");
            is_signed_out(reply, context);
        }
    }
}

fn is_signed_out(reply: &Reply, context: &str) {
    let due = "portal_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0";
    assert_eq!(reply.header("set-cookie"), due, "{context}");
}

fn not_found(ask: &Ask, reply: &Reply, context: &str) {
    assert_eq!(
        (reply.status, reply.header("set-cookie")),
        (404, ""),
        "{context}"
    );
    if ask.door == Door::Json {
        let due = problem(404, "Not Found", "There is nothing at this address.");
        assert_eq!(reply.json(), due, "{context}");
        assert_eq!(reply.header("content-type"), "application/problem+json");
    } else {
        assert!(
            reply.body.contains("There is nothing at this address."),
            "{context}"
        );
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    }
}

fn problem(status: u16, title: &str, detail: &str) -> Value {
    json!({"type": "about:blank", "title": title, "status": status, "detail": detail})
}
