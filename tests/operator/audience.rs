//! Who is watching a portal, as its processes report and staff read it.

use std::time::Duration;

use domain::{Clock, ProcessId};
use store::{ProcessReport, Watching};
use testkit::{House, PortalApp, Site, Visitor, on_both_engines};

use super::staff::{Staff, is_silent_of, says};
use super::words::text;

/// So often that a test need not wait.
const OFTEN: Duration = Duration::from_millis(20);

fn portal(house: &House) -> PortalApp {
    house.portal_with(|options| options.report_every = Some(OFTEN))
}

/// Somebody new who comes in. Sessions made within one millisecond are one.
async fn guest(house: &House, app: &PortalApp, site: &Site) -> Visitor {
    house.clock().advance(Duration::from_millis(1));
    Visitor::of(app).enter(&site.portal).await
}

/// Opens the page until it says this: processes report in their own time.
async fn until_said(staff: &Staff, path: &str, words: &str) -> String {
    let saying = async {
        loop {
            let page = staff.opens(path).await;
            if text(&page).contains(words) {
                return page;
            }
            tokio::time::sleep(OFTEN).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), saying)
        .await
        .unwrap_or_else(|_late| panic!("{path} never says {words:?}"))
}

/// Waits until every process has reported what is so now.
async fn all_have_reported(house: &House) {
    house.clock().advance(Duration::from_secs(1));
    let now = house.clock().now();
    let reporting = async {
        loop {
            let told = house.data.operator().portal_processes().unwrap();
            if !told.is_empty() && told.iter().all(|process| process.reported_at == now) {
                return;
            }
            tokio::time::sleep(OFTEN).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reporting)
        .await
        .expect("they report");
}

/// The report of a process that was killed: it is never renewed nor taken back.
fn killed(house: &House, site: &Site, people: u64) -> ProcessReport {
    let now = house.clock().now();
    ProcessReport {
        process: ProcessId::from_bytes([9; 16]),
        address: "web-9, 10.0.0.9:8000".into(),
        version: "0.0.9".into(),
        started_at: now,
        at: now,
        feeds: 0,
        viewers: 0,
        people,
        warnings: 0,
        errors: 1,
        recent: "[{\"at\":1795233599000,\"severity\":\"error\",\"source\":\"store\",\"text\":\"a <disk> is full\",\"times\":3}]".into(),
        watching: vec![Watching { project: site.project, epoch: 0, people }],
    }
}

on_both_engines! {
    async fn the_people_at_all_processes_are_said_and_go_with_their_process(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let other = house.data.site("Mill Lane", "SLM-102");
        let (staff, path) = (Staff::of(&house), format!("/projects/{}", site.project));
        says(&staff.opens(&path).await, &["Whether anybody is watching cannot be told"]);
        let apps = [portal(&house), portal(&house)];
        until_said(&staff, &path, "Nobody is watching now.").await;
        let mut guests = Vec::new();
        for app in &apps {
            let guest = guest(&house, app, &site).await;
            for _ in 0..3 {
                assert_eq!(guest.get("/portal/api/overview").await.status, 200);
            }
            guests.push(guest);
        }
        until_said(&staff, &path, "2 people are watching now.").await;
        let elsewhere = format!("/projects/{}", other.project);
        says(&staff.opens(&elsewhere).await, &["Nobody is watching now."]);
        for act in ["close", "password", "link"] {
            let asked = staff.opens(&format!("{path}/portal/{act}")).await;
            says(&asked, &["2 people are watching now; they will be signed out."]);
        }
        let asked = staff.opens(&format!("{path}/status/deleted")).await;
        says(&asked, &["2 people are watching now; they will be signed out."]);
        let asked = staff.opens(&format!("{path}/status/archived")).await;
        is_silent_of(&asked, &["signed out"]);

        // One that is killed is believed for 45 s; one that stops takes its report back.
        house.data.database().report_process(&killed(&house, &site, 5)).unwrap();
        until_said(&staff, &path, "7 people are watching now.").await;
        house.clock().advance(Duration::from_secs(46));
        until_said(&staff, &path, "2 people are watching now.").await;
        let [first, second] = apps;
        drop(first);
        says(&staff.opens(&path).await, &["1 person is watching now."]);
        drop(second);
        says(&staff.opens(&path).await, &["Whether anybody is watching cannot be told"]);
    }

    async fn a_live_socket_counts_and_whoever_is_signed_out_does_not(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let (staff, path) = (Staff::of(&house), format!("/projects/{}", site.project));
        let app = portal(&house);
        let viewer = guest(&house, &app, &site).await;
        let mut socket = viewer.watch(site.location).await.unwrap();
        socket.frame("reading").await;
        let leaver = guest(&house, &app, &site).await;
        assert_eq!(leaver.get("/portal").await.status, 200);
        until_said(&staff, &path, "2 people are watching now.").await;
        assert_eq!(leaver.submit("/portal/logout", &[]).await.status, 303);
        until_said(&staff, &path, "1 person is watching now.").await;
        // The page says nothing for long, but its socket is open.
        house.clock().advance(Duration::from_secs(120));
        all_have_reported(&house).await;
        says(&staff.opens(&path).await, &["1 person is watching now."]);
        house.data.operator().portal_rotate_link(site.project).unwrap();
        // Before the process knows of it.
        says(&staff.opens(&path).await, &["Nobody is watching now."]);
        assert_eq!(socket.closed().await, 4401);
    }

    async fn staff_who_look_at_a_preview_are_no_audience(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let (staff, path) = (Staff::of(&house), format!("/projects/{}", site.project));
        let app = portal(&house);
        let reply = staff.tries(&format!("{path}/portal-preview")).await;
        let ticket = reply.header("location").strip_prefix("http://127.0.0.1:8000").unwrap();
        let look = Visitor::of(&app);
        assert_eq!(look.get(ticket).await.status, 303);
        assert_eq!(look.get("/portal").await.status, 200);
        let mut socket = look.watch(site.location).await.unwrap();
        socket.frame("reading").await;
        all_have_reported(&house).await;
        says(&staff.opens(&path).await, &["Nobody is watching now.", "Nobody has opened it yet."]);
        assert_eq!(house.data.operator().portal_processes().unwrap()[0].viewers, 1);
        guest(&house, &app, &site).await.get("/portal").await;
        let said = until_said(&staff, &path, "1 person is watching now.").await;
        says(&text(&said), &["Last opened today 23:00 from 127.0.0.1."]);
    }

    async fn the_address_is_the_one_that_the_gate_sees(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let guest = Visitor::of(&app).from_address("203.0.113.7");
        let page = guest.enter(&site.portal).await.get("/portal").await;
        is_silent_of(&page.body, &["203.0.113.7"]);
        let staff = Staff::of(&house);
        let page = staff.opens(&format!("/projects/{}", site.project)).await;
        says(&text(&page), &["Last opened today 23:00 from 203.0.113.7."]);
    }

    async fn the_system_page_tells_of_every_process_that_reports(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let staff = Staff::of(&house);
        says(&staff.opens("/system").await, &["No portal process has reported"]);
        let app = portal(&house);
        let guest = guest(&house, &app, &site).await;
        let mut socket = guest.watch(site.location).await.unwrap();
        socket.frame("reading").await;
        house.data.database().report_process(&killed(&house, &site, 5)).unwrap();
        let said = until_said(&staff, "/system", "All together 6 1 1 0 1").await;
        let told = text(&said);
        let own = format!("{} {} today 23:00", app.address(), env!("CARGO_PKG_VERSION"));
        says(&told, &[
            &own, "web-9, 10.0.0.9:8000 0.0.9 not this app’s",
            "today 22:59 error web-9, 10.0.0.9:8000 a &lt;disk&gt; is full (3 times) store",
        ]);
        house.clock().advance(Duration::from_secs(46));
        let said = until_said(&staff, "/system", "0 s ago").await;
        is_silent_of(&said, &["10.0.0.9", "All together"]);
    }
}
