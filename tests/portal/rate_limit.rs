//! How often one address may ask.

use std::time::Duration;

use testkit::{Engine, House, OnEngine, PortalApp, Reply, Visitor};
use web::RateLimit;

fn portal(house: &House) -> PortalApp {
    house.portal_with(|options| options.settings.rate_limit = RateLimit::USUAL)
}

/// Asks until a burst is used up; the answer is the first beyond.
async fn exhaust(visitor: &Visitor, path: &str) -> Reply {
    for number in 0..100 {
        let reply = visitor.get(path).await;
        assert_ne!(reply.status, 429, "request {number}");
    }
    visitor.get(path).await
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_a_burst_a_page_says_when_to_come_again() {
    let house = House::on(Engine::Sqlite);
    let app = portal(&house);
    let visitor = Visitor::of(&app).from_address("203.0.113.9");
    let refused = exhaust(&visitor, "/portal/access").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("referrer-policy"), "no-referrer");
    assert!(
        refused.body.contains("Too many requests"),
        "{}",
        refused.body
    );

    let problem = visitor.get("/portal/api/overview").await;
    assert_eq!(
        (problem.status, problem.json()["status"].as_i64()),
        (429, Some(429))
    );
    assert_eq!(problem.header("content-type"), "application/problem+json");

    // A page's files and the supervisor's questions are not counted.
    assert_eq!(visitor.get("/healthz").await.status, 200);
    assert_eq!(visitor.get("/portal/static/0/portal.css").await.status, 200);

    house.clock().advance(Duration::from_secs(1));
    for _ in 0..20 {
        assert_eq!(visitor.get("/portal/access").await.status, 200);
    }
    assert_eq!(visitor.get("/portal/access").await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_does_not_stand_in_another_s_way_nor_name_itself_anew() {
    let house = House::on(Engine::Sqlite);
    let site = house.data.site("Harbour Tower", "SLM-101");
    let app = portal(&house);
    let noisy = Visitor::of(&app).from_address("2001:db8:7:7::1");
    assert_eq!(exhaust(&noisy, "/portal/access").await.status, 429);
    for same in ["2001:db8:7:7::2", "198.51.100.1, 2001:db8:7:7::1"] {
        let reply = Visitor::of(&app)
            .from_address(same)
            .get("/portal/access")
            .await;
        assert_eq!(reply.status, 429, "{same}");
    }
    let calm = Visitor::of(&app)
        .from_address("203.0.113.9")
        .enter(&site.portal)
        .await;
    let overview = calm.get("/portal/api/overview").await.json();
    assert_eq!(overview["locations"][0]["name"], "North gate");
}
