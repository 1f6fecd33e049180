//! The handle on a simulator: cheap to clone, shared by its server and by tests.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Clock, Timestamp};
use tokio::sync::Notify;

use crate::config::SimConfig;
use crate::counters::{Counters, Meters};
use crate::error::SimError;
use crate::faults::{Fault, Faults, Scope};
use crate::sessions::{Hearing, Sessions};
use crate::unit::Unit;
use crate::world::World;

/// A simulated SLMM with its meters. Clones are the same simulator.
#[derive(Clone)]
pub struct Sim {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) meters: Meters,
    pub(crate) sessions: Sessions,
    world: Mutex<World>,
    faults: Mutex<Faults>,
    /// Rings whenever time or a fault may have moved.
    moved: Notify,
}

impl fmt::Debug for Sim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sim").finish_non_exhaustive()
    }
}

impl Sim {
    /// A simulator whose units have been measuring for hours, with a day's trail.
    pub fn new(config: &SimConfig, clock: Arc<dyn Clock>) -> Self {
        let world = World::new(config, clock.now());
        Self {
            inner: Arc::new(Inner {
                clock,
                meters: Meters::default(),
                sessions: Sessions::new(config.capacity),
                world: Mutex::new(world),
                faults: Mutex::default(),
                moved: Notify::new(),
            }),
        }
    }

    /// Lets the world go on to `now`, UTC. While SLMM is deaf nothing is polled.
    pub fn step(&self, now: Timestamp) {
        let hearing = self.inner.sessions.hear(self.inner.clock.elapsed());
        if hearing != Hearing::Deaf && !self.is_down() {
            let mut world = self.world();
            if hearing == Hearing::Recovered {
                world.skip_to(now);
            }
            world.step(now);
            self.inner
                .sessions
                .set_watched(world.watched(), self.inner.clock.elapsed());
        }
        self.inner.moved.notify_waiters();
    }

    /// Lets the world go on to what the clock shows. A served simulator does so by itself.
    pub fn tick(&self) {
        self.step(self.inner.clock.now());
    }

    /// The names of the registered units, in order.
    pub fn unit_ids(&self) -> Vec<String> {
        self.world()
            .units
            .iter()
            .map(|unit| unit.id.clone())
            .collect()
    }

    /// What was asked so far.
    pub fn counters(&self) -> Counters {
        let mut counters = self.inner.meters.read();
        counters.times_deaf = self.inner.sessions.times_deaf();
        counters
    }

    /// Begins to count anew; what is going on stays counted.
    pub fn reset_counters(&self) {
        self.inner.meters.reset();
    }

    /// Makes the answers in this scope go wrong.
    pub fn set_fault(&self, scope: Scope, fault: Fault) {
        self.faults().set(scope, fault);
    }

    /// Takes back the faults of exactly this scope.
    pub fn clear_fault(&self, scope: &Scope) {
        self.faults().clear(scope);
        self.inner.moved.notify_waiters();
    }

    /// Takes back all faults; what was down comes up again.
    pub fn clear_faults(&self) {
        if self.is_down() {
            self.set_down(false);
        }
        self.faults().clear_all();
        self.inner.moved.notify_waiters();
    }

    /// Closes every connection, now and from now on, as if SLMM were not there; or starts it again.
    pub fn set_down(&self, down: bool) {
        self.faults().down = down;
        self.restart();
        self.inner.moved.notify_waiters();
    }

    /// Restarts SLMM: sockets close with 1012, monitors begin anew, and what the engine remembered
    /// of open events is lost.
    pub fn restart(&self) {
        let now = self.inner.clock.now();
        self.world().boot(now);
    }

    pub(crate) fn is_down(&self) -> bool {
        self.faults().down
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.inner
            .world
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.inner
            .faults
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn with_unit<T>(
        &self,
        id: &str,
        change: impl FnOnce(&mut Unit, Timestamp) -> T,
    ) -> Result<T, SimError> {
        let now = self.now();
        let mut world = self.world();
        let unit = world
            .unit_mut(id)
            .ok_or_else(|| SimError::UnknownUnit(id.to_owned()))?;
        Ok(change(unit, now))
    }

    /// Waits until `ready` says so, asking again whenever something moved.
    pub(crate) async fn wait_until(&self, ready: impl Fn(&Self) -> bool) {
        loop {
            let moved = self.inner.moved.notified();
            if ready(self) {
                return;
            }
            moved.await;
        }
    }

    /// Waits while SLMM is deaf.
    pub(crate) async fn hearing(&self) {
        self.wait_until(|sim| !sim.inner.sessions.is_deaf(sim.inner.clock.elapsed()))
            .await;
    }
}
