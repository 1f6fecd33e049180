//! The operator app's board in a large house: how long a look takes, and what it asks of SLMM.

use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, SystemClock};
use slmm_sim::{RunningSim, Sim, SimConfig};
use testkit::{OperatorApp, OperatorOptions, TestDatabase, Visitor};

use crate::house::limit_every_meter;
use crate::table::Line;

const PROJECTS: usize = 200;
const LOCATIONS: usize = 5;
/// What a look may take.
const GOAL_MS: f64 = 100.0;
const STEP: Duration = Duration::from_millis(10);

/// A house of a thousand meters, and somebody who looks at its board.
pub struct House {
    clock: Arc<SystemClock>,
    staff: Visitor,
    bare: Visitor,
    units: Vec<domain::UnitId>,
    slmm: RunningSim,
    _app: OperatorApp,
    _data: TestDatabase,
}

/// What a number of looks came to.
pub struct Looks {
    /// Milliseconds of each, in their order.
    pub took_ms: Vec<f64>,
    /// The most that one look asked SLMM about one meter.
    pub requests: u64,
    /// Bytes of the last page.
    pub bytes: usize,
}

impl House {
    /// Fills a database and starts SLMM and the app. `bare` is where the bare handler answers.
    pub async fn set(bare: &str) -> Self {
        let clock = Arc::new(SystemClock);
        let data = TestDatabase::sqlite();
        let config = SimConfig::with_units(PROJECTS * LOCATIONS);
        let mut units = Vec::new();
        for (index, names) in config.units.chunks(LOCATIONS).enumerate() {
            let project = data.project(&format!("Project {index:03}"));
            for name in names {
                let unit = data.unit(name);
                data.assign(
                    &unit,
                    data.location(project, &format!("Location of {name}")),
                );
                units.push(unit);
            }
        }
        let sim = Sim::new(&config, clock.clone());
        limit_every_meter(&sim);
        let slmm = sim.serve("127.0.0.1:0").expect("the simulator is served");
        let app = OperatorApp::start(
            data.another(),
            &slmm.base_url(),
            clock.clone(),
            OperatorOptions::default(),
        );
        Self {
            staff: Visitor::at(&app.url()),
            bare: Visitor::at(bare),
            clock,
            units,
            slmm,
            _app: app,
            _data: data,
        }
    }

    /// Looks so many times. SLMM has answered all that one look asked before the next is taken.
    pub async fn look(&self, times: usize) -> Looks {
        let mut looks = Looks {
            took_ms: Vec::new(),
            requests: 0,
            bytes: 0,
        };
        for _ in 0..times {
            let sim = self.slmm.sim();
            sim.reset_counters();
            let (took_ms, bytes) = self.timed(&self.staff, "/").await;
            self.settle().await;
            let counters = sim.counters();
            let most = |unit: &domain::UnitId| counters.requests_about(unit.as_str());
            let most = self.units.iter().map(most).max().unwrap_or_default();
            looks.requests = looks.requests.max(most);
            looks.took_ms.push(took_ms);
            looks.bytes = bytes;
        }
        looks
    }

    /// The median of so many answers of the bare handler, as the same visitor has them, ms.
    pub async fn bare_ms(&self, times: usize) -> f64 {
        let mut took = Vec::new();
        for _ in 0..times {
            took.push(self.timed(&self.bare, "/bare").await.0);
        }
        median(&took)
    }

    async fn timed(&self, visitor: &Visitor, path: &str) -> (f64, usize) {
        let begun = self.clock.elapsed();
        let reply = visitor.get(path).await;
        let took = self.clock.elapsed().saturating_sub(begun);
        assert_eq!(reply.status, 200, "{path}");
        (took.as_secs_f64() * 1000.0, reply.body.len())
    }

    /// Waits until nothing was asked for a while.
    async fn settle(&self) {
        let mut quiet = 0;
        while quiet < 20 {
            let asks = self.slmm.sim().counters().in_flight() > 0;
            quiet = if asks { 0 } else { quiet + 1 };
            tokio::time::sleep(STEP).await;
        }
    }
}

/// Sets the house up, looks, and prints what came of it.
pub async fn measure(bare: &str, times: usize) -> Vec<Line> {
    let house = House::set(bare).await;
    let bare_ms = house.bare_ms(200).await;
    let first = house.look(1).await;
    let later = house.look(times).await;
    let longest = later.took_ms.iter().copied().fold(0.0, f64::max);
    let (first_ms, later_ms) = (first.took_ms[0], median(&later.took_ms));
    println!(
        "{PROJECTS} projects, {} locations, each with a meter: first look {first_ms:.0} ms, later \
         {later_ms:.0} ms, longest of {times} {longest:.0} ms, {} bytes of page; bare {bare_ms:.2} ms",
        house.units.len(),
        later.bytes
    );
    let what = format!(
        "board of {PROJECTS} projects, {} locations",
        house.units.len()
    );
    let times_bare = |ms: f64| format!("{:.0} times bare", ms / bare_ms);
    let asked = first.requests.max(later.requests) as f64;
    vec![
        Line::most(
            &format!("{what}: first look after a start"),
            first_ms,
            GOAL_MS,
            "ms",
        )
        .of(&times_bare(first_ms)),
        Line::most(
            &format!("… later looks, longest of {times}"),
            longest,
            GOAL_MS,
            "ms",
        )
        .of(&times_bare(longest)),
        Line::most(
            "… requests to SLMM for a look, of any one meter",
            asked,
            1.0,
            "",
        ),
    ]
}

fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
