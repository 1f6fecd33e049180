//! Who may view, and which channels there are.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use super::channel::{Channel, Publisher};
use super::counters::{LiveCounters, LiveTally, count};
use super::frame::CloseCode;

/// What a channel is about, by name.
pub trait Key: Eq + Hash + Clone + Send + Unpin + 'static {}

impl<K: Eq + Hash + Clone + Send + Unpin + 'static> Key for K {}

/// How many may view at once.
#[derive(Debug, Clone, Copy)]
pub struct LiveLimits {
    /// In all.
    pub viewers: usize,
    /// With one session.
    pub per_session: usize,
}

/// There is no place for one more viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place for one more viewer")]
pub struct Full;

/// The thread that publishes cannot be had.
#[derive(Debug, thiserror::Error)]
#[error("the live thread cannot be started: {0}")]
pub struct HubError(#[from] std::io::Error);

/// All live channels of a process. Clones are the same hub.
pub struct Hub<K>(Arc<Inner<K>>);

impl<K> Clone for Hub<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

struct Inner<K> {
    limits: LiveLimits,
    tally: LiveTally,
    state: Mutex<State<K>>,
    /// Runs what publishes: a thread of its own, so that no worker's load delays a frame.
    publishers: Handle,
    /// The thread ends when this is dropped.
    _running: oneshot::Sender<()>,
}

struct State<K> {
    channels: HashMap<K, Arc<Channel>>,
    sessions: HashMap<String, usize>,
    viewers: usize,
    closing: bool,
}

impl<K: Key> Hub<K> {
    /// A hub with its thread.
    ///
    /// # Errors
    /// [`HubError`] when there is no thread to be had.
    pub fn start(limits: LiveLimits) -> Result<Self, HubError> {
        let runtime = Builder::new_current_thread().enable_time().build()?;
        let publishers = runtime.handle().clone();
        let (running, stopped) = oneshot::channel::<()>();
        std::thread::Builder::new()
            .name("live".to_owned())
            .spawn(move || {
                // Ends with an error when the hub is dropped, which is the only end there is.
                runtime.block_on(stopped).unwrap_or_default();
            })?;
        let state = State {
            channels: HashMap::new(),
            sessions: HashMap::new(),
            viewers: 0,
            closing: false,
        };
        Ok(Self(Arc::new(Inner {
            limits,
            tally: LiveTally::default(),
            state: Mutex::new(state),
            publishers,
            _running: running,
        })))
    }

    fn state(&self) -> MutexGuard<'_, State<K>> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets one more viewer in to the channel of `key`, where they have a place. The first viewer
    /// of a channel opens it: `speak` then publishes on it, until [`Publisher::deserted`].
    ///
    /// # Errors
    /// [`Full`]: in all, with this session, or because the process is about to end.
    pub fn join<F, S>(&self, session: &str, key: K, speak: S) -> Result<Place<K>, Full>
    where
        S: FnOnce(Publisher) -> F,
        F: Future<Output = ()> + Send + 'static,
    {
        let mut state = self.state();
        let with_session = state.sessions.get(session).copied().unwrap_or(0);
        let full =
            state.viewers >= self.0.limits.viewers || with_session >= self.0.limits.per_session;
        if full || state.closing {
            count(&self.0.tally.refused, 1);
            return Err(Full);
        }
        state.viewers += 1;
        state.sessions.insert(session.to_owned(), with_session + 1);
        // A channel that has come to its end may still be known while its viewers leave.
        let open = state
            .channels
            .get(&key)
            .filter(|channel| !channel.has_ended())
            .cloned();
        let channel = open.unwrap_or_else(|| {
            let channel = Arc::new(Channel::default());
            self.0.publishers.spawn(speak(Publisher {
                channel: channel.clone(),
            }));
            state.channels.insert(key.clone(), channel.clone());
            channel
        });
        let slot = channel.enter();
        drop(state);
        count(&self.0.tally.admitted, 1);
        count(&self.0.tally.viewers, 1);
        Ok(Place {
            hub: self.clone(),
            session: session.to_owned(),
            key,
            channel,
            slot,
        })
    }

    /// Ends every channel, and lets nobody in any more: the process is about to end.
    pub fn close(&self) {
        let mut state = self.state();
        state.closing = true;
        let channels: Vec<_> = state.channels.drain().map(|(_, channel)| channel).collect();
        drop(state);
        for channel in channels {
            channel.end(CloseCode::Restart);
        }
    }

    /// What was counted so far.
    pub fn counters(&self) -> LiveCounters {
        let channels = self.state().channels.len();
        self.0.tally.read(channels)
    }

    pub(super) fn tally(&self) -> &LiveTally {
        &self.0.tally
    }

    fn leave(&self, place: &Place<K>) {
        let mut state = self.state();
        state.viewers -= 1;
        match state.sessions.get_mut(&place.session) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(state.sessions.remove(&place.session)),
        }
        if place.channel.leave(place.slot) {
            place.channel.desert();
            // Another channel may have taken the key after this one's end.
            if state
                .channels
                .get(&place.key)
                .is_some_and(|open| Arc::ptr_eq(open, &place.channel))
            {
                state.channels.remove(&place.key);
            }
        }
        drop(state);
        self.0
            .tally
            .viewers
            .fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
    }
}

