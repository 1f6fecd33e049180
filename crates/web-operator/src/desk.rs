//! Acts on the database, off the workers: so many at once, so many waiting, and no more.

use std::sync::Arc;

use domain::{Clock, RandomSource, TimeZone};
use store::Database;
use store_operator::{Actor, Operator, OperatorError};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use web::WebError;

use crate::error::refused_in;

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
    /// What the act came to, as a visitor is told it; [`WebError::Busy`] at once when too many are
    /// waiting; [`WebError::BrokenOff`].
    pub(crate) async fn act<T: Send + 'static>(
        &self,
        actor: Actor,
        work: impl FnOnce(&Operator) -> Result<T, OperatorError> + Send + 'static,
    ) -> Result<T, WebError> {
        self.act_in(&TimeZone::UTC, actor, work).await
    }

    /// The same, telling a refusal's times as they are in `zone`.
    ///
    /// # Errors
    /// As [`Self::act`].
    pub(crate) async fn act_in<T: Send + 'static>(
        &self,
        zone: &TimeZone,
        actor: Actor,
        work: impl FnOnce(&Operator) -> Result<T, OperatorError> + Send + 'static,
    ) -> Result<T, WebError> {
        let place = Arc::clone(&self.places);
        let place = place.try_acquire_owned().map_err(|_full| WebError::Busy)?;
        let slot = Arc::clone(&self.slots).acquire_owned().await;
        let slot = slot.map_err(|_closed| WebError::Busy)?;
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
            Ok(outcome) => outcome.map_err(|error| refused_in(error, zone)),
            Err(cause) if cause.is_panic() => Err(WebError::BrokenOff(cause.to_string())),
            // The process is going down.
            Err(_) => Err(WebError::Busy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::TestDatabase;
    use web::Failure;

    fn desk(test: &TestDatabase, size: (usize, usize)) -> Desk {
        let (clock, random) = (test.clock().clone(), test.random().clone());
        Desk::of_size(test.database().clone(), clock, random, size)
    }

    fn anna() -> Actor {
        Actor {
            name: "anna".to_owned(),
            origin: "here".to_owned(),
        }
    }

    #[tokio::test]
    async fn a_full_desk_says_that_it_is_busy_and_nothing_of_signing_in() {
        let test = TestDatabase::sqlite();
        let desk = desk(&test, (1, 1));
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (go_on, wait) = std::sync::mpsc::channel::<()>();
        let first = tokio::spawn({
            let desk = desk.clone();
            async move {
                desk.act(anna(), move |_| {
                    begun.send(()).expect("somebody waits");
                    wait.recv().expect("somebody lets it go on");
                    Ok(())
                })
                .await
            }
        });
        has_begun.await.unwrap();
        let refusal = desk.act(anna(), |_| Ok(())).await.unwrap_err();
        assert!(matches!(refusal, WebError::Busy), "{refusal}");
        let failure = Failure::from(&refusal);
        assert_eq!(failure.status, 503);
        assert!(!failure.detail.contains("signing in"), "{failure:?}");
        go_on.send(()).unwrap();
        first.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn an_act_that_panics_is_our_fault_and_leaves_the_desk_in_order() {
        let test = TestDatabase::sqlite();
        let desk = desk(&test, (1, 1));
        let broken = desk.act(anna(), |_| -> Result<(), OperatorError> { panic!("a bug") });
        let error = broken.await.unwrap_err();
        assert_eq!(Failure::from(&error).status, 500, "{error}");
        assert!(error.to_string().contains("panic"), "{error}");
        desk.act(anna(), |_| Ok(())).await.unwrap();
    }
}
