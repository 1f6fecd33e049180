//! What was asked of the simulator: for tests of who asks how much.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::endpoint::Endpoint;

/// A copy of the counters at one moment.
#[derive(Debug, Clone, Default)]
pub struct Counters {
    requests: HashMap<(Endpoint, Option<String>), u64>,
    feeds: HashMap<String, Gauge>,
    all_feeds: Gauge,
    in_flight: Gauge,
    /// How often the service went deaf.
    pub times_deaf: u64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Gauge {
    now: usize,
    most: usize,
}

impl Gauge {
    fn up(&mut self) {
        self.now += 1;
        self.most = self.most.max(self.now);
    }

    fn down(&mut self) {
        self.now = self.now.saturating_sub(1);
    }
}

impl Counters {
    /// Requests of a kind, of all units.
    pub fn requests(&self, endpoint: Endpoint) -> u64 {
        let of_kind = self
            .requests
            .iter()
            .filter(|((kind, _), _)| *kind == endpoint);
        of_kind.map(|(_, count)| count).sum()
    }

    /// Requests of a kind about one unit.
    pub fn requests_of(&self, endpoint: Endpoint, unit: &str) -> u64 {
        self.requests
            .get(&(endpoint, Some(unit.to_owned())))
            .copied()
            .unwrap_or(0)
    }

    /// Requests of any kind about one unit.
    pub fn requests_about(&self, unit: &str) -> u64 {
        let about = self
            .requests
            .iter()
            .filter(|((_, of), _)| of.as_deref() == Some(unit));
        about.map(|(_, count)| count).sum()
    }

    /// All requests.
    pub fn total(&self) -> u64 {
        self.requests.values().sum()
    }

    /// Requests being answered, sockets apart.
    pub fn in_flight(&self) -> usize {
        self.in_flight.now
    }

    /// The most requests that were being answered at once.
    pub fn max_in_flight(&self) -> usize {
        self.in_flight.most
    }

    /// Open monitor sockets of a unit.
    pub fn feeds_of(&self, unit: &str) -> usize {
        self.feeds.get(unit).map_or(0, |gauge| gauge.now)
    }

    /// The most monitor sockets that a unit had at once.
    pub fn max_feeds_of(&self, unit: &str) -> usize {
        self.feeds.get(unit).map_or(0, |gauge| gauge.most)
    }

    /// Open monitor sockets.
    pub fn feeds(&self) -> usize {
        self.all_feeds.now
    }

    /// The most monitor sockets that were open at once.
    pub fn max_feeds(&self) -> usize {
        self.all_feeds.most
    }
}

/// The counters as they run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meters(Arc<Mutex<Counters>>);

/// Something that is going on, until dropped.
#[derive(Debug)]
pub(crate) struct Ongoing {
    meters: Meters,
    feed: Option<String>,
}

impl Meters {
    pub(crate) fn read(&self) -> Counters {
        self.lock().clone()
    }

    /// Sets the sums and maxima to what is going on now.
    pub(crate) fn reset(&self) {
        let mut counters = self.lock();
        counters.requests.clear();
        counters.feeds.retain(|_, gauge| gauge.now > 0);
        for gauge in counters.feeds.values_mut() {
            gauge.most = gauge.now;
        }
        counters.all_feeds.most = counters.all_feeds.now;
        counters.in_flight.most = counters.in_flight.now;
    }

    pub(crate) fn request(&self, endpoint: Endpoint, unit: Option<&str>) -> Ongoing {
        let mut counters = self.lock();
        *counters
            .requests
            .entry((endpoint, unit.map(str::to_owned)))
            .or_default() += 1;
        counters.in_flight.up();
        Ongoing {
            meters: self.clone(),
            feed: None,
        }
    }

    pub(crate) fn feed(&self, unit: &str) -> Ongoing {
        let mut counters = self.lock();
        counters.feeds.entry(unit.to_owned()).or_default().up();
        counters.all_feeds.up();
        Ongoing {
            meters: self.clone(),
            feed: Some(unit.to_owned()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counters> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ongoing {
    fn drop(&mut self) {
        let mut counters = self.meters.lock();
        match &self.feed {
            None => counters.in_flight.down(),
            Some(unit) => {
                counters.all_feeds.down();
                if let Some(gauge) = counters.feeds.get_mut(unit) {
                    gauge.down();
                }
            }
        }
    }
}
