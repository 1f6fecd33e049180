//! What was just answered, kept for a second for whoever asks the same: a page of a project and a
//! location's history are the same for all who may see them. Who asks was proven before; nothing
//! is had from here but by a scope.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{Clock, LocationId};
use store::ProjectEdition;
use web::encoding::Text;

/// As long as a status of SLMM is kept: what is a second old is shown as if it were of now.
const FRESH_FOR: Duration = Duration::from_secs(1);
/// Answers kept at once. The largest, a day's history, is about 60 kB.
const CAPACITY: usize = 256;

/// What is answered; a change of the project is another edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum What {
    /// The overview page, for a wall or for a desk.
    Overview { of: ProjectEdition, wall: bool },
    /// A location's history.
    History {
        of: ProjectEdition,
        location: LocationId,
        /// The bits of the hours asked for.
        hours: u64,
    },
}

/// Answers, each with the moment at which it was made.
pub(crate) struct Kept {
    clock: Arc<dyn Clock>,
    answers: Mutex<HashMap<What, (Duration, Arc<Text>)>>,
}

impl Kept {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            answers: Mutex::default(),
        }
    }

    /// What is fresh of it.
    pub(crate) fn fresh(&self, what: &What) -> Option<Arc<Text>> {
        let now = self.clock.elapsed();
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let (made, text) = answers.get(what)?;
        is_fresh(*made, now).then(|| Arc::clone(text))
    }

    /// Keeps an answer that was begun at this moment of the clock.
    pub(crate) fn keep(&self, what: What, begun: Duration, text: Text) -> Arc<Text> {
        let text = Arc::new(text);
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= CAPACITY {
            let now = self.clock.elapsed();
            answers.retain(|_, (made, _)| is_fresh(*made, now));
        }
        if answers.len() < CAPACITY {
            answers.insert(what, (begun, Arc::clone(&text)));
        }
        text
    }

    /// The moment that [`Self::keep`] asks for.
    pub(crate) fn moment(&self) -> Duration {
        self.clock.elapsed()
    }
}

fn is_fresh(made: Duration, now: Duration) -> bool {
    now.saturating_sub(made) < FRESH_FOR
}
