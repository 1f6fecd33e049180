//! Several servers on one database, as processes, and a proxy in front of them.

mod behind_nginx;
mod leaving;
mod rights;
mod rolling;
mod shared;

use std::net::SocketAddr;
use std::time::Duration;

use domain::LocationId;
use domain::{Clock, SystemClock};
use testkit::{Installation, Program, Running, Site, Visitor};

/// The longest wait for what has no time of its own.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process, and where it listens.
struct Server {
    running: Running,
    url: String,
}

impl Server {
    /// A portal, listening. Several are one portal to visitors, whose pages are of one address.
    fn portal(program: Program) -> Self {
        let program = program.setting("PORTAL_PUBLIC_URL", "http://127.0.0.1:8000");
        Self::start(program, "the portal is open")
    }

    /// The operator app, listening.
    fn office(house: &Installation) -> Self {
        Self::start(house.office(), "the operator app is open")
    }

    fn start(program: Program, words: &str) -> Self {
        let mut running = program.start();
        let url = format!("http://{}", running.address(words));
        Self { running, url }
    }

    /// Somebody new at it.
    fn visitor(&self) -> Visitor {
        Visitor::at(&self.url)
    }

    /// Somebody's browser, at it.
    fn takes_in(&self, visitor: &Visitor) -> Visitor {
        visitor.moves_to_address(&self.url)
    }
}

/// A project with an open portal and a location for each of these meters, where they have stood for
/// years.
fn site(house: &Installation, name: &str, units: &[&str]) -> Site {
    let project = house.data.project(name);
    let mut last = None;
    for unit in units {
        let location = house.data.location(project, &format!("At {unit}"));
        let unit = house.data.unit(unit);
        (house.data).assign_for(&unit, location, "2020-01-01T00:00:00Z", "");
        last = Some((location, unit));
    }
    let (location, unit): (LocationId, _) = last.expect("a location");
    Site {
        project,
        portal: house.data.portal(project),
        location,
        unit,
    }
}

/// Waits until this has become so.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let since = SystemClock.elapsed();
    while !is_so().await {
        let waited = SystemClock.elapsed().saturating_sub(since);
        assert!(waited < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until a server says of itself that it is ready.
async fn until_ready(address: SocketAddr) {
    let url = format!("http://{address}/readyz");
    until("ready", async || {
        let answer = reqwest::get(&url).await;
        answer.is_ok_and(|answer| answer.status() == 200)
    })
    .await;
}
