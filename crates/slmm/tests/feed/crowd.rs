//! More meters than SLMM bears to have watched.

use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, SystemClock};
use slmm::{FeedItem, FeedTimes};
use slmm_sim::{Capacity, Sim, SimConfig};

use crate::support::{Bench, HASTY, handle, item, live_at, lp, next, unit, until};

fn is_slow(item: &FeedItem) -> bool {
    matches!(item, FeedItem::Slow(_))
}

#[tokio::test]
async fn the_ninth_meter_is_slow_until_one_of_the_eight_is_left() {
    let bench = Bench::with(&SimConfig::with_units(9), HASTY, 8);
    let mut names = bench.sim.unit_ids();
    let ninth = names.pop().unwrap();
    let mut eight: Vec<_> = names
        .iter()
        .map(|name| bench.slmm.watch(&unit(name)))
        .collect();
    until(|| bench.sim.counters().feeds() == 8).await;
    let mut watch = bench.slmm.watch(&unit(&ninth));
    item(&mut watch, is_slow).await;
    for level in [61.0, 62.0] {
        bench.say(&ninth, level);
        item(
            &mut watch,
            |item| matches!(item, FeedItem::Slow(status) if lp(status) == Some(level)),
        )
        .await;
    }
    assert_eq!(bench.slmm.feed_counters().waiting, 1);
    drop(eight.pop());
    until(|| bench.sim.counters().feeds_of(&ninth) == 1).await;
    bench.say(&ninth, 63.0);
    live_at(&mut watch, 63.0).await;
    assert_eq!(bench.slmm.feed_counters().waiting, 0);
    assert_eq!(bench.sim.counters().max_feeds(), 8);
}

#[tokio::test]
async fn feeds_are_given_first_come_first_served() {
    let bench = Bench::with(&SimConfig::with_units(4), HASTY, 1);
    let names = bench.sim.unit_ids();
    let mut watches: Vec<_> = names
        .iter()
        .map(|name| bench.slmm.watch(&unit(name)))
        .collect();
    for name in &names {
        until(|| bench.sim.counters().feeds_of(name) == 1).await;
        drop(watches.remove(0));
    }
    until(|| bench.sim.counters().feeds() == 0).await;
    assert_eq!(bench.sim.counters().max_feeds(), 1);
    assert_eq!(bench.slmm.feed_counters().opened, 4);
}

#[tokio::test]
async fn who_is_remembered_and_must_wait_is_slow_from_the_first_item_on() {
    let bench = Bench::with(&SimConfig::with_units(2), HASTY, 1);
    let [first, second] = ["SLM-101", "SLM-102"].map(unit);
    bench.slmm.status(&second).await;
    let _first = bench.slmm.watch(&first);
    until(|| bench.slmm.feed_counters().open == 1).await;
    assert!(is_slow(&bench.slmm.watch(&second).latest()));
}

#[tokio::test]
async fn a_meter_that_waits_and_is_left_gives_up_its_turn() {
    let bench = Bench::with(&SimConfig::with_units(3), HASTY, 1);
    let [first, second, third] = ["SLM-101", "SLM-102", "SLM-103"].map(unit);
    let first = bench.slmm.watch(&first);
    until(|| bench.slmm.feed_counters().open == 1).await;
    let waiting = bench.slmm.watch(&second);
    let mut last = bench.slmm.watch(&third);
    until(|| bench.slmm.feed_counters().waiting == 2).await;
    drop(waiting);
    until(|| bench.slmm.feed_counters().waiting == 1).await;
    drop(first);
    until(|| bench.sim.counters().feeds_of("SLM-103") == 1).await;
    bench.say("SLM-103", 61.5);
    live_at(&mut last, 61.5).await;
    assert_eq!(bench.sim.counters().max_feeds_of("SLM-102"), 0);
}

/// As many as a pressed SLMM would go deaf of: 15 sessions, each held by a request or a feed.
#[tokio::test]
async fn forty_meters_watched_at_once_do_not_deafen_slmm() {
    const ROUNDS: usize = 4;
    let config = SimConfig {
        capacity: Some(Capacity::default()),
        ..SimConfig::with_units(40)
    };
    let sim = Sim::new(&config, Arc::new(SystemClock) as Arc<dyn Clock>);
    let running = sim.serve("127.0.0.1:0").unwrap();
    let times = FeedTimes {
        slow: Duration::from_millis(1500),
        ..FeedTimes::default()
    };
    let slmm = handle(&running.base_url(), times, 8);
    let watches = sim.unit_ids().into_iter().map(|name| {
        let mut watch = slmm.watch(&unit(&name));
        tokio::spawn(async move {
            let mut items = Vec::new();
            while items.len() < ROUNDS {
                items.push(next(&mut watch).await);
            }
            // Leaving would free a feed for others: nobody does before all are done.
            (watch, items)
        })
    });
    let watches: Vec<_> = watches.collect();
    let mut live = 0;
    let mut told = Vec::new();
    for watch in watches {
        let (watch, items) = watch.await.unwrap();
        assert!(
            items
                .iter()
                .all(|item| matches!(item, FeedItem::Live(_) | FeedItem::Slow(_))),
            "{items:?}"
        );
        live += usize::from(matches!(items.last(), Some(FeedItem::Live(_))));
        told.push(watch);
    }
    let counters = sim.counters();
    assert_eq!(counters.times_deaf, 0);
    assert_eq!((counters.max_feeds(), live), (8, 8));
    assert!(slmm.counters().max_in_flight <= 4);
    assert_eq!(slmm.feed_counters().waiting, 32);
    drop(told);
}
