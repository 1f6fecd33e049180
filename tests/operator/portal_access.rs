//! The JSON of portal access, and what it does to those who are in.

use serde_json::{Value, json};
use testkit::{House, OperatorApp, PortalApp, Visitor, on_both_engines};

/// Staff at work on one project's portal.
struct Desk {
    staff: Visitor,
    project: String,
    portal: PortalApp,
    _app: OperatorApp,
}

impl Desk {
    fn of(house: &House) -> Self {
        let app = house.office();
        Self {
            staff: Visitor::at(&app.url()),
            project: house.data.project("Harbour Tower").to_string(),
            portal: house.portal(),
            _app: app,
        }
    }

    fn path(&self, act: &str) -> String {
        format!("/projects/{}/portal-access{act}", self.project)
    }

    async fn shown(&self) -> Value {
        self.staff.get(&self.path("")).await.json()
    }

    async fn does(&self, act: &str) -> Value {
        let reply = self.staff.submit(&self.path(&format!("/{act}")), &[]).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(reply.header("cache-control"), "private, no-store");
        reply.json()
    }

    /// The status of whoever tries that password at that link.
    async fn knocks(&self, link: &str, password: &str) -> (u16, Visitor) {
        let visitor = Visitor::of(&self.portal);
        let reply = visitor.knock(link, password).await;
        (reply.status, visitor)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn token(link_url: &Value) -> String {
    let link = text(link_url).strip_prefix("http://127.0.0.1:8000/portal/p/");
    link.expect("a link of the portal").to_owned()
}

on_both_engines! {
    async fn enabling_makes_a_link_and_a_password_that_open_the_portal(house: House) {
        let desk = Desk::of(&house);
        let closed = json!({
            "enabled": false, "has_password": false, "link_url": null, "last_opened_at": null,
        });
        assert_eq!(desk.shown().await, closed);

        let opened = desk.does("enable").await;
        let (link, password) = (token(&opened["link_url"]), text(&opened["password"]).to_owned());
        assert_eq!(opened, json!({
            "enabled": true, "has_password": true,
            "link_url": opened["link_url"], "password": password,
        }));
        let (status, guest) = desk.knocks(&link, &password).await;
        assert_eq!((status, guest.get("/portal").await.status), (303, 200));
        assert_eq!(desk.shown().await, json!({
            "enabled": true, "has_password": true, "link_url": opened["link_url"],
            "last_opened_at": "2026-11-21T04:00:00Z",
        }));

        // Once more changes nothing and shows no password.
        let again = desk.does("enable").await;
        assert_eq!(again, json!({
            "enabled": true, "has_password": true,
            "link_url": opened["link_url"], "password": null,
        }));
        assert_eq!(guest.get("/portal").await.status, 200);
    }

    async fn a_new_password_ends_every_session(house: House) {
        let desk = Desk::of(&house);
        let opened = desk.does("enable").await;
        let (link, old) = (token(&opened["link_url"]), text(&opened["password"]).to_owned());
        let (_, guest) = desk.knocks(&link, &old).await;

        let made = desk.does("password").await;
        let new = text(&made["password"]).to_owned();
        assert_eq!(made, json!({ "password": new }));
        assert_eq!(guest.get("/portal/api/overview").await.status, 401);
        assert_eq!(desk.knocks(&link, &old).await.0, 401);
        assert_eq!(desk.knocks(&link, &new).await.0, 303);
    }

    async fn a_new_link_ends_the_old_one_and_its_sessions(house: House) {
        let desk = Desk::of(&house);
        let opened = desk.does("enable").await;
        let (link, password) = (token(&opened["link_url"]), text(&opened["password"]).to_owned());
        let (_, guest) = desk.knocks(&link, &password).await;

        let made = desk.does("rotate-link").await;
        let new = token(&made["link_url"]);
        assert_eq!(made, json!({ "link_url": made["link_url"] }));
        assert_eq!(guest.get("/portal/api/overview").await.status, 401);
        assert_eq!(desk.knocks(&link, &password).await.0, 404);
        assert_eq!(desk.knocks(&new, &password).await.0, 303);
    }

    async fn disabling_ends_everything_for_good(house: House) {
        let desk = Desk::of(&house);
        let opened = desk.does("enable").await;
        let (link, password) = (token(&opened["link_url"]), text(&opened["password"]).to_owned());
        let (_, guest) = desk.knocks(&link, &password).await;

        assert_eq!(desk.does("disable").await, json!({ "enabled": false }));
        assert_eq!(guest.get("/portal/api/overview").await.status, 401);
        assert_eq!(desk.knocks(&link, &password).await.0, 404);
        let shown = desk.shown().await;
        assert_eq!((&shown["enabled"], &shown["link_url"]), (&json!(false), &json!(null)));
        // Opened again, the earlier password holds, at a new link.
        let again = desk.does("enable").await;
        assert_eq!(again["password"], json!(null));
        assert_ne!(token(&again["link_url"]), link);
        assert_eq!(desk.knocks(&token(&again["link_url"]), &password).await.0, 303);
        assert_eq!(guest.get("/portal/api/overview").await.status, 401);
    }

    async fn a_preview_opens_the_portal_once(house: House) {
        let desk = Desk::of(&house);
        let path = format!("/projects/{}/portal-preview", desk.project);
        let closed = desk.staff.get(&path).await;
        assert_eq!(closed.status, 409);
        assert!(closed.body.contains("open it first"), "{}", closed.body);
        desk.does("enable").await;

        let reply = desk.staff.get(&path).await;
        assert_eq!(reply.status, 303);
        let ticket = reply.header("location").strip_prefix("http://127.0.0.1:8000").unwrap();
        let viewer = Visitor::of(&desk.portal);
        assert_eq!(viewer.get(ticket).await.status, 303);
        let page = viewer.get("/portal").await;
        assert!(page.status == 200 && page.body.contains("Harbour Tower"));
        assert_eq!(Visitor::of(&desk.portal).get(ticket).await.status, 404);
    }

    async fn the_portal_of_a_deleted_project_is_shown_closed(house: House) {
        let desk = Desk::of(&house);
        desk.does("enable").await;
        assert_eq!(desk.shown().await["enabled"], json!(true));
        let project = desk.project.parse().unwrap();
        house.data.operator().set_status(project, domain::ProjectStatus::Deleted).unwrap();
        let shown = desk.shown().await;
        assert_eq!((&shown["enabled"], &shown["link_url"]), (&json!(false), &Value::Null));
    }

    async fn a_project_that_is_none_is_not_found(house: House) {
        let desk = Desk::of(&house);
        for id in ["1", "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01"] {
            let reply = desk.staff.get(&format!("/projects/{id}/portal-access")).await;
            assert_eq!(reply.status, 404);
            assert_eq!(reply.header("content-type"), "application/problem+json");
            for act in ["enable", "password", "rotate-link", "disable"] {
                let reply = desk.staff.submit(&format!("/projects/{id}/portal-access/{act}"), &[]).await;
                assert_eq!((reply.status, reply.json()["status"].as_u64()), (404, Some(404)), "{act}");
            }
        }
    }
}
