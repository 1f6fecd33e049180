//! The programs as the firm runs them, over a database and a simulated SLMM: projects, each with a
//! location for each of its meters.

use load::{Metrics, Portal, Process, Session};
use slmm_sim::{RuleSpec, Sim, SimConfig};
use testkit::{Installation, Program, Running, TestDatabase, TestPortal};

/// Where visitors have the portal, for the checks of where a request came from.
const ORIGIN: &str = "http://127.0.0.1:8000";

/// What the programs run over.
pub struct House {
    pub programs: Installation,
    /// The portal of each project.
    pub portals: Vec<TestPortal>,
}

/// A `portal-server` at work.
pub struct Open {
    pub url: String,
    pub door: Portal,
    pub metrics: Metrics,
    pub process: Process,
    _running: Running,
}

impl House {
    /// Over an SLMM of this kind, whose meters are spread over so many projects.
    pub fn of(config: &SimConfig, projects: usize) -> Self {
        let programs = Installation::with(TestDatabase::sqlite(), config);
        let data = &programs.data;
        let share = config.units.len().div_ceil(projects);
        let settle = |(number, names): (usize, &[String])| {
            let project = data.project(&project_name(number));
            for name in names {
                let location = data.location(project, &format!("Location of {name}"));
                data.assign(&data.unit(name), location);
            }
            data.portal(project)
        };
        let portals = config.units.chunks(share).enumerate().map(settle).collect();
        limit_every_meter(programs.slmm.sim());
        Self { programs, portals }
    }

    /// Opens the portal, with settings of the caller's.
    pub fn open(&self, settings: &[(&str, &str)]) -> Open {
        let program = (self.programs.portal())
            .setting("PORTAL_PUBLIC_URL", ORIGIN)
            .setting("METRICS_LISTEN", "127.0.0.1:0");
        let set = |program: Program, (name, value): &(&str, &str)| program.setting(name, value);
        let mut running = settings.iter().fold(program, set).start();
        let metrics = running.address("metrics are told");
        let url = format!("http://{}", running.address("the portal is open"));
        Open {
            door: Portal::at(&url, ORIGIN),
            metrics: Metrics {
                url: format!("http://{metrics}"),
            },
            process: Process(running.pid()),
            url,
            _running: running,
        }
    }
}

impl Open {
    /// A session of that portal's.
    pub async fn enter(&self, portal: &TestPortal) -> Session {
        let (link, password) = (portal.link.as_str(), portal.password.reveal());
        self.door.enter(link, password).await
    }
}

/// The name of a project of a house.
pub fn project_name(number: usize) -> String {
    format!("Project {number:03}")
}

/// Gives each of SLMM's meters a limit, as they have in earnest.
pub fn limit_every_meter(sim: &Sim) {
    for unit in sim.unit_ids() {
        let rule = RuleSpec {
            metric: "leq".into(),
            ..RuleSpec::default()
        };
        sim.insert_rule(&unit, rule);
    }
}
