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

    /// Lets the world go on to what the clock shows, poll by poll. A served simulator does so by
    /// itself fifty times a second and before each answer, so that after moving a manual clock
    /// one may call this or just ask; call it before changing anything, so that what was due before
    /// the change happens before it. While SLMM is deaf or down nothing is polled.
    pub fn tick(&self) {
        let mut world = self.world();
        // The clock is read under the lock: threads that step by turns must not step back.
        let (now, elapsed) = (self.now(), self.inner.clock.elapsed());
        let hearing = self.inner.sessions.hear(elapsed);
        if hearing != Hearing::Deaf && !self.is_down() {
            if hearing == Hearing::Recovered {
                world.skip_to(now);
            }
            world.step(now);
            self.inner.sessions.set_watched(world.watched(), elapsed);
        }
        drop(world);
        self.announce();
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
        self.announce();
    }

    /// Takes back all faults; what was down comes up again.
    pub fn clear_faults(&self) {
        if self.is_down() {
            self.set_down(false);
        }
        self.faults().clear_all();
        self.announce();
    }

    /// Closes every connection, now and from now on, as if SLMM were not there; or starts it again.
    pub fn set_down(&self, down: bool) {
        self.faults().down = down;
        self.restart();
        self.announce();
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

    /// Wakes whoever waits for something to move.
    pub(crate) fn announce(&self) {
        self.inner.moved.notify_waiters();
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
