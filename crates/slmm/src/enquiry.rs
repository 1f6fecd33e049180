//! A question to SLMM, answered out of the cache where that will do.

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use domain::{MeterStatus, UnitId};
use tokio::sync::mpsc;

use crate::answer::Answer;
use crate::cache::{Ask, Look, Table};
use crate::counters::Tally;
use crate::desk::Desk;
use crate::flight::Passenger;
use crate::hub::Job;
use crate::query::Query;
use crate::wire::{Monitors, Row};

/// The way from a question to its answer. Clones share everything.
#[derive(Debug, Clone)]
pub(crate) struct Enquiry {
    pub(crate) desk: Arc<Desk>,
    jobs: mpsc::UnboundedSender<Job>,
    timeout: Duration,
}

/// What a look came to: something to say, or something to wait for.
enum Prospect<V> {
    Known(Answer<V>),
    Awaited(Passenger<V>),
}

impl Enquiry {
    pub(crate) fn new(
        desk: Arc<Desk>,
        jobs: mpsc::UnboundedSender<Job>,
        timeout: Duration,
    ) -> Self {
        Self {
            desk,
            jobs,
            timeout,
        }
    }

    /// SLMM's row of a meter, at most a second old.
    pub(crate) async fn row(&self, unit: &UnitId) -> Answer<Row> {
        let now = self.desk.clock.elapsed();
        let row = self.look(&self.desk.status, unit, now, || Query::Status(unit.clone()));
        let monitors = self.look(&self.desk.monitors, &(), now, || Query::Monitors);
        let (row, monitors) = match (row, monitors) {
            (Prospect::Known(row), Prospect::Known(monitors)) => (row, monitors),
            (row, monitors) => {
                futures_util::future::join(
                    self.wait(&self.desk.status, unit, row),
                    self.wait(&self.desk.monitors, &(), monitors),
                )
                .await
            }
        };
        merge(unit, row, &monitors)
    }

    /// SLMM's row of a meter as it was last, without asking.
    pub(crate) fn remembered_row(&self, unit: &UnitId) -> Option<Row> {
        let now = self.desk.clock.elapsed();
        let row = Answer::from_memory(self.desk.status.remembered(unit, now));
        let monitors = Answer::from_memory(self.desk.monitors.remembered(&(), now));
        merge(unit, row, &monitors).into_value()
    }

    pub(crate) async fn ask<K: Clone + Eq + Hash, V: Clone>(
        &self,
        table: &Table<K, V>,
        key: &K,
        query: impl FnOnce() -> Query,
    ) -> Answer<V> {
        let now = self.desk.clock.elapsed();
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
        match table.look(key, now, &self.desk.breaker) {
            Look::Known(answer) => Prospect::Known(answer),
            Look::KnownAndAsk(answer, ask) => {
                self.send(query(), ask);
                Prospect::Known(answer)
            }
            Look::Join(passenger) => {
                Tally::count(&self.desk.tally.joins);
                Prospect::Awaited(passenger)
            }
            Look::JoinAndAsk(passenger, ask) => {
                self.send(query(), ask);
                Prospect::Awaited(passenger)
            }
        }
    }

    fn send(&self, query: Query, ask: Ask) {
        let job = Job::new(Arc::clone(&self.desk), query, ask);
        // Should the thread be gone, the job comes back, and its drop tells those who wait.
        drop(self.jobs.send(job));
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
                // Hardly anybody waits, and who does not should not carry the room for it along.
                let arrival = passenger.arrival(self.timeout, || table.was_slow(key));
                Box::pin(arrival).await
            }
        }
    }
}

/// A fresh row is believed over monitors that could not be asked; a remembered one is shown with
/// the monitors as they were.
fn merge(unit: &UnitId, row: Answer<Row>, monitors: &Answer<Arc<Monitors>>) -> Answer<Row> {
    let believed = match (&row, monitors) {
        (Answer::Fresh(_), Answer::Remembered(_)) => None,
        (_, monitors) => monitors.value(),
    };
    let reachable = believed.and_then(|monitors| monitors.reaches(unit));
    row.map(|row| Row {
        status: MeterStatus {
            reachable: reachable.unwrap_or(row.status.reachable),
            ..row.status
        },
        ..row
    })
}
