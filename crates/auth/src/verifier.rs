//! Password checks on a small bounded pool.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::RandomSource;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

use crate::hash::{HashError, HashParams, PasswordHash};
use crate::password::Password;

/// No verdict was reached: the pool and its queue are full, or the machine has no memory for one
/// more check. It says nothing of the password; the visitor may try again in a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no room for one more password check")]
pub struct Saturated;

/// What a check found.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// Not the password.
    Wrong,
    /// The password.
    Right {
        /// A stronger hash of it to store, where the stored one was made with weaker parameters.
        renewed: Option<PasswordHash>,
    },
}

/// Checks passwords: so many at once, so many waiting, and no more.
///
/// A computation cannot be stopped, so its place is free when it is really over, also when whoever
/// asked has gone. One that has not begun is given up with the future that waits for it.
#[derive(Clone)]
pub struct Verifier {
    /// Who may compute.
    slots: Arc<Semaphore>,
    /// Who may compute or wait.
    places: Arc<Semaphore>,
    params: HashParams,
    random: Arc<dyn RandomSource>,
    verifications: Arc<AtomicU64>,
}

/// A place and a slot, given back together.
struct Room {
    _place: OwnedSemaphorePermit,
    _slot: OwnedSemaphorePermit,
}

impl Verifier {
    /// A pool of `threads` computations at once (at least one) and `queue` more waiting, which
    /// makes hashes with `params`.
    pub fn new(
        threads: usize,
        queue: usize,
        params: HashParams,
        random: Arc<dyn RandomSource>,
    ) -> Self {
        let threads = threads.clamp(1, Semaphore::MAX_PERMITS / 2);
        let queue = queue.min(Semaphore::MAX_PERMITS / 2);
        Self {
            slots: Arc::new(Semaphore::new(threads)),
            places: Arc::new(Semaphore::new(threads + queue)),
            params,
            random,
            verifications: Arc::default(),
        }
    }

    /// Whether `password` is the one of `stored`. Where there is no hash (none was set, or what
    /// was stored cannot be read) the answer is [`Verdict::Wrong`] after the same work.
    ///
    /// # Errors
    /// [`Saturated`] at once when the queue is full.
    pub async fn verify(
        &self,
        stored: Option<PasswordHash>,
        password: Password,
    ) -> Result<Verdict, Saturated> {
        let room = self.room().await?;
        let (params, random) = (self.params.clone(), Arc::clone(&self.random));
        let verifications = Arc::clone(&self.verifications);
        let check = spawn_blocking(move || {
            let _room = room;
            verifications.fetch_add(1, Ordering::Relaxed);
            check(stored.as_ref(), &password, &params, random.as_ref())
        });
        match check.await {
            Ok(Ok(verdict)) => Ok(verdict),
            // Out of memory, or the runtime is going down: neither is a verdict.
            Ok(Err(_)) | Err(_) => Err(Saturated),
        }
    }

    /// Hashes a password on the pool, in the queue with the checks.
    ///
    /// # Errors
    /// [`HashError::Saturated`] when the queue is full; otherwise as [`PasswordHash::compute`].
    pub async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError> {
        let room = self.room().await?;
        let (params, random) = (self.params.clone(), Arc::clone(&self.random));
        let password = password.clone();
        spawn_blocking(move || {
            let _room = room;
            PasswordHash::compute(&password, &params, random.as_ref())
        })
        .await
        .map_err(|_going_down| HashError::Saturated)?
    }

    /// How many checks have been computed since the start, those against no hash included.
    pub fn verifications(&self) -> u64 {
        self.verifications.load(Ordering::Relaxed)
    }

    /// Whether a check that was asked for now would be refused: for whoever has costly things to do
    /// before they ask.
    pub fn is_full(&self) -> bool {
        self.places.available_permits() == 0
    }

    async fn room(&self) -> Result<Room, Saturated> {
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_full| Saturated)?;
        let slot = Arc::clone(&self.slots)
            .acquire_owned()
            .await
            .map_err(|_never_closed| Saturated)?;
        Ok(Room {
            _place: place,
            _slot: slot,
        })
    }
}

impl From<Saturated> for HashError {
    fn from(_: Saturated) -> Self {
        Self::Saturated
    }
}

fn check(
    stored: Option<&PasswordHash>,
    password: &Password,
    params: &HashParams,
    random: &dyn RandomSource,
) -> Result<Verdict, HashError> {
    if !PasswordHash::check(stored, password, params)? {
        return Ok(Verdict::Wrong);
    }
    // A renewal that fails is left to the next success: the visitor was right.
    let renewed = stored
        .filter(|stored| stored.is_weaker_than(params))
        .and_then(|_| PasswordHash::compute(password, params, random).ok());
    Ok(Verdict::Right { renewed })
}
