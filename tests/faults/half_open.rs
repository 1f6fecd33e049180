//! A viewer whose machine has vanished: nothing is read, nothing is answered, nobody says goodbye.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use testkit::{House, PortalOptions, Visitor};

use super::{eventually, keep_passing};

/// Long enough that who is awake answers in time, however busy the machine is.
const PING: Duration = Duration::from_secs(2);

/// Upgrades, and then does nothing any more.
fn vanish(url: &str, path: &str, (origin, cookie): (&str, &str)) -> TcpStream {
    let host = url.trim_start_matches("http://");
    let mut connection = TcpStream::connect(host).unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nCookie: {cookie}\r\n\
         Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    connection.write_all(request.as_bytes()).unwrap();
    let mut status = String::new();
    BufReader::new(&connection).read_line(&mut status).unwrap();
    assert!(status.starts_with("HTTP/1.1 101"), "{status}");
    connection
}

testkit::on_both_engines! {
    async fn a_viewer_that_vanished_keeps_neither_its_place_nor_a_meter_awake(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let other = house.data.location(site.project, "South gate");
        let unit = house.data.unit("SLM-102");
        house.data.assign_for(&unit, other, "2026-11-14T04:00:00Z", "");
        let app = house.portal_with(|options| {
            options.settings.ping_every = PING;
            options.feed_times.linger = Duration::from_millis(100);
        });
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut awake = visitor.watch(site.location).await.unwrap();
        let origin = PortalOptions::default().settings.origin;
        let cookie = format!("portal_session={}", visitor.cookie().unwrap());
        let path = format!("/portal/api/location/{other}/stream");
        let gone: Vec<_> = (0..5)
            .map(|_| vanish(&app.url(), &path, (origin.as_str(), &cookie)))
            .collect();
        eventually("both meters are watched", async || house.sim().counters().feeds() == 2).await;
        // Who reads answers the pings, and is asked many times meanwhile.
        let dropped = eventually("they are gone", async || {
            app.metrics().live.viewers == 1 && house.sim().counters().feeds() == 1
        });
        let watching = async {
            loop {
                assert!(matches!(awake.next().await, testkit::News::Frame(_)));
            }
        };
        let passing = keep_passing(&house);
        tokio::select! { () = dropped => {}, () = watching => {}, () = passing => {} }
        assert_eq!((app.metrics().live.viewers, house.sim().counters().feeds_of("SLM-101")), (1, 1));
        assert_eq!(app.metrics().live.lost, 5);
        drop(gone);
    }

    async fn a_page_of_staff_that_vanished_is_let_go_too(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let office = house.office_with(|options| {
            options.settings.watching.ping_every = PING;
            options.feed_times.linger = Duration::from_millis(100);
        });
        let path = format!("/api/slmm/{}/monitor", site.unit.as_str());
        let gone = vanish(&office.url(), &path, (&office.url(), ""));
        eventually("the meter is watched", async || house.sim().counters().feeds() == 1).await;
        eventually("it is let go", async || house.sim().counters().feeds() == 0).await;
        drop(gone);
    }
}

/// What is promised of those who vanish, as the product has it.
#[test]
fn forty_seconds_at_most() {
    let asked = [
        PortalOptions::default().settings.ping_every,
        web_operator::Watching::default().ping_every,
    ];
    for every in asked {
        assert!(every * 2 <= Duration::from_secs(40), "{every:?}");
    }
}
