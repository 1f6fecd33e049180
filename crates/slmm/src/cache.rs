//! What SLMM said last, by key: fresh for a moment, remembered for an hour.
//!
//! Ages are told by [`domain::Clock::elapsed`]. The lock is held for a look-up or an insertion,
//! never across an await.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::answer::Answer;
use crate::breaker::{Breaker, Standing};
use crate::failure::Failure;
use crate::flight::{Flight, PATIENCE, Passenger};
use crate::health::{Health, Turn};

/// How long a value is remembered after SLMM stopped answering. Older ones say nothing any more
/// about what goes on at a site.
pub const MEMORY: Duration = Duration::from_hours(1);

/// What a look at the cache leads to.
#[derive(Debug)]
pub(crate) enum Look<V> {
    /// This can be said at once.
    Known(Answer<V>),
    /// This can be said at once, and the caller must send a request for the others.
    KnownAndAsk(Answer<V>, Ask),
    /// The caller waits for a request under way.
    Join(Passenger<V>),
    /// The caller must send a request and waits for it.
    JoinAndAsk(Passenger<V>, Ask),
}

/// What kind of request is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// One like any other.
    Plain,
    /// The one that finds out whether SLMM is back.
    Probe,
}

/// All values of one kind.
#[derive(Debug)]
pub(crate) struct Table<K, V> {
    slots: Mutex<HashMap<K, Slot<V>>>,
    fresh_for: Duration,
    capacity: usize,
}

#[derive(Debug)]
struct Slot<V> {
    kept: Option<Kept<V>>,
    flight: Option<Flight<V>>,
    health: Health,
    used: Duration,
    /// Whether SLMM is another since the value was asked for.
    outdated: bool,
}

#[derive(Debug)]
struct Kept<V> {
    value: V,
    at: Duration,
}

impl<K: Clone + Eq + Hash, V: Clone> Table<K, V> {
    /// A table whose values are current for `fresh_for`, and which forgets the key unused for
    /// longest when it has `capacity` of them.
    pub(crate) fn new(fresh_for: Duration, capacity: usize) -> Self {
        Self {
            slots: Mutex::new(HashMap::new()),
            fresh_for,
            capacity,
        }
    }

    /// What can be said of a key now, and what is to be done about it.
    pub(crate) fn look(&self, key: &K, now: Duration, breaker: &Breaker) -> Look<V> {
        let mut slots = self.slots();
        if let Some(slot) = slots.get_mut(key) {
            slot.used = now;
            return match slot.younger_than(self.fresh_for, now) {
                Some(value) if !slot.outdated => Look::Known(Answer::Fresh(value)),
                _ => slot.refresh(now, breaker),
            };
        }
        self.make_room(&mut slots);
        slots
            .entry(key.clone())
            .or_insert_with(|| Slot::new(now))
            .refresh(now, breaker)
    }

    /// What is remembered of a key. Nothing is asked, and the key counts as unused.
    pub(crate) fn remembered(&self, key: &K, now: Duration) -> Option<V> {
        self.slots().get(key)?.younger_than(MEMORY, now)
    }

    /// Puts a result where callers find it, and tells those who wait.
    pub(crate) fn settle(
        &self,
        key: &K,
        result: Result<V, Failure>,
        now: Duration,
        standing: Standing,
        jitter: f64,
    ) -> Turn {
        let mut slots = self.slots();
        // A key forgotten while its request was under way stays forgotten.
        slots.get_mut(key).map_or(Turn::Same, |slot| {
            slot.settle(result, now, standing, jitter)
        })
    }

    /// The request about a key is being sent.
    pub(crate) fn was_sent(&self, key: &K) {
        if let Some(flight) = self.slots().get(key).and_then(|slot| slot.flight.as_ref()) {
            flight.take_off();
        }
    }

    /// SLMM is another by now: what it said before is remembered, and no longer current.
    pub(crate) fn outdate(&self, key: &K) {
        if let Some(slot) = self.slots().get_mut(key) {
            slot.outdated = true;
        }
    }

    /// A caller with something remembered has waited in vain.
    pub(crate) fn was_slow(&self, key: &K) {
        if let Some(slot) = self.slots().get_mut(key) {
            slot.health.was_slow();
        }
    }

    fn make_room(&self, slots: &mut HashMap<K, Slot<V>>) {
        while slots.len() >= self.capacity {
            let oldest = slots.iter().min_by_key(|(_, slot)| slot.used);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            slots.remove(&key);
        }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<K, Slot<V>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V: Clone> Slot<V> {
    fn new(now: Duration) -> Self {
        Self {
            kept: None,
            flight: None,
            health: Health::default(),
            used: now,
            outdated: false,
        }
    }

    fn younger_than(&self, age: Duration, now: Duration) -> Option<V> {
        let kept = self.kept.as_ref()?;
        (now.saturating_sub(kept.at) <= age).then(|| kept.value.clone())
    }

    fn refresh(&mut self, now: Duration, breaker: &Breaker) -> Look<V> {
        let standing = breaker.standing();
        self.health.enter(standing.era);
        let remembered = self.younger_than(MEMORY, now);
        if remembered.is_none() {
            self.kept = None;
        }
        let ask = self.ask(now, standing, breaker);
        if ask.is_some() {
            self.flight = Some(Flight::depart(now));
            // What is under way meanwhile may have been asked before.
            self.outdated = false;
        }
        let waits = !standing.open && self.health.may_wait(remembered.is_some());
        match (self.flight.as_ref().filter(|_| waits), ask) {
            (Some(flight), Some(ask)) => Look::JoinAndAsk(flight.passenger(remembered), ask),
            (Some(flight), None) => Look::Join(flight.passenger(remembered)),
            (None, Some(ask)) => Look::KnownAndAsk(Answer::from_memory(remembered), ask),
            (None, None) => Look::Known(Answer::from_memory(remembered)),
        }
    }

    /// Whether a request is to be sent now. While SLMM is left alone only the time of the next
    /// probe counts, whichever key it asks for.
    fn ask(&self, now: Duration, standing: Standing, breaker: &Breaker) -> Option<Ask> {
        if self.flight.is_some() {
            None
        } else if standing.open {
            breaker.try_probe(now).then_some(Ask::Probe)
        } else {
            self.health.may_ask(now).then_some(Ask::Plain)
        }
    }

    fn settle(
        &mut self,
        result: Result<V, Failure>,
        now: Duration,
        standing: Standing,
        jitter: f64,
    ) -> Turn {
        let flight = self.flight.take();
        self.health.enter(standing.era);
        let (turn, landed) = match result {
            Ok(value) => {
                let took = flight
                    .as_ref()
                    .map(|flight| now.saturating_sub(flight.since));
                self.kept = Some(Kept {
                    value: value.clone(),
                    at: now,
                });
                let slow = took.is_some_and(|took| took > PATIENCE);
                (self.health.succeeded(slow), Ok(value))
            }
            Err(failure) => (self.health.failed(failure, now, jitter), Err(failure)),
        };
        if let Some(flight) = flight {
            flight.land(landed);
        }
        turn
    }
}
