//! The portal under the least rights that it can do with.

use testkit::{Engine, Installation, OnEngine};

use super::{Server, site, until};

/// Every page, every answer.
const PATHS: [&str; 5] = [
    "/portal",
    "/portal/events",
    "/portal/api/overview",
    "/portal/api/events",
    "/readyz",
];
const OF_LOCATION: [&str; 6] = [
    "/portal/location/{id}",
    "/portal/location/{id}/levels.csv",
    "/portal/api/location/{id}/live",
    "/portal/api/location/{id}/history?hours=2",
    "/portal/api/location/{id}/events",
    "/portal/api/location/{id}/thresholds",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_portal_works_with_the_rights_of_its_role() {
    let house = Installation::on(Engine::PostgreSql);
    let site = site(&house, "Harbour Tower", &["SLM-101"]);
    let role = house.data.url_of_portal_role().to_string();
    let portals = [(); 2].map(|()| Server::portal(house.portal().setting("DATABASE_URL", &role)));
    let office = Server::office(&house);
    let mut raw = house.data.raw();

    // The gate: a wrong guess is counted, a success clears it, is noted, and hardens the hash.
    let link = site.portal.link.as_str();
    let visitor = portals[0].visitor();
    assert_eq!(visitor.knock(link, "wrong").await.status, 401);
    assert_eq!(raw.number("SELECT sum(count) FROM login_failures"), 1);
    let visitor = visitor.enter(&site.portal).await;
    assert_eq!(raw.number("SELECT count(*) FROM login_failures"), 0);
    assert_eq!(
        raw.number("SELECT count(*) FROM projects WHERE portal_opened_from = '127.0.0.1'"),
        1
    );
    until("a harder hash", async || {
        let hash = house
            .data
            .raw()
            .text("SELECT portal_password_hash FROM projects");
        hash.is_some_and(|hash| hash.contains("m=19456,t=2"))
    })
    .await;

    // What is behind it, at both.
    let id = site.location.to_string();
    let of_location = OF_LOCATION.map(|path| path.replace("{id}", &id));
    let paths = PATHS
        .iter()
        .copied()
        .chain(of_location.iter().map(String::as_str));
    for path in paths {
        for portal in &portals {
            let reply = portal.takes_in(&visitor).get(path).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        }
    }
    let mut viewer = portals[1]
        .takes_in(&visitor)
        .watch(site.location)
        .await
        .unwrap();
    viewer.frame("reading").await;

    // Staff's preview, and what staff read of the processes.
    let staff = office.visitor();
    let project = format!("/projects/{}", site.project);
    let reply = staff.get(&format!("{project}/portal-preview")).await;
    let ticket = reply
        .header("location")
        .strip_prefix("http://127.0.0.1:8000")
        .unwrap();
    assert_eq!(portals[1].visitor().get(ticket).await.status, 303);
    assert_eq!(portals[0].visitor().get(ticket).await.status, 404);
    until("both are counted", async || {
        let told = staff.get(&project).await.body;
        told.contains("1 person is watching now.") || told.contains("2 people are watching now.")
    })
    .await;

    // Closed: heard of, at once.
    let reply = staff
        .submit(&format!("{project}/portal-access/disable"), &[])
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(
        portals[0].takes_in(&visitor).get("/portal").await.status,
        401
    );
    assert_eq!(viewer.closed().await, 4401);

    for portal in portals {
        let log = portal.running.log();
        assert!(portal.running.stop().success());
        let wrong = log
            .lines()
            .find(|line| line.contains("\"ERROR\"") || line.contains("permission"));
        assert_eq!(wrong, None);
    }
    let left = raw.number("SELECT count(*) FROM portal_processes");
    assert_eq!(left, 0, "what they reported was taken back");
}
