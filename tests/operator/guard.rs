//! Who comes in, and what is there.

use testkit::{House, Visitor, on_both_engines};
use web_operator::Access;

on_both_engines! {
    async fn only_pages_of_its_own_change_anything(house: House) {
        let project = house.data.project("Harbour Tower");
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let path = format!("/projects/{project}/portal-access/enable");
        let foreign: &[&[(&str, &str)]] = &[
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "http://evil.example")],
            &[("origin", "null")],
            &[],
        ];
        for headers in foreign {
            let reply = staff.post(&path, String::new(), headers).await;
            assert_eq!(reply.status, 403, "{headers:?}: {}", reply.body);
            assert_eq!(reply.header("x-frame-options"), "DENY", "{headers:?}");
            assert_eq!(reply.json()["status"], 403, "{headers:?}");
        }
        assert!(!house.data.operator().portal_show(project).unwrap().enabled);
        let own = [("origin", app.url())];
        let own: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(staff.post(&path, String::new(), &own).await.status, 200);
    }

    async fn a_strangers_name_leads_nowhere(house: House) {
        // Over TLS a browser has seen a certificate for the name; while it is open that is not enough.
        for (access, cookie_secure, led) in [
            (Access::Open, false, false),
            (Access::Open, true, false),
            (Access::SignedIn, false, false),
            (Access::SignedIn, true, true),
        ] {
            let app = house.office_with(|options| {
                options.settings.access = access;
                options.settings.cookie_secure = cookie_secure;
            });
            let staff = Visitor::at(&app.url());
            let at = async |method: reqwest::Method, host: &str, path: &str| {
                let request = staff.request(method, path).header("host", host);
                let request = request.header("origin", format!("http://{host}"));
                staff.send(request).await.status
            };
            for host in ["evil.example.com", "127.0.0.1.evil.example"] {
                let context = format!("{host}, {access:?}, TLS {cookie_secure}");
                let status = at(reqwest::Method::GET, host, "/login").await;
                assert_eq!(status, if led { 200 } else { 403 }, "{context}");
                let status = at(reqwest::Method::POST, host, "/login").await;
                assert_eq!(status, if led { 400 } else { 403 }, "{context}");
            }
            assert_eq!(at(reqwest::Method::GET, "noise-server.lan", "/login").await, 200);
        }
    }

    async fn what_is_there_answers_and_nothing_else_does(house: House) {
        let project = house.data.project("Harbour Tower");
        let app = house.office();
        let staff = Visitor::at(&app.url());
        for path in ["/", "/projects", "/clients", "/healthz", "/readyz"] {
            assert_eq!(staff.get(path).await.status, 200, "{path}");
        }
        let gone = format!("/projects/{project}/nowhere");
        for path in ["/nowhere", "/portal", "/projects/1/portal-access", &gone] {
            assert_eq!(staff.get(path).await.status, 404, "{path}");
        }
    }

    async fn no_page_is_compressed_for_links_and_passwords_stand_in_them(house: House) {
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let request = staff.request(reqwest::Method::GET, "/projects").header("accept-encoding", "gzip, br");
        let reply = request.send().await.unwrap();
        assert_eq!((reply.status().as_u16(), reply.headers().get("content-encoding")), (200, None));
        assert!(reply.text().await.unwrap().len() > 1024, "short pages would prove nothing");
    }
}
