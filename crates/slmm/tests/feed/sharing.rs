//! One socket a meter, while somebody watches and no longer.

use std::time::Duration;

use domain::{Clock, SystemClock};
use futures_util::FutureExt;
use slmm::{FeedItem, FeedTimes};
use slmm_sim::Endpoint;

use crate::support::{Bench, FRAMES_ONLY, HASTY, METER, item, live_at, next, unit, until};

#[tokio::test]
async fn fifty_watchers_make_one_socket() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut watches: Vec<_> = (0..50).map(|_| bench.watch()).collect();
    bench.sockets(1).await;
    bench.say(METER, 61.5);
    for watch in &mut watches {
        live_at(watch, 61.5).await;
    }
    let counters = bench.slmm.feed_counters();
    assert_eq!(
        (counters.watchers, counters.open, counters.opened),
        (50, 1, 1)
    );
    assert_eq!(
        bench.sim.counters().requests_of(Endpoint::Feed, METER),
        1,
        "no second attempt either"
    );
}

#[tokio::test]
async fn the_socket_stays_for_the_last_watcher_and_goes_with_it() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut last = bench.watch();
    let others: Vec<_> = (0..49).map(|_| bench.watch()).collect();
    bench.sockets(1).await;
    drop(others);
    tokio::time::sleep(HASTY.linger * 2).await;
    bench.say(METER, 61.5);
    live_at(&mut last, 61.5).await;
    drop(last);
    bench.sockets(0).await;
    until(|| bench.slmm.feed_counters().open == 0).await;
    assert_eq!(bench.slmm.feed_counters().watchers, 0);
}

#[tokio::test]
async fn with_the_usual_times_it_is_closed_within_five_seconds() {
    let bench = Bench::new(FeedTimes::default());
    drop(bench.live(61.5).await);
    let left = SystemClock.elapsed();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(bench.sim.counters().feeds_of(METER), 1, "it lingers");
    bench.sockets(0).await;
    assert!(SystemClock.elapsed().saturating_sub(left) < Duration::from_secs(5));
}

#[tokio::test]
async fn who_comes_back_in_time_finds_the_socket_and_the_last_frame() {
    let bench = Bench::new(FRAMES_ONLY);
    for turn in 0..5 {
        let level = 60.0 + f64::from(turn);
        let mut watch = bench.watch();
        bench.sockets(1).await;
        bench.say(METER, level);
        live_at(&mut watch, level).await;
        drop(watch);
        let FeedItem::Live(status) = bench.watch().latest() else {
            panic!("the last frame is kept");
        };
        assert_eq!(crate::support::lp(&status), Some(level));
        // Each leaving begins a linger of its own, so that together they outlast one.
        tokio::time::sleep(HASTY.linger / 2).await;
    }
    assert_eq!(bench.slmm.feed_counters().opened, 1);
    bench.sockets(0).await;
}

#[tokio::test]
async fn a_meter_never_has_two_sockets_however_watchers_come_and_go() {
    let bench = Bench::new(FeedTimes {
        linger: Duration::ZERO,
        ..FRAMES_ONLY
    });
    for turn in 0..60_u64 {
        let mut watch = bench.watch();
        if turn % 3 > 0 {
            bench.sockets(1).await;
            bench.say(METER, 50.0);
            live_at(&mut watch, 50.0).await;
        }
        drop(watch);
        tokio::time::sleep(Duration::from_millis(turn % 4)).await;
    }
    bench.sockets(0).await;
    assert_eq!(bench.sim.counters().max_feeds_of(METER), 1);
    assert!(bench.slmm.feed_counters().opened > 1);
}

#[tokio::test]
async fn dropping_the_last_handle_closes_everything_and_says_so() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut watch = bench.live(61.5).await;
    let mut other = bench.slmm.watch(&unit("SLM-103"));
    until(|| bench.sim.counters().feeds() == 2).await;
    let second_handle = bench.slmm.clone();
    drop(second_handle);
    bench.say(METER, 62.5);
    live_at(&mut watch, 62.5).await;
    let Bench { slmm, sim, .. } = bench;
    drop(slmm);
    until(|| sim.counters().feeds() == 0).await;
    assert_eq!(next(&mut watch).await, FeedItem::Lost);
    assert_eq!(watch.latest(), FeedItem::Lost);
    assert_eq!(watch.changed().now_or_never(), None, "it was said once");
    item(&mut other, |item| *item == FeedItem::Lost).await;
}

#[tokio::test]
async fn a_watcher_who_never_looks_delays_nobody_and_skips_to_the_newest() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut idle = bench.watch();
    let mut eager = bench.watch();
    bench.sockets(1).await;
    for count in 0..200 {
        let level = 40.0 + f64::from(count) / 10.0;
        bench.say(METER, level);
        live_at(&mut eager, level).await;
    }
    let FeedItem::Live(status) = next(&mut idle).await else {
        panic!("a frame");
    };
    assert_eq!(crate::support::lp(&status), Some(59.9));
    assert_eq!(idle.changed().now_or_never(), None);
}

#[tokio::test]
async fn a_watch_can_be_sent_to_another_thread() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut watch = bench.live(61.5).await;
    let elsewhere = tokio::spawn(async move { next(&mut watch).await });
    bench.say(METER, 62.5);
    assert!(matches!(elsewhere.await.unwrap(), FeedItem::Live(_)));
}
