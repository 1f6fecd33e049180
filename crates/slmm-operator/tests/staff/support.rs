//! A served simulator on a clock that obeys, and the handle under test.

use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, UnitId};
use slmm::Config;
use slmm_operator::{Control, RuleDraft, RuleInput};
use slmm_sim::{RunningSim, Sim, SimConfig};
use testkit::ManualClock;

/// Long enough never to matter on a busy machine.
pub(crate) const AMPLE: Duration = Duration::from_secs(20);
/// Short enough for a test to wait for.
pub(crate) const SHORT: Duration = Duration::from_millis(300);

pub(crate) struct Bench {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) sim: Sim,
    pub(crate) running: RunningSim,
    pub(crate) control: Control,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(AMPLE, 2)
    }

    pub(crate) fn hasty() -> Self {
        Self::with(SHORT, 2)
    }

    pub(crate) fn with(timeout: Duration, max_requests: usize) -> Self {
        let clock = Arc::new(ManualClock::default());
        let sim = Sim::new(&SimConfig::default(), Arc::clone(&clock) as Arc<dyn Clock>);
        let running = sim.serve("127.0.0.1:0").unwrap();
        let control = control(&running.base_url(), timeout, max_requests);
        Self {
            clock,
            sim,
            running,
            control,
        }
    }

    /// Lets so many seconds pass.
    pub(crate) fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        self.sim.tick();
    }
}

pub(crate) fn control(url: &str, timeout: Duration, max_requests: usize) -> Control {
    Control::start(Config::new(url, timeout, max_requests).unwrap()).unwrap()
}

/// A meter that the simulator has.
pub(crate) fn meter() -> UnitId {
    unit("SLM-102")
}

pub(crate) fn unit(name: &str) -> UnitId {
    testkit::unit_id(name)
}

/// A draft of this JSON.
pub(crate) fn draft(json: &str) -> RuleDraft {
    RuleDraft::check(&RuleInput::from_json(json.as_bytes()).unwrap()).unwrap()
}

/// A draft like any other.
pub(crate) fn some_draft() -> RuleDraft {
    draft(r#"{"name":"Night","metric":"leq","threshold_db":55,"duration_s":60}"#)
}

/// What was captured from the real service.
pub(crate) fn captured(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/slmm");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}
