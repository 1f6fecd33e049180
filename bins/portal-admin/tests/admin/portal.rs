//! Opening and closing portals.

use auth::LinkToken;
use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::desk::Desk;

fn project(desk: &Desk) -> String {
    desk.make(&["create-project", "--name", "Tower"])
}

/// The token of an answer's link.
fn token(answer: &Value) -> LinkToken {
    let url = answer["link_url"].as_str().unwrap();
    let token = url.strip_prefix("http://127.0.0.1:8000/portal/p/").unwrap();
    LinkToken::parse(token).unwrap()
}

fn password(answer: &Value) -> String {
    let password = answer["password"].as_str().unwrap().to_owned();
    assert!(password.len() >= 24, "{password}");
    password
}

/// Whether the gate lets somebody in by this link with this password.
async fn lets_in(desk: &Desk, link: &LinkToken, password: &str) -> bool {
    let gate = desk.data.database().gate_by_link(link).await.unwrap();
    let Some(gate) = gate else { return false };
    assert!(
        gate.password_hash()
            .as_str()
            .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
    );
    let verifier = auth::Verifier::new(1, 1, auth::HashParams::owasp(), desk.data.random().clone());
    let typed = auth::Password::candidate(password.to_owned()).unwrap();
    let verdict = verifier
        .verify(Some(gate.password_hash().clone()), typed)
        .await;
    matches!(verdict, Ok(auth::Verdict::Right { renewed: None }))
}

on_both_engines! {
    async fn a_portal_is_opened_with_a_link_and_a_password_that_let_in(desk: Desk) {
        project(&desk);
        let opened = desk.json(&["portal", "enable", "Tower"]);
        assert_eq!(opened.as_object().unwrap().len(), 3, "{opened}");
        assert_eq!(opened["enabled"], true);
        let (link, password) = (token(&opened), password(&opened));
        assert!(lets_in(&desk, &link, &password).await);
        assert!(!lets_in(&desk, &link, "something else").await);
        assert_eq!(desk.list("projects")[0]["portal_enabled"], true);
    }

    async fn opening_an_open_portal_changes_nothing_and_shows_no_password(desk: Desk) {
        project(&desk);
        let opened = desk.json(&["portal", "enable", "Tower"]);
        let again = desk.json(&["portal", "enable", "Tower"]);
        assert_eq!(
            again,
            json!({ "enabled": true, "link_url": opened["link_url"], "password": null })
        );
        assert!(lets_in(&desk, &token(&opened), &password(&opened)).await);
    }

    async fn a_new_password_replaces_the_old_one(desk: Desk) {
        project(&desk);
        let opened = desk.json(&["portal", "enable", "Tower"]);
        let changed = desk.json(&["portal", "password", "Tower"]);
        assert_eq!(changed.as_object().unwrap().len(), 1, "{changed}");
        let (link, old, new) = (token(&opened), password(&opened), password(&changed));
        assert!(lets_in(&desk, &link, &new).await);
        assert!(!lets_in(&desk, &link, &old).await);
    }

    async fn a_new_link_replaces_the_old_one(desk: Desk) {
        project(&desk);
        let opened = desk.json(&["portal", "enable", "Tower"]);
        let rotated = desk.json(&["portal", "rotate-link", "Tower"]);
        assert_eq!(rotated.as_object().unwrap().len(), 1, "{rotated}");
        let password = password(&opened);
        assert!(lets_in(&desk, &token(&rotated), &password).await);
        assert!(!lets_in(&desk, &token(&opened), &password).await);
    }

    async fn a_closed_portal_lets_nobody_in_and_is_opened_with_another_link(desk: Desk) {
        project(&desk);
        let opened = desk.json(&["portal", "enable", "Tower"]);
        assert_eq!(desk.json(&["portal", "disable", "Tower"]), json!({ "enabled": false }));
        let (old, password) = (token(&opened), password(&opened));
        assert!(!lets_in(&desk, &old, &password).await);

        let again = desk.json(&["portal", "enable", "Tower"]);
        assert_eq!(again["password"], Value::Null);
        assert_ne!(again["link_url"], opened["link_url"]);
        assert!(lets_in(&desk, &token(&again), &password).await);
        assert!(!lets_in(&desk, &old, &password).await);
    }

    async fn every_revoking_act_ends_the_sessions(desk: Desk) {
        project(&desk);
        let opened = desk.json(&["portal", "enable", "Tower"]);
        let mut link = token(&opened);
        for act in ["password", "rotate-link", "disable"] {
            let gate = desk.data.database().gate_by_link(&link).await.unwrap().unwrap();
            let session = gate.session(domain::Clock::now(&**desk.data.clock()));
            let is_live = async || {
                let check = desk.data.database().check_session(&session).await.unwrap();
                matches!(check, store::SessionCheck::Live(_))
            };
            assert!(is_live().await, "{act}");
            let answer = desk.json(&["portal", act, "Tower"]);
            assert!(!is_live().await, "{act}");
            if act == "rotate-link" {
                link = token(&answer);
            }
        }
    }

    async fn a_portal_is_shown_as_it_stands_without_its_password(desk: Desk) {
        project(&desk);
        assert_eq!(
            desk.json(&["portal", "show", "Tower"]),
            json!({ "enabled": false, "has_password": false, "link_url": null, "last_opened_at": null })
        );
        let opened = desk.json(&["portal", "enable", "Tower"]);
        assert_eq!(
            desk.json(&["portal", "show", "Tower"]),
            json!({ "enabled": true, "has_password": true, "link_url": opened["link_url"], "last_opened_at": null })
        );
        desk.json(&["portal", "disable", "Tower"]);
        assert_eq!(
            desk.json(&["portal", "show", "Tower"]),
            json!({ "enabled": false, "has_password": true, "link_url": null, "last_opened_at": null })
        );
    }

    async fn a_deleted_projects_portal_is_not_opened(desk: Desk) {
        let project = project(&desk);
        desk.json(&["set-status", &project, "deleted"]);
        for act in ["enable", "disable", "password", "rotate-link", "show"] {
            assert!(desk.refusal(&["portal", act, "Tower"]).contains("no project"), "{act}");
        }
        let words = desk.refusal(&["portal", "enable", &project]);
        assert_eq!(words, "project \"Tower\" is deleted: set its status to active first");
    }
}

