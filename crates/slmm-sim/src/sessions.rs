//! SLMM's pool of database sessions, and what one too many does to it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::config::Capacity;

/// The sessions in use. Every wait is told by the monotonic clock of whoever asks.
#[derive(Debug)]
pub(crate) struct Sessions {
    capacity: Option<Capacity>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    requests: usize,
    watched: usize,
    deaf_until: Option<Duration>,
    times_deaf: u64,
}

/// What came of asking for a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// The request has one and must give it back.
    Admitted,
    /// There was none left: the whole service has just gone deaf.
    Refused,
}

/// How the service stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hearing {
    Hears,
    Deaf,
    /// It has just come back.
    Recovered,
}

impl Sessions {
    pub(crate) fn new(capacity: Option<Capacity>) -> Self {
        Self {
            capacity,
            state: Mutex::default(),
        }
    }

    pub(crate) fn capacity(&self) -> Option<Capacity> {
        self.capacity
    }

    pub(crate) fn take(&self, elapsed: Duration) -> Admission {
        let mut state = self.lock();
        let Some(capacity) = self.capacity else {
            state.requests += 1;
            return Admission::Admitted;
        };
        if state.requests + state.watched < capacity.sessions {
            state.requests += 1;
            return Admission::Admitted;
        }
        state.go_deaf(elapsed + capacity.deaf_for);
        Admission::Refused
    }

    pub(crate) fn give_back(&self) {
        let mut state = self.lock();
        state.requests = state.requests.saturating_sub(1);
    }

    /// Takes note of how many units are watched: each holds a session.
    pub(crate) fn set_watched(&self, watched: usize, elapsed: Duration) {
        let mut state = self.lock();
        state.watched = watched;
        if let Some(capacity) = self.capacity
            && state.deaf_until.is_none()
            && state.requests + watched > capacity.sessions
        {
            state.go_deaf(elapsed + capacity.deaf_for);
        }
    }

    pub(crate) fn is_deaf(&self, elapsed: Duration) -> bool {
        self.lock().deaf_until.is_some_and(|until| elapsed < until)
    }

    /// Asks how it stands, and ends a deafness that is over.
    pub(crate) fn hear(&self, elapsed: Duration) -> Hearing {
        let mut state = self.lock();
        match state.deaf_until {
            None => Hearing::Hears,
            Some(until) if elapsed < until => Hearing::Deaf,
            Some(_) => {
                state.deaf_until = None;
                Hearing::Recovered
            }
        }
    }

    pub(crate) fn times_deaf(&self) -> u64 {
        self.lock().times_deaf
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn go_deaf(&mut self, until: Duration) {
        self.deaf_until = Some(until);
        self.times_deaf += 1;
    }
}
