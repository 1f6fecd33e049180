//! The handle that the rest of the portal holds.

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use domain::{AlertEvent, Clock, Limit, MeterStatus, RandomSource, TrailPoint, UnitId};
use tokio::sync::mpsc;

use crate::answer::Answer;
use crate::cache::{Ask, Look, Table};
use crate::config::Config;
use crate::counters::{Counters, Tally};
use crate::desk::Desk;
use crate::error::SlmmError;
use crate::flight::Passenger;
use crate::hub::{self, Job};
use crate::query::{Query, TrailSpan};
use crate::wire::Monitors;

/// How long after a good answer SLMM counts as reachable without being asked.
const RECENTLY: Duration = Duration::from_secs(10);

/// The way to the device layer. Clones are cheap and share everything; when the last one is
/// dropped the thread behind it ends.
///
/// Every method needs a tokio runtime with a timer around it, waits no longer than the configured
/// time-out, and not at all when the answer is in memory and current.
#[derive(Debug, Clone)]
pub struct Slmm {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    desk: Arc<Desk>,
    jobs: mpsc::UnboundedSender<Job>,
    timeout: Duration,
}

/// What a look came to: something to say, or something to wait for.
enum Prospect<V> {
    Known(Answer<V>),
    Awaited(Passenger<V>),
}

impl Slmm {
    /// Starts the thread that talks to SLMM.
    ///
    /// # Errors
    /// [`SlmmError::Start`] when the thread cannot be had.
    pub fn start(
        config: Config,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Result<Self, SlmmError> {
        let timeout = config.timeout();
        let jobs = hub::start(config)?;
        let desk = Arc::new(Desk::new(clock, random));
        let inner = Arc::new(Inner {
            desk,
            jobs,
            timeout,
        });
        Ok(Self { inner })
    }

    /// What SLMM knows of a meter, at most a second old.
    ///
    /// Whether SLMM reaches the meter is told by its monitor where one runs, since the meter's own
    /// row is not kept up to date meanwhile (SLMM 0.4.0); by the row otherwise, or where the
    /// monitors could not be asked.
    pub async fn status(&self, unit: &UnitId) -> Answer<MeterStatus> {
        let desk = &self.inner.desk;
        let now = desk.clock.elapsed();
        let row = self.look(&desk.status, unit, now, || Query::Status(unit.clone()));
        let monitors = self.look(&desk.monitors, &(), now, || Query::Monitors);
        let (row, monitors) = match (row, monitors) {
            (Prospect::Known(row), Prospect::Known(monitors)) => (row, monitors),
            (row, monitors) => {
                futures_util::future::join(
                    self.wait(&desk.status, unit, row),
                    self.wait(&desk.monitors, &(), monitors),
                )
                .await
            }
        };
        merge(unit, row, &monitors)
    }

    /// A meter's alert limits, at most 10 s old, in SLMM's order.
    pub async fn limits(&self, unit: &UnitId) -> Answer<Arc<[Limit]>> {
        let query = || Query::Limits(unit.clone());
        self.ask(&self.inner.desk.limits, unit, query).await
    }

    /// A meter's newest 500 events, at most 10 s old, newest first.
    pub async fn events(&self, unit: &UnitId) -> Answer<Arc<[AlertEvent]>> {
        let query = || Query::Events(unit.clone());
        self.ask(&self.inner.desk.events, unit, query).await
    }

    /// A meter's trail, at most 30 s old, oldest first. It may reach further back than asked.
    pub async fn trail(&self, unit: &UnitId, span: TrailSpan) -> Answer<Arc<[TrailPoint]>> {
        let query = || Query::Trail(unit.clone(), span);
        self.ask(self.inner.desk.trail(span), unit, query).await
    }

    /// Whether SLMM answers: it did within the last 10 s, or does now.
    pub async fn is_reachable(&self) -> bool {
        let desk = &self.inner.desk;
        let recently = desk.since_good().is_some_and(|age| age <= RECENTLY);
        if recently && !desk.breaker.standing().open {
            return true;
        }
        let monitors = self.ask(&desk.monitors, &(), || Query::Monitors).await;
        matches!(monitors, Answer::Fresh(_))
    }

    /// What the traffic to SLMM has been like since the start.
    pub fn counters(&self) -> Counters {
        self.inner.desk.tally.read()
    }

    async fn ask<K: Clone + Eq + Hash, V: Clone>(
        &self,
        table: &Table<K, V>,
        key: &K,
        query: impl FnOnce() -> Query,
    ) -> Answer<V> {
        let now = self.inner.desk.clock.elapsed();
        match self.look(table, key, now, query) {
            Prospect::Known(answer) => answer,
            awaited @ Prospect::Awaited(_) => self.wait(table, key, awaited).await,
        }
    }

    fn look<K: Clone + Eq + Hash, V: Clone>(
        &self,
        table: &Table<K, V>,
        key: &K,
        now: Duration,
        query: impl FnOnce() -> Query,
    ) -> Prospect<V> {
        let desk = &self.inner.desk;
        match table.look(key, now, &desk.breaker) {
            Look::Known(answer) => Prospect::Known(answer),
            Look::KnownAndAsk(answer, ask) => {
                self.send(query(), ask);
                Prospect::Known(answer)
            }
            Look::Join(passenger) => {
                Tally::count(&desk.tally.joins);
                Prospect::Awaited(passenger)
            }
            Look::JoinAndAsk(passenger, ask) => {
                self.send(query(), ask);
                Prospect::Awaited(passenger)
            }
        }
    }

    fn send(&self, query: Query, ask: Ask) {
        let job = Job::new(Arc::clone(&self.inner.desk), query, ask);
        // Should the thread be gone, the job comes back, and its drop tells those who wait.
        drop(self.inner.jobs.send(job));
    }

    async fn wait<K: Clone + Eq + Hash, V: Clone>(
        &self,
        table: &Table<K, V>,
        key: &K,
        prospect: Prospect<V>,
    ) -> Answer<V> {
        match prospect {
            Prospect::Known(answer) => answer,
            Prospect::Awaited(passenger) => {
                passenger
                    .arrival(self.inner.timeout, || table.was_slow(key))
                    .await
            }
        }
    }
}

/// A fresh row is believed over monitors that could not be asked; a remembered one is shown with
/// the monitors as they were.
fn merge(
    unit: &UnitId,
    row: Answer<MeterStatus>,
    monitors: &Answer<Arc<Monitors>>,
) -> Answer<MeterStatus> {
    let believed = match (&row, monitors) {
        (Answer::Fresh(_), Answer::Remembered(_)) => None,
        (_, monitors) => monitors.value(),
    };
    let reachable = believed.and_then(|monitors| monitors.reaches(unit));
    row.map(|status| MeterStatus {
        reachable: reachable.unwrap_or(status.reachable),
        ..status
    })
}
