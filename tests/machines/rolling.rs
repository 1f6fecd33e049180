//! One portal after the other is restarted behind nginx, and nobody loses anything.

use std::net::SocketAddr;
use std::time::Duration;

use domain::{Clock, SystemClock};
use load::crowd::Group;
use load::portal::Portal;
use load::regulars::Regulars;
use load::steady::Steady;
use slmm_sim::SimConfig;
use testkit::{Installation, Nginx, Program, Running, TestDatabase, free_address};
use tokio::time::timeout;

use super::{PATIENCE, Server, site, until_ready};

/// The longest that a viewer may be away.
const BACK: Duration = Duration::from_secs(10);
const METERS: [&str; 4] = ["SLM-101", "SLM-102", "SLM-103", "SLM-104"];

/// Two portals behind nginx, and how to start each again.
struct Row<'a> {
    house: &'a Installation,
    front: SocketAddr,
}

impl Row<'_> {
    fn program(&self, address: SocketAddr) -> Program {
        (self.house.portal_at(address, self.front))
            .setting("MAX_STREAMS_PER_SESSION", "20000")
            // Both together press SLMM no more than one at its defaults.
            .setting("SLMM_MAX_REQUESTS", "2")
            .setting("SLMM_MAX_FEEDS", "4")
    }

    fn start(&self, address: SocketAddr) -> Running {
        let mut running = self.program(address).start();
        running.until("the portal is open");
        running
    }
}

/// As docs/OPERATIONS.md says, under so many viewers and so many requests a second.
async fn roll(viewers: usize, per_s: u32) {
    let data = TestDatabase::postgresql();
    let house = Installation::with(data, &SimConfig::with_units(METERS.len()));
    let site = site(&house, "Harbour Tower", &METERS);
    let places = ["127.0.0.11", "127.0.0.12"].map(free_address);
    let front = free_address("127.0.0.13");
    let row = Row {
        house: &house,
        front,
    };
    let mut portals = places.map(|place| row.start(place));
    let nginx = Nginx::start(house.folder(), front, &places);
    let office = Server::office(&house);

    let portal = Portal::at(&nginx.url(), &nginx.url());
    let (link, password) = (site.portal.link.as_str(), site.portal.password.reveal());
    let session = portal.enter(link, password).await;
    let locations = portal.locations(&session).await;
    let mut paths = vec!["/portal".to_owned(), "/portal/api/overview".to_owned()];
    paths.extend((locations.iter()).map(|id| format!("/portal/api/location/{id}/live")));
    let group = Group {
        sessions: vec![session.clone()],
        locations,
    };
    let regulars = Regulars::come(&portal, &group, viewers);
    all_hear(&regulars, Duration::ZERO).await;
    let steady = Steady::begin(&portal, &session, paths, per_s);
    for (portal, place) in portals.iter_mut().zip(places) {
        portal.signal("TERM");
        portal.until("the portal is closed");
        *portal = row.start(place);
        until_ready(place).await;
    }
    assert!(office.running.stop().success());
    let staff = Server::office(&house);
    let projects = staff.visitor().get("/projects").await;
    assert!(projects.body.contains("Harbour Tower"), "{}", projects.body);
    all_hear(&regulars, SystemClock.elapsed()).await;
    let answers = steady.end().await;
    let ledger = regulars.ledger();
    let (right, lost) = (answers.right, answers.lost.len());
    println!(
        "{viewers} viewers, {per_s} requests a second: {right} answered, {lost} lost, the longest \
         after {:.2?}; connections ended {:?}, back with a reading after {:.2?} at most",
        answers.longest, ledger.ends, ledger.back
    );
    assert_eq!(answers.lost, Vec::<String>::new());
    assert!(ledger.back < BACK, "{:?}", ledger.back);
    assert!(ledger.ends["1012"] >= viewers, "{:?}", ledger.ends);
    assert_eq!(ledger.ends.len(), 1, "nobody was cut or refused");
}

/// Waits until every viewer has heard a reading since then.
async fn all_hear(regulars: &Regulars, since: Duration) {
    let hear = timeout(PATIENCE, regulars.hear(since));
    hear.await
        .unwrap_or_else(|_late| panic!("not all hear: {:?}", regulars.ledger().ends));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_loses_anything_by_a_rolling_restart() {
    roll(200, 100).await;
}

mod soak {
    #[tokio::test(flavor = "multi_thread")]
    async fn two_thousand_viewers_lose_nothing_by_a_rolling_restart() {
        super::roll(2000, 200).await;
    }
}
