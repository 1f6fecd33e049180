//! Waiting for a request that is under way, perhaps on somebody else's behalf.

use std::time::Duration;

use tokio::sync::watch;

use crate::answer::Answer;
use crate::failure::Failure;

/// How long a caller who has something remembered waits for something newer. A healthy SLMM
/// answers a status within a twentieth of it.
pub(crate) const PATIENCE: Duration = Duration::from_millis(250);

/// What became of a request.
#[derive(Debug, Clone)]
pub(crate) enum Landing<V> {
    /// It stands in our own line.
    InLine,
    /// It was sent.
    InAir,
    Landed(V),
    Lost,
    /// It was given up before it was sent.
    Unsent,
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
            landing: watch::Sender::new(Landing::InLine),
        }
    }

    pub(crate) fn passenger(&self, remembered: Option<V>) -> Passenger<V> {
        Passenger {
            landing: self.landing.subscribe(),
            remembered,
        }
    }

    /// It is being sent.
    pub(crate) fn take_off(&self) {
        self.landing.send_replace(Landing::InAir);
    }

    pub(crate) fn land(self, result: Result<V, Failure>) {
        self.landing.send_replace(match result {
            Ok(value) => Landing::Landed(value),
            Err(Failure::Crowded | Failure::Held) => Landing::Unsent,
            Err(_) => Landing::Lost,
        });
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
    /// `in_vain` when that was too short. What stood in line for half of that was hardly asked.
    pub(crate) async fn arrival(self, timeout: Duration, in_vain: impl FnOnce()) -> Answer<V> {
        let Self {
            mut landing,
            remembered,
        } = self;
        let patience = match remembered {
            Some(_) => PATIENCE.min(timeout),
            None => timeout,
        };
        let mut sent_soon = false;
        let landed = tokio::time::timeout(patience, async {
            let sent = landing.wait_for(|landing| !matches!(landing, Landing::InLine));
            sent_soon = tokio::time::timeout(patience / 2, sent).await.is_ok();
            let under_way =
                |landing: &Landing<V>| matches!(landing, Landing::InLine | Landing::InAir);
            let landed = landing.wait_for(|landing| !under_way(landing)).await;
            landed.map(|landed| landed.clone())
        });
        let was_asked = match landed.await {
            Ok(Ok(Landing::Landed(value))) => return Answer::Fresh(value),
            Ok(Ok(Landing::Unsent)) => false,
            Ok(Ok(_)) => true,
            // The key was forgotten in favour of others while its request was under way.
            Ok(Err(_forgotten)) => false,
            Err(_elapsed) => {
                in_vain();
                sent_soon
            }
        };
        match remembered {
            Some(value) => Answer::Remembered(value),
            None if was_asked => Answer::Nothing,
            None => Answer::Unasked,
        }
    }
}
