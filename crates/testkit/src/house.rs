//! Everything at once: a database, a simulated SLMM on a port, one clock for both, and as many
//! portals as a test likes.

use std::sync::Arc;
use std::time::Duration;

use slmm_sim::{RunningSim, Sim, SimConfig};

use crate::engine::{Engine, OnEngine};
use crate::{ManualClock, OperatorApp, OperatorOptions, PortalApp, PortalOptions, TestDatabase};

/// A whole deployment in a test. Its time stands still until [`House::pass`].
pub struct House {
    /// The data.
    pub data: TestDatabase,
    /// The simulated SLMM, on a port.
    pub slmm: RunningSim,
}

impl OnEngine for House {
    fn on(engine: Engine) -> Self {
        Self::with(TestDatabase::on(engine), &SimConfig::default())
    }
}

impl House {
    /// A house over this data and an SLMM of this kind.
    ///
    /// # Panics
    /// When the simulator cannot be served.
    pub fn with(data: TestDatabase, config: &SimConfig) -> Self {
        let sim = Sim::new(config, data.clock().clone());
        let slmm = sim.serve("127.0.0.1:0").expect("the simulator is served");
        Self { data, slmm }
    }

    /// The simulator's controls.
    pub fn sim(&self) -> &Sim {
        self.slmm.sim()
    }

    /// The time of everything in the house.
    pub fn clock(&self) -> &Arc<ManualClock> {
        self.data.clock()
    }

    /// Lets time pass, for SLMM second by second.
    pub fn pass(&self, time: Duration) {
        for _ in 0..time.as_secs() {
            self.clock().advance(Duration::from_secs(1));
            self.sim().tick();
        }
    }

    /// Kills SLMM and starts it again on the same port, with what it keeps on disk.
    ///
    /// # Panics
    /// When the port is not to be had again.
    pub async fn restart_slmm(&mut self) {
        let (sim, address) = (self.sim().clone(), self.slmm.address().to_string());
        let stand_in = sim.serve("127.0.0.1:0").expect("another port");
        std::mem::replace(&mut self.slmm, stand_in).stop().await;
        let back = sim.serve(&address).expect("the port is free again");
        std::mem::replace(&mut self.slmm, back).stop().await;
    }

    /// Another process that serves the portal, with nothing in common but the database.
    pub fn portal(&self) -> PortalApp {
        self.portal_with(|_| {})
    }

    /// The same, set up otherwise.
    pub fn portal_with(&self, tune: impl FnOnce(&mut PortalOptions)) -> PortalApp {
        let mut options = PortalOptions::default();
        tune(&mut options);
        PortalApp::start(
            self.data.another(),
            &self.slmm.base_url(),
            self.clock().clone(),
            options,
        )
    }

    /// A process that serves the operator app.
    pub fn office(&self) -> OperatorApp {
        self.office_with(|_| {})
    }

    /// The same, set up otherwise.
    pub fn office_with(&self, tune: impl FnOnce(&mut OperatorOptions)) -> OperatorApp {
        let mut options = OperatorOptions::default();
        tune(&mut options);
        OperatorApp::start(
            self.data.another(),
            &self.slmm.base_url(),
            self.clock().clone(),
            options,
        )
    }
}
