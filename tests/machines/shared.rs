//! Nothing is kept in one process that another would need.

use futures_util::future::join_all;
use load::metrics::Metrics;
use testkit::{Installation, Visitor, on_both_engines};

use super::{PATIENCE, Server, site, until};
use crate::operator::words::text;

fn two_portals(house: &Installation) -> [Server; 2] {
    [(); 2].map(|()| Server::portal(house.portal()))
}

/// Every status, sorted.
async fn all_at_once(asking: impl Iterator<Item = impl Future<Output = u16>>) -> Vec<u16> {
    let mut statuses = join_all(asking).await;
    statuses.sort_unstable();
    statuses
}

on_both_engines! {
    /// Five are looked at, wherever they were asked.
    async fn guesses_at_both_portals_are_counted_together(house: Installation) {
        let site = site(&house, "Harbour Tower", &["SLM-101"]);
        let mut metrics = Vec::new();
        let portals = [(); 2].map(|()| {
            let mut running = house.portal().setting("METRICS_LISTEN", "127.0.0.1:0").start();
            metrics.push(Metrics { url: format!("http://{}", running.address("metrics are told")) });
            let url = format!("http://{}", running.address("the portal is open"));
            Server { running, url }
        });
        let (link, password) = (site.portal.link.as_str(), site.portal.password.reveal());
        let guesses = (0..40).map(|number| {
            let visitor = portals[number % 2].visitor().from_address("203.0.113.1");
            async move { visitor.knock(link, "guess").await.status }
        });
        let statuses = all_at_once(guesses).await;
        assert_eq!(statuses[..5], [401; 5], "{statuses:?}");
        assert_eq!(statuses[5..], [429; 35], "{statuses:?}");
        let mut looked_at = 0;
        for metrics in &metrics {
            looked_at += metrics.figure("password_verifications_total").await;
        }
        assert_eq!(looked_at, 5);
        for portal in &portals {
            let guesser = portal.visitor().from_address("203.0.113.1");
            let reply = guesser.knock(link, password).await;
            let wait: u32 = reply.header("retry-after").parse().unwrap();
            assert!(reply.status == 429 && (800..=900).contains(&wait), "{} {wait}", reply.status);
            portal.visitor().from_address("203.0.113.2").enter(&site.portal).await;
        }
    }

    /// The firm's app says so, by its page and by its JSON, and nobody is in any more.
    async fn who_is_signed_out_is_out_at_both_portals(house: Installation) {
        let (portals, office) = (two_portals(&house), Server::office(&house));
        let staff = office.visitor();
        for (name, unit, by_page) in [("Harbour Tower", "SLM-101", true), ("Quay Street", "SLM-102", false)] {
            let site = site(&house, name, &[unit]);
            let visitor = portals[0].visitor().enter(&site.portal).await;
            let visitors = [&portals[0], &portals[1]].map(|portal| portal.takes_in(&visitor));
            let mut viewers = Vec::new();
            for visitor in &visitors {
                assert_eq!(visitor.get("/portal").await.status, 200);
                let mut viewer = visitor.watch(site.location).await.unwrap();
                viewer.frame("reading").await;
                viewers.push(viewer);
            }
            let project = format!("/projects/{}", site.project);
            let (act, status) = if by_page { ("portal/close", 303) } else { ("portal-access/disable", 200) };
            let reply = staff.submit(&format!("{project}/{act}"), &[]).await;
            assert_eq!(reply.status, status, "{}", reply.body);
            let closing = join_all(viewers.iter_mut().map(testkit::Viewer::closed));
            let closed = tokio::time::timeout(PATIENCE, closing).await;
            assert_eq!(closed.expect("in time"), [4401; 2]);
            for visitor in &visitors {
                assert_eq!(visitor.get("/portal/api/overview").await.status, 401);
                assert_eq!(visitor.watch(site.location).await.err(), Some(401));
            }
        }
    }

    /// Staff's one look opens one session, whoever comes with the ticket and wherever.
    async fn a_preview_is_opened_once(house: Installation) {
        let site = site(&house, "Harbour Tower", &["SLM-101"]);
        let (portals, office) = (two_portals(&house), Server::office(&house));
        let staff = office.visitor();
        for _ in 0..5 {
            let reply = staff.get(&format!("/projects/{}/portal-preview", site.project)).await;
            let ticket = reply.header("location").strip_prefix("http://127.0.0.1:8000").unwrap();
            let lookers: Vec<Visitor> = (0..10).map(|number| portals[number % 2].visitor()).collect();
            let looks = lookers.iter().map(|looker| async { looker.get(ticket).await.status });
            let statuses = all_at_once(looks).await;
            assert_eq!(statuses[0], 303, "{statuses:?}");
            assert_eq!(statuses[1..], [404; 9], "{statuses:?}");
            let looker = lookers.iter().find(|looker| looker.cookie().is_some()).expect("a session");
            for portal in &portals {
                assert_eq!(portal.takes_in(looker).get("/portal").await.status, 200);
                assert_eq!(portal.visitor().get(ticket).await.status, 404, "used");
            }
        }
    }

    /// What staff read of who is watching is the sum, and goes with its process.
    async fn both_portals_are_counted(house: Installation) {
        let site = site(&house, "Harbour Tower", &["SLM-101"]);
        let (portals, office) = (two_portals(&house), Server::office(&house));
        let staff = office.visitor();
        let mut viewers = Vec::new();
        for portal in &portals {
            let visitor = portal.visitor().enter(&site.portal).await;
            let mut viewer = visitor.watch(site.location).await.unwrap();
            viewer.frame("reading").await;
            viewers.push(viewer);
        }
        let says = async |path: String, words: &str| {
            until(words, async || staff.get(&path).await.body.contains(words)).await;
        };
        let project = format!("/projects/{}", site.project);
        says(project.clone(), "2 people are watching now.").await;
        let system = text(&staff.get("/system").await.body);
        assert!(system.contains("All together 2 2 2 0 0"), "{system}");
        for portal in &portals {
            let address = portal.url.strip_prefix("http://").unwrap();
            assert!(system.contains(address), "{address}: {system}");
        }
        let [first, second] = portals;
        assert!(first.running.stop().success());
        says(project.clone(), "1 person is watching now.").await;
        // Of one that is killed staff hear for 45 s more that it was there.
        second.running.kill();
        says(project, "1 person is watching now.").await;
    }

    /// A new key is made known to all before any of them signs with it.
    async fn a_key_is_rotated_without_signing_anybody_out(house: Installation) {
        let site = site(&house, "Harbour Tower", &["SLM-101"]);
        let key = |name: &str| format!("the {name} key of all programs of an installation");
        let portal = |signs: &str, verifies: &str| {
            let program = house.portal().setting("SECRET_KEY", key(signs));
            Server::portal(program.setting("SECRET_KEY_PREVIOUS", verifies))
        };
        let (old, ready) = (portal("old", ""), portal("old", &key("new")));
        let rotated = portal("new", &key("old"));
        let before = old.visitor().enter(&site.portal).await;
        let after = rotated.visitor().enter(&site.portal).await;
        let at = async |server: &Server, visitor: &Visitor| server.takes_in(visitor).get("/portal").await.status;
        assert_eq!((at(&rotated, &before).await, at(&ready, &before).await), (200, 200));
        assert_eq!((at(&rotated, &after).await, at(&ready, &after).await), (200, 200));
        assert_eq!(at(&old, &after).await, 401, "nobody told it");

        let office = house.office().setting("SECRET_KEY", key("old"));
        let office = Server::start(office, "the operator app is open");
        let reply = office.visitor().get(&format!("/projects/{}/portal-preview", site.project)).await;
        let ticket = reply.header("location").strip_prefix("http://127.0.0.1:8000").unwrap();
        assert_eq!(rotated.visitor().get(ticket).await.status, 303);
    }
}