#[test]
fn links_lead_where_the_portal_is_reached() {
    for (name, value, origin) in [
        (
            "PORTAL_PUBLIC_URL",
            "https://Portal.Example.com/",
            "https://portal.example.com/portal/p/",
        ),
        (
            "PORTAL_LISTEN",
            "127.0.0.1:9123",
            "http://127.0.0.1:9123/portal/p/",
        ),
    ] {
        let desk = Desk::new().with(name, value);
        project(&desk);
        for act in ["enable", "show", "rotate-link"] {
            let answer = desk.json(&["portal", act, "Tower"]);
            assert!(
                answer["link_url"].as_str().unwrap().starts_with(origin),
                "{answer}"
            );
        }
        let flag = desk.json(&[
            "portal",
            "show",
            "Tower",
            "--portal-public-url",
            "http://other.example",
        ]);
        assert!(
            flag["link_url"]
                .as_str()
                .unwrap()
                .starts_with("http://other.example/portal/p/")
        );
    }
}

#[test]
fn a_public_url_that_is_none_is_refused_where_it_is_needed_alone() {
    let desk = Desk::new().with("PORTAL_PUBLIC_URL", "portal.example.com/here");
    project(&desk);
    let words = desk.usage(&["portal", "show", "Tower"]);
    assert!(words.contains("https://portal.example.com"), "{words}");
}

#[test]
fn people_are_shown_a_password_once() {
    let desk = Desk::new();
    project(&desk);
    let words = desk.text(&["portal", "enable", "Tower"]);
    let lines: Vec<_> = words.lines().collect();
    assert_eq!(lines.len(), 3, "{words}");
    assert_eq!(lines[0], "the portal is open");
    assert!(lines[1].starts_with("link      http://127.0.0.1:8000/portal/p/"));
    assert!(lines[2].starts_with("password  ") && lines[2].ends_with(" (shown only now)"));
    let again = desk.text(&["portal", "enable", "Tower"]);
    assert!(again.ends_with("\npassword  the one it had\n"), "{again}");
    assert!(
        desk.text(&["portal", "password", "Tower"])
            .ends_with(" (shown only now)\n")
    );
    assert!(
        desk.text(&["portal", "rotate-link", "Tower"])
            .starts_with("link      http://")
    );
    let shown = desk.text(&["portal", "show", "Tower"]);
    assert!(
        shown.ends_with("\npassword  set\nlast used never\n"),
        "{shown}"
    );
    let closed = desk.text(&["portal", "disable", "Tower"]);
    assert_eq!(
        closed,
        "the portal is closed, and its link is dead for good\n"
    );
}
