//! Acts on the database, off the workers: so many at once, so many waiting, and no more.

use std::sync::Arc;

use domain::{Clock, RandomSource};
use store::Database;
use store_operator::{Actor, Operator, OperatorError};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use web::WebError;

use crate::error::refused;

/// Acts at once. SQLite has one writer; PostgreSQL bears more than staff will ever need.
const AT_ONCE: usize = 4;
/// Acts at once or waiting.
const PLACES: usize = 64;

/// Where acts are done.
#[derive(Clone)]
pub(crate) struct Desk {
    database: Database,
    clock: Arc<dyn Clock>,
    random: Arc<dyn RandomSource>,
    slots: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Desk {
    pub(crate) fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        Self::of_size(database, clock, random, (AT_ONCE, PLACES))
    }

    /// With so many acts at once, and so many at once or waiting.
    pub(crate) fn of_size(
        database: Database,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
        (at_once, places): (usize, usize),
    ) -> Self {
        Self {
            database,
            clock,
            random,
            slots: Arc::new(Semaphore::new(at_once)),
            places: Arc::new(Semaphore::new(places)),
        }
    }

    /// Lets `actor` do something that blocks. An act that has begun is finished, also when whoever
    /// asked for it has gone.
    ///
    /// # Errors
    /// What the act came to, as a visitor is told it; [`WebError::Saturated`] at once when too many
    /// are waiting.
    pub(crate) async fn act<T: Send + 'static>(
        &self,
        actor: Actor,
        work: impl FnOnce(&Operator) -> Result<T, OperatorError> + Send + 'static,
    ) -> Result<T, WebError> {
        let place = Arc::clone(&self.places);
        let place = place
            .try_acquire_owned()
            .map_err(|_full| WebError::Saturated)?;
        let slot = Arc::clone(&self.slots);
        let slot = slot
            .acquire_owned()
            .await
            .map_err(|_closed| WebError::Saturated)?;
        let operator = Operator::new(
            self.database.clone(),
            self.clock.clone(),
            self.random.clone(),
            actor,
        );
        let done = spawn_blocking(move || {
            let _held = (place, slot);
            work(&operator)
        });
        match done.await {
            Ok(outcome) => outcome.map_err(refused),
            // The process is going down.
            Err(_) => Err(WebError::Saturated),
        }
    }
}
