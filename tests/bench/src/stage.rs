//! The portal under measurement: a project of six locations on SQLite, over a simulated SLMM.

use std::sync::Arc;

use domain::SystemClock;
use slmm_sim::{RuleSpec, RunningSim, Sim, SimConfig};
use testkit::{PortalApp, PortalOptions, Site, TestDatabase, Visitor};

/// Worker threads of every server measured.
pub const WORKERS: usize = 2;
const LOCATIONS: usize = 6;

/// A route to measure.
pub struct Route {
    /// For the table.
    pub name: &'static str,
    /// The path.
    pub path: String,
    /// Of the bare handler's requests/s.
    pub goal: &'static str,
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
        for unit in sim.unit_ids() {
            sim.insert_rule(
                &unit,
                RuleSpec {
                    metric: "leq".into(),
                    ..RuleSpec::default()
                },
            );
        }
        let slmm = sim.serve("127.0.0.1:0").expect("the simulator is served");
        let options = PortalOptions {
            workers: WORKERS,
            ..PortalOptions::default()
        };
        let app = PortalApp::start(data.another(), &slmm.base_url(), clock, options);
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let cookie = visitor.cookie().expect("a session");
        let stage = Self {
            app,
            site,
            cookie,
            _slmm: slmm,
            _data: data,
        };
        for route in stage.routes() {
            let reply = visitor.get(&route.path).await;
            assert_eq!(reply.status, 200, "{}", route.path);
        }
        stage
    }

    /// What is measured, with what is to be reached.
    pub fn routes(&self) -> Vec<Route> {
        let location = self.site.location;
        let route = |name, path: String, goal| Route { name, path, goal };
        vec![
            route(
                "`/portal/api/location/{id}/live`",
                format!("/portal/api/location/{location}/live"),
                "50 %, later 70 %",
            ),
            route(
                "`/portal/api/overview`, 6 locations",
                "/portal/api/overview".into(),
                "40 %",
            ),
            route(
                "`…/history?hours=24`",
                format!("/portal/api/location/{location}/history?hours=24"),
                "25 %",
            ),
            route("`/portal`", "/portal".into(), "20 %"),
        ]
    }

    /// A route's address.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.app.url())
    }

    /// The session cookie, sent with every request.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }
}