/// A viewer's place on a channel, given back when dropped.
pub struct Place<K: Key> {
    pub(super) hub: Hub<K>,
    session: String,
    key: K,
    pub(super) channel: Arc<Channel>,
    pub(super) slot: usize,
}

impl<K: Key> Drop for Place<K> {
    fn drop(&mut self) {
        let hub = self.hub.clone();
        hub.leave(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    fn hub() -> Hub<u8> {
        Hub::start(LiveLimits {
            viewers: 3,
            per_session: 2,
        })
        .unwrap()
    }

    async fn listen(publisher: Publisher) {
        publisher.deserted().await;
    }

    #[test]
    fn a_channel_that_has_ended_is_not_joined_while_its_viewers_leave() {
        let hub = hub();
        let opened = AtomicUsize::new(0);
        let open = |publisher: Publisher| {
            opened.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            listen(publisher)
        };
        let first = hub.join("one", 7, open).unwrap();
        let second = hub.join("one", 7, open).unwrap();
        assert!(Arc::ptr_eq(&first.channel, &second.channel));
        first.channel.end(CloseCode::Gone);
        let third = hub.join("two", 7, open).unwrap();
        assert!(!third.channel.has_ended());
        // The old viewers' leaving does not take the new channel away.
        drop((first, second));
        let fourth = hub.join("two", 7, open).unwrap();
        assert!(Arc::ptr_eq(&third.channel, &fourth.channel));
        assert_eq!(opened.into_inner(), 2);
    }

    #[test]
    fn places_are_counted_in_all_and_by_session() {
        let hub = hub();
        let places: Vec<_> = (0..3)
            .map(|number| hub.join("one", number, listen))
            .collect();
        assert!(
            places[1].is_ok() && places[2].is_err(),
            "two with one session"
        );
        let third = hub.join("two", 9, listen);
        assert!(
            third.is_ok() && hub.join("three", 9, listen).is_err(),
            "three in all"
        );
        assert_eq!((hub.counters().viewers, hub.counters().channels), (3, 3));
        drop((places, third));
        assert_eq!((hub.counters().viewers, hub.counters().channels), (0, 0));
        assert_eq!((hub.counters().admitted, hub.counters().refused), (3, 2));
    }

    #[test]
    fn a_closing_hub_ends_what_is_open_and_lets_nobody_in() {
        let hub = hub();
        let place = hub.join("one", 7, listen).unwrap();
        hub.close();
        assert!(place.channel.has_ended());
        assert!(hub.join("two", 7, listen).is_err());
    }
}
