//! The portal under measurement: a project of six locations on SQLite, over a simulated SLMM.

use std::sync::Arc;

use domain::SystemClock;
use slmm_sim::{RunningSim, Sim, SimConfig};
use store::DatabaseOptions;
use testkit::{PortalApp, PortalOptions, Site, TestDatabase, Visitor};
use web_portal::Reporter;

use crate::house::limit_every_meter;
use crate::wrk;

/// Worker threads of every server measured.
pub const WORKERS: usize = 2;
const LOCATIONS: usize = 6;

/// A route to measure.
pub struct Route {
    /// For the table.
    pub name: &'static str,
    /// The path.
    pub path: String,
    /// The least share of the bare handler's requests/s.
    pub least: f64,
    /// The most that an answer's body may weigh on the wire, bytes.
    pub most_bytes: Option<usize>,
    /// What it weighs, compressed as browsers like it.
    pub bytes: usize,
}

/// Everything that answers.
pub struct Stage {
    app: PortalApp,
    site: Site,
    cookie: String,
    _slmm: RunningSim,
    _data: TestDatabase,
}

impl Stage {
    /// Fills a database, starts SLMM and the portal, and comes in.
    pub async fn set() -> Self {
        let clock = Arc::new(SystemClock);
        let data = TestDatabase::sqlite();
        let site = data.site("Harbour Tower", "SLM-101");
        for number in 2..=LOCATIONS {
            let unit = data.unit(&format!("SLM-10{number}"));
            data.assign(
                &unit,
                data.location(site.project, &format!("Location {number}")),
            );
        }
        let sim = Sim::new(&SimConfig::default(), clock.clone());
        limit_every_meter(&sim);
        let slmm = sim.serve("127.0.0.1:0").expect("the simulator is served");
        let options = PortalOptions {
            workers: WORKERS,
            report_every: Some(Reporter::EVERY),
            ..PortalOptions::default()
        };
        let database = data.another_with(DatabaseOptions::new(clock.clone()));
        let app = PortalApp::start(database, &slmm.base_url(), clock, options);
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let cookie = visitor.cookie().expect("a session");
        let cookie = format!("portal_session={cookie}");
        Self {
            app,
            site,
            cookie,
            _slmm: slmm,
            _data: data,
        }
    }

    /// What is measured, with what is to be reached.
    pub fn routes(&self) -> Vec<Route> {
        let location = self.site.location;
        let route = |name, path: String, least, most_bytes| Route {
            name,
            bytes: wrk::weigh(&self.url(&path), &self.cookie),
            path,
            least,
            most_bytes,
        };
        vec![
            route(
                "`GET /portal/api/location/{id}/live`",
                format!("/portal/api/location/{location}/live"),
                0.7,
                None,
            ),
            route(
                "`GET /portal/api/overview`, 6 locations",
                "/portal/api/overview".into(),
                0.4,
                None,
            ),
            route(
                "`GET …/history?hours=24`, compressed",
                format!("/portal/api/location/{location}/history?hours=24"),
                0.25,
                Some(12_000),
            ),
            route("`GET /portal`, compressed", "/portal".into(), 0.2, None),
        ]
    }

    /// A route's address.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.app.url())
    }

    /// The session cookie, `name=value`, sent with every request.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }
}
