//! A handle on a simulator whose meters speak when they are told to.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, Decibel, MeterStatus, SystemClock, UnitId};
use slmm::{Config, FeedItem, FeedTimes, Slmm, Watch};
use slmm_sim::{RunningSim, Sim, SimConfig};
use testkit::{ManualClock, SeededRandom};

/// Long enough never to matter on a busy machine.
pub(crate) const AMPLE: Duration = Duration::from_secs(20);
/// The meter most tests look at.
pub(crate) const METER: &str = "SLM-102";

/// Times for tests: what ends a wait is short, what gives something up is ample.
pub(crate) const HASTY: FeedTimes = FeedTimes {
    linger: Duration::from_millis(200),
    farewell: Duration::from_secs(1),
    slow: Duration::from_millis(100),
    ask_again: Duration::from_millis(50),
    look_again: Duration::from_millis(100),
    first_retry: Duration::from_millis(20),
    longest_retry: Duration::from_millis(200),
    silence: AMPLE,
    idle: AMPLE,
    lost: AMPLE,
};

/// The same without items out of the status cache, but for the first.
pub(crate) const FRAMES_ONLY: FeedTimes = FeedTimes {
    slow: Duration::from_hours(1),
    ..HASTY
};

/// A handle, and a simulated SLMM whose meters stand still.
pub(crate) struct Bench {
    pub(crate) slmm: Slmm,
    pub(crate) sim: Sim,
    pub(crate) running: RunningSim,
    clock: Arc<ManualClock>,
}

impl Bench {
    pub(crate) fn new(times: FeedTimes) -> Self {
        Self::with(&SimConfig::default(), times, 8)
    }

    pub(crate) fn with(config: &SimConfig, times: FeedTimes, max_feeds: usize) -> Self {
        let clock = Arc::new(ManualClock::default());
        let sim = Sim::new(config, Arc::clone(&clock) as Arc<dyn Clock>);
        for unit in sim.unit_ids() {
            sim.stall(&unit, true).unwrap();
            sim.poll(&unit).unwrap();
        }
        let running = sim.serve("127.0.0.1:0").unwrap();
        let slmm = handle(&running.base_url(), times, max_feeds);
        Self {
            slmm,
            sim,
            running,
            clock,
        }
    }

    pub(crate) fn watch(&self) -> Watch {
        self.slmm.watch(&unit(METER))
    }

    /// Lets a second pass, and a meter say this level.
    pub(crate) fn say(&self, unit: &str, lp: f64) {
        // A restart forgets that the loop stands still.
        self.sim.stall(unit, true).unwrap();
        self.clock.advance(Duration::from_secs(1));
        self.sim.set_level(unit, Some(lp)).unwrap();
        self.sim.poll(unit).unwrap();
    }

    /// Waits until SLMM counts so many sockets of the meter.
    pub(crate) async fn sockets(&self, count: usize) {
        until(|| self.sim.counters().feeds_of(METER) == count).await;
    }

    /// A watcher of the meter whose feed is open and has told this level.
    pub(crate) async fn live(&self, lp: f64) -> Watch {
        let mut watch = self.watch();
        self.sockets(1).await;
        self.say(METER, lp);
        live_at(&mut watch, lp).await;
        watch
    }
}

pub(crate) fn handle(base_url: &str, times: FeedTimes, max_feeds: usize) -> Slmm {
    let config = Config::new(base_url, AMPLE, 4).unwrap();
    let config = config.with_max_feeds(max_feeds).unwrap();
    let random = Arc::new(SeededRandom::default());
    Slmm::start(config.with_feed_times(times), Arc::new(SystemClock), random).unwrap()
}

pub(crate) fn unit(name: &str) -> UnitId {
    meter_id::parse(name).unwrap()
}

pub(crate) fn lp(status: &MeterStatus) -> Option<f64> {
    status.reading?.levels.lp.map(Decibel::db)
}

/// The next item, which must come.
pub(crate) async fn next(watch: &mut Watch) -> FeedItem {
    within(watch.changed()).await
}

/// Waits for a frame with this level, and returns what came before it.
pub(crate) async fn live_at(watch: &mut Watch, level: f64) -> Vec<FeedItem> {
    let mut before = Vec::new();
    let mut item = watch.latest();
    loop {
        if matches!(item, FeedItem::Live(status) if lp(&status) == Some(level)) {
            return before;
        }
        before.push(item);
        item = next(watch).await;
    }
}

/// Waits for an item of this kind.
pub(crate) async fn item(watch: &mut Watch, wanted: impl Fn(&FeedItem) -> bool) -> FeedItem {
    let mut item = watch.latest();
    while !wanted(&item) {
        item = next(watch).await;
    }
    item
}

pub(crate) async fn until(mut holds: impl FnMut() -> bool) {
    within(async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
}

pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(AMPLE, future)
        .await
        .expect("it came in time")
}
