//! PostgreSQL itself is killed under everybody, and comes back.

use slmm_sim::SimConfig;
use testkit::{Installation, Postgres, TestDatabase, Viewer, Visitor};

use super::{AMPLE, Shop, eventually};

/// The status of what a visitor opens.
async fn opens(visitor: &Visitor, path: &str) -> u16 {
    visitor.get(path).await.status
}

/// While it is away nobody is signed out, nothing is "not found", and everybody is told to come
/// again; what is live goes on.
async fn is_told_calmly(shop: &Shop, viewer: &mut Viewer) {
    for path in [
        "/portal",
        "/portal/api/overview",
        &shop.path("live"),
        &shop.prompt(),
    ] {
        let reply = shop.visitor.get(path).await;
        assert_eq!(
            (reply.status, reply.header("retry-after")),
            (503, "2"),
            "{path}"
        );
        assert!(
            reply
                .body
                .contains("The service is busy. Try again in a moment."),
            "{}",
            reply.body
        );
        assert!(
            reply.header("set-cookie").is_empty(),
            "{path}: nobody is signed out"
        );
    }
    for path in [
        "/",
        "/projects",
        &format!("/projects/{}", shop.site.project),
    ] {
        assert_eq!(opens(&shop.staff, path).await, 503, "{path}");
    }
    let create = [("name", "Never"), ("client_name", "Nobody")];
    assert_eq!(
        shop.staff.submit("/projects/new", &create).await.status,
        503
    );
    assert_eq!(
        shop.knock("wrong").await,
        503,
        "nothing is checked that cannot be counted"
    );
    for visitor in [&shop.visitor, &shop.staff] {
        assert_eq!(opens(visitor, "/healthz").await, 200);
        assert_eq!(opens(visitor, "/readyz").await, 503);
    }
    for _ in 0..3 {
        viewer.frame("reading").await;
    }
}

/// All at once, and so often that no connection has time to be looked at for its age.
async fn recovers_under_load(shop: &Shop) {
    let visitors: Vec<_> = (0..16)
        .map(|_| shop.visitor.moves_to_address(&shop.portal))
        .collect();
    let looking = visitors.iter().map(|visitor| async {
        eventually("the portal reads again", async || {
            let status = opens(visitor, "/portal/api/overview").await;
            assert!(status == 200 || status == 503, "{status}");
            status == 200
        })
        .await;
    });
    futures_util::future::join_all(looking).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_goes_on_when_it_is_back() {
    let mut server = Postgres::start();
    let house = Installation::with(TestDatabase::on_server(&server), &SimConfig::default());
    let (mut portal, mut office, shop, mut viewer) = Shop::open(&house).await;
    for round in 0..2 {
        viewer.frame("reading").await;
        let name = format!("Acknowledged {round}");
        let fields = [("name", name.as_str()), ("client_name", "The Town")];
        assert_eq!(
            shop.staff.submit("/projects/new", &fields).await.status,
            303
        );
        assert_eq!(shop.knock("wrong").await, 401);

        server.kill();
        is_told_calmly(&shop, &mut viewer).await;
        server.start_again();

        recovers_under_load(&shop).await;
        // What was acknowledged a moment before is there, and counts.
        let counted = house.data.raw().number("SELECT count FROM login_failures");
        assert_eq!(counted, round + 1);
        eventually("staff are served", async || {
            opens(&shop.staff, "/projects").await == 200
        })
        .await;
        assert!(shop.staff.get("/projects").await.body.contains(&name));
        assert!(!shop.staff.get("/projects").await.body.contains("Never"));
        assert_eq!(opens(&shop.visitor, "/readyz").await, 200);
    }
    revocation_reaches_sockets(&shop, viewer).await;
    assert!(portal.is_running() && office.is_running());
    assert!(portal.stop().success() && office.stop().success());
}

/// The portal listens again for what ends sessions.
async fn revocation_reaches_sockets(shop: &Shop, mut viewer: Viewer) {
    let mut second = shop.watches().await;
    let disable = format!("/projects/{}/portal-access/disable", shop.site.project);
    assert_eq!(shop.staff.submit(&disable, &[]).await.status, 200);
    let closing = async { (viewer.closed().await, second.closed().await) };
    let closed = tokio::time::timeout(AMPLE, closing).await;
    assert_eq!(closed.expect("soon"), (4401, 4401));
    assert_eq!(opens(&shop.visitor, "/portal/api/overview").await, 401);
    tokio::time::timeout(AMPLE, shop.visitor.get("/portal"))
        .await
        .expect("an answer");
}
