//! Waiting for a request that is under way, perhaps on somebody else's behalf.

use std::time::Duration;

use tokio::sync::watch;

use crate::answer::Answer;

/// How long a caller who has something remembered waits for something newer. A healthy SLMM
/// answers a status within a twentieth of it.
pub(crate) const PATIENCE: Duration = Duration::from_millis(250);

/// What became of a request.
#[derive(Debug, Clone)]
pub(crate) enum Landing<V> {
    InAir,
    Landed(V),
    Lost,
}

/// The sending end, held by the cache: whoever puts the result there tells all who wait.
#[derive(Debug)]
pub(crate) struct Flight<V> {
    pub(crate) since: Duration,
    landing: watch::Sender<Landing<V>>,
}

impl<V: Clone> Flight<V> {
    pub(crate) fn depart(since: Duration) -> Self {
        Self {
            since,
            landing: watch::Sender::new(Landing::InAir),
        }
    }

    pub(crate) fn passenger(&self, remembered: Option<V>) -> Passenger<V> {
        Passenger {
            landing: self.landing.subscribe(),
            remembered,
        }
    }

    pub(crate) fn land(self, value: Option<V>) {
        self.landing
            .send_replace(value.map_or(Landing::Lost, Landing::Landed));
    }
}

/// One who waits. Dropping it changes nothing for the others.
#[derive(Debug)]
pub(crate) struct Passenger<V> {
    landing: watch::Receiver<Landing<V>>,
    remembered: Option<V>,
}

impl<V: Clone> Passenger<V> {
    /// Waits no longer than `timeout`, or than [`PATIENCE`] with something remembered; calls
    /// `in_vain` when that was too short.
    pub(crate) async fn arrival(mut self, timeout: Duration, in_vain: impl FnOnce()) -> Answer<V> {
        let patience = match self.remembered {
            Some(_) => PATIENCE.min(timeout),
            None => timeout,
        };
        let landed = self
            .landing
            .wait_for(|landing| !matches!(landing, Landing::InAir));
        let value = match tokio::time::timeout(patience, landed).await {
            Ok(Ok(landing)) => match &*landing {
                Landing::Landed(value) => Some(value.clone()),
                Landing::InAir | Landing::Lost => None,
            },
            // The key was forgotten in favour of others while its request was under way.
            Ok(Err(_forgotten)) => None,
            Err(_elapsed) => {
                in_vain();
                None
            }
        };
        match value {
            Some(value) => Answer::Fresh(value),
            None => Answer::from_memory(self.remembered),
        }
    }
}
