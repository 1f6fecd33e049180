//! What every answer carries, whatever it answers.

use testkit::{House, Visitor, on_both_engines};

on_both_engines! {
    async fn every_answer_carries_the_security_headers(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let paths = [
            "/", "/healthz", "/readyz", "/nowhere", "/portal", "/portal/", "/portal/access", "/portal/events",
            "/portal/api/overview", "/portal/api/nowhere", "/portal/p/none", "/portal/static/x/portal.css",
            "/portal/static/x/none", "/portal/location/none", "/portal/enter/x", "/portal/open/x", "/metrics",
        ];
        for path in paths {
            let reply = visitor.get(path).await;
            for (name, value) in [
                ("referrer-policy", "no-referrer"),
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("x-robots-tag", "noindex, nofollow"),
            ] {
                assert_eq!(reply.header(name), value, "{path}");
            }
            let policy = reply.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'"), "{path}");
            assert!(!policy.contains("unsafe"), "{path}");
            assert!(!reply.header("permissions-policy").is_empty(), "{path}");
            assert!(reply.header("strict-transport-security").is_empty(), "{path}: not over plain HTTP");
            let stored = path.starts_with("/portal/static") && reply.status == 200;
            assert_eq!(reply.header("cache-control").contains("no-store"), !stored, "{path}");
        }
    }

    async fn what_is_not_there_is_not_found(house: House) {
        let app = house.portal();
        let visitor = Visitor::of(&app);
        assert_eq!(visitor.get("/").await.header("location"), "/portal");
        assert_eq!(visitor.get("/").await.status, 308);
        for path in ["/nowhere", "/portal/enter/x", "/portal/open/x", "/projects", "/login", "/static/x", "/portal/p", "/_styleguide", "/portal/_styleguide"] {
            let reply = visitor.get(path).await;
            assert_eq!((reply.status, reply.header("content-type")), (404, "text/html; charset=utf-8"), "{path}");
        }
        let reply = visitor.get("/portal/api/nowhere").await;
        assert_eq!((reply.status, reply.header("content-type")), (404, "application/problem+json"));
        assert_eq!(reply.json()["status"], 404);
        let reply = visitor.post("/portal", String::new(), &[]).await;
        assert_eq!(reply.status, 405);
    }

    async fn static_files_are_kept_for_ever_under_their_hash(house: House) {
        let app = house.portal();
        let visitor = Visitor::of(&app);
        let page = visitor.get("/portal/access").await.body;
        let path = page.split('"').find(|text| text.ends_with("/portal.css")).unwrap().to_owned();
        let reply = visitor.get(&path).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "text/css; charset=utf-8"));
        assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
        let etag = reply.header("etag").to_owned();
        let again = visitor.send(visitor.request(reqwest::Method::GET, &path).header("if-none-match", &etag)).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""));
        for (accepted, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("x", "")] {
            let request = visitor.request(reqwest::Method::GET, &path).header("accept-encoding", accepted);
            let reply = request.send().await.unwrap();
            let got = reply.headers().get("content-encoding").map_or("", |value| value.to_str().unwrap());
            assert_eq!(got, encoding, "{accepted}");
        }
        assert_eq!(visitor.get("/portal/static/0/portal.css").await.header("cache-control"), "no-cache");
        for bad in ["/portal/static/0/..%2f..%2fCargo.toml", "/portal/static/0/", "/portal/static/0/none.css"] {
            assert_eq!(visitor.get(bad).await.status, 404, "{bad}");
        }
    }

    async fn a_page_is_compressed_for_whoever_reads_that(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let plain = visitor.get("/portal").await;
        assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
        let request = visitor.request(reqwest::Method::GET, "/portal").header("accept-encoding", "br, gzip");
        let reply = request.send().await.unwrap();
        assert_eq!(reply.headers()["content-encoding"], "gzip");
        let packed = reply.bytes().await.unwrap();
        assert_eq!(packed[..2], [0x1f, 0x8b]);
        assert!(packed.len() * 3 < plain.body.len(), "{} of {}", packed.len(), plain.body.len());
    }

    async fn map_tiles_are_the_one_thing_from_elsewhere_and_only_if_chosen(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let tiles = web::MapTiles::new("https://tiles.example.org/{z}/{x}/{y}.png".parse().unwrap(), "\u{a9} <Survey>");
        let app = house.portal_with(|options| options.settings.map = Some(tiles));
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let page = visitor.get("/portal").await;
        let policy = page.header("content-security-policy");
        assert!(policy.ends_with("img-src 'self' data: https://tiles.example.org"), "{policy}");
        assert_eq!(policy.matches("tiles.example.org").count(), 1);
        let plain = house.portal();
        let policy = visitor.moves_to(&plain).get("/portal").await;
        assert!(policy.header("content-security-policy").ends_with("img-src 'self' data:"));
    }

    async fn health_tells_the_supervisor_what_it_needs(house: House) {
        let app = house.portal();
        let visitor = Visitor::of(&app);
        assert_eq!(visitor.get("/healthz").await.status, 200);
        let ready = visitor.get("/readyz").await;
        assert_eq!((ready.status, ready.json()["slmm"].clone()), (200, "reachable".into()));
        house.sim().set_down(true);
        house.clock().advance(std::time::Duration::from_secs(60));
        let ready = visitor.get("/readyz").await;
        assert_eq!((ready.status, ready.json()["slmm"].clone()), (200, "unreachable".into()));
    }
}
