//! A server that its supervisor tells to stop.

use slmm_sim::{Fault, Scope};
use testkit::{Engine, Installation, OnEngine};

use super::{Server, site, until};

/// Asks for a path on a connection of its own.
async fn status(url: &str, path: &str) -> Option<u16> {
    let answer = reqwest::get(format!("{url}{path}")).await;
    answer.ok().map(|answer| answer.status().as_u16())
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_so_serves_on_and_then_sends_its_viewers_away() {
    let house = Installation::on(Engine::Sqlite);
    let site = site(&house, "Harbour Tower", &["SLM-101"]);
    let mut portal = Server::portal(house.portal());
    let visitor = portal.visitor().enter(&site.portal).await;
    let mut viewer = visitor.watch(site.location).await.unwrap();
    viewer.frame("reading").await;
    assert_eq!(status(&portal.url, "/readyz").await, Some(200));

    portal.running.signal("TERM");
    portal.running.until("asked to stop");
    // Not ready, and served all the same: who comes, and who is here.
    let ready = reqwest::get(format!("{}/readyz", portal.url))
        .await
        .unwrap();
    assert_eq!(ready.status(), 503);
    assert!(ready.text().await.unwrap().contains("\"leaving\""));
    assert_eq!(status(&portal.url, "/healthz").await, Some(200));
    assert_eq!(visitor.get("/portal").await.status, 200);
    let mut late = visitor.watch(site.location).await.unwrap();
    late.frame("reading").await;

    // Then the viewers are told to come back, and nobody comes in any more.
    assert_eq!((viewer.closed().await, late.closed().await), (1012, 1012));
    portal.running.until("the portal is closed");
    assert_eq!(status(&portal.url, "/healthz").await, None);
}

/// An answer that takes its time is whole, and the connection is given back with it.
#[tokio::test(flavor = "multi_thread")]
async fn answers_under_way_are_finished() {
    let house = Installation::on(Engine::Sqlite);
    let site = site(&house, "Harbour Tower", &["SLM-101"]);
    let mut portal = Server::portal(house.portal().setting("SLMM_TIMEOUT_MS", "20000"));
    let visitor = portal.visitor().enter(&site.portal).await;
    let sim = house.slmm.sim();
    sim.reset_counters();
    sim.set_fault(Scope::all(), Fault::Hold);
    let path = format!("/portal/api/location/{}/live", site.location);
    let slow = visitor.get(&path);
    let leaving = async {
        until("SLMM is asked", async || sim.counters().in_flight() > 0).await;
        portal.running.signal("TERM");
        portal.running.until("asked to stop");
        until("nobody new comes in", async || {
            status(&portal.url, "/healthz").await.is_none()
        })
        .await;
        sim.clear_faults();
    };
    let (reply, ()) = tokio::join!(slow, leaving);
    assert_eq!(
        (reply.status, reply.header("connection")),
        (200, "close"),
        "{}",
        reply.body
    );
    assert_eq!(reply.json()["state"], "measuring");
    portal.running.until("the portal is closed");
}

/// Somebody at the keyboard does not wait, nor whoever asks twice.
#[tokio::test(flavor = "multi_thread")]
async fn who_asks_twice_is_not_kept_waiting() {
    let house = Installation::on(Engine::Sqlite);
    let mut office = Server::office(&house);
    office.running.signal("INT");
    let told = office.running.until("asked to stop");
    assert!(told.contains("\"notice\":\"0ns\""), "{told}");
    office.running.until("the operator app is closed");

    let mut office = Server::office(&house);
    office.running.signal("TERM");
    let told = office.running.until("asked to stop");
    assert!(told.contains("\"notice\":\"3s\""), "{told}");
    office.running.signal("TERM");
    office.running.until("asked again");
    office.running.until("the operator app is closed");
}
