//! A project's portal by plain forms.

use testkit::{House, Visitor, on_both_engines};

use super::staff::{Staff, is_silent_of, says};

/// The value of a read-only field.
fn value(page: &str, field: &str) -> String {
    let start = format!("<input id=\"{field}\" type=\"text\" readonly value=\"");
    let value = page
        .split_once(&start)
        .and_then(|(_, rest)| rest.split('"').next());
    value
        .unwrap_or_else(|| panic!("no {field}: {page}"))
        .to_owned()
}

fn token(link: &str) -> &str {
    link.strip_prefix("http://127.0.0.1:8000/portal/p/")
        .expect("a link of the portal")
}

on_both_engines! {
    async fn opening_shows_link_and_password_once(house: House) {
        let project = format!("/projects/{}", house.data.project("Harbour Tower"));
        let staff = Staff::of(&house);
        let closed = staff.opens(&project).await;
        says(&closed, &["aria-checked=\"false\"", "Nobody can look at this project", "password that is shown once"]);
        let reply = staff.sends(&format!("{project}/portal/open"), &[]).await;
        assert_eq!((reply.status, reply.header("location")), (200, ""));
        assert!(reply.header("cache-control").contains("no-store"), "{:?}", reply.headers);
        let (link, password) = (value(&reply.body, "link"), value(&reply.body, "password"));
        says(&reply.body, &["shown this once", "I have sent it", "data-copy=\"password\" hidden"]);

        let portal = house.portal();
        let guest = Visitor::of(&portal);
        assert_eq!(guest.knock(token(&link), &password).await.status, 303);
        let page = staff.opens(&project).await;
        says(&page, &["aria-checked=\"true\"", &link, "Last opened ", "/portal-preview"]);
        is_silent_of(&page, &[&password]);

        // Once more makes nothing new.
        assert_eq!(staff.does(&format!("{project}/portal/open"), &[]).await, format!("{project}#portal"));
        assert_eq!(guest.get("/portal").await.status, 200);
    }

    async fn each_act_asks_first_and_asking_does_nothing(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let staff = Staff::of(&house);
        let path = |act: &str| format!("/projects/{}/portal/{act}", site.project);
        let before = house.data.operator().portal_show(site.project).unwrap();
        for act in ["close", "password", "link"] {
            let page = staff.opens(&path(act)).await;
            says(&page, &["will be signed out", &format!("action=\"{}\"", path(act))]);
        }
        let after = house.data.operator().portal_show(site.project).unwrap();
        assert_eq!((after.epoch, after.enabled), (before.epoch, true));
        assert_eq!(staff.tries(&path("nothing")).await.status, 404);
        assert_eq!(staff.tries(&path("open")).await.status, 405);
    }

    async fn a_new_password_a_new_link_and_the_end(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let staff = Staff::of(&house);
        let project = format!("/projects/{}", site.project);
        let portal = house.portal();
        let guest = Visitor::of(&portal).enter(&site.portal).await;

        let reply = staff.sends(&format!("{project}/portal/password"), &[]).await;
        assert_eq!(reply.status, 200);
        let (link, password) = (value(&reply.body, "link"), value(&reply.body, "password"));
        assert_eq!(token(&link), site.portal.link.as_str());
        assert_eq!(guest.get("/portal/api/overview").await.status, 401);
        assert_eq!(guest.knock(token(&link), &password).await.status, 303);

        assert_eq!(staff.does(&format!("{project}/portal/link"), &[]).await, format!("{project}#portal"));
        let new = value(&staff.opens(&project).await, "link");
        assert_ne!(new, link);
        assert_eq!(guest.get("/portal/api/overview").await.status, 401);
        assert_eq!(guest.knock(token(&link), &password).await.status, 404);
        assert_eq!(guest.knock(token(&new), &password).await.status, 303);

        assert_eq!(staff.does(&format!("{project}/portal/close"), &[]).await, format!("{project}#portal"));
        let page = staff.opens(&project).await;
        says(&page, &["aria-checked=\"false\"", "the one that was sent earlier"]);
        is_silent_of(&page, &[&new]);
        assert_eq!(guest.get("/portal/api/overview").await.status, 401);
        assert_eq!(guest.knock(token(&new), &password).await.status, 404);
        // A password made while it is closed holds once it is open.
        let reply = staff.sends(&format!("{project}/portal/password"), &[]).await;
        says(&reply.body, &["The portal is closed"]);
    }
}
