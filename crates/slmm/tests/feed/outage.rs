//! Sockets that break, and an SLMM that goes away.

use std::time::Duration;

use futures_util::FutureExt;
use slmm::{FeedItem, FeedTimes};

use crate::support::{Bench, FRAMES_ONLY, HASTY, METER, item, live_at, lp, next, until, within};

#[tokio::test]
async fn a_restarted_slmm_is_found_again() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut watch = bench.live(61.5).await;
    bench.sim.restart();
    until(|| bench.slmm.feed_counters().reconnects == 1).await;
    bench.sockets(1).await;
    bench.say(METER, 63.0);
    live_at(&mut watch, 63.0).await;
    assert_eq!(bench.slmm.feed_counters().open, 1);
}

#[tokio::test]
async fn a_killed_slmm_is_found_again_on_its_port() {
    let bench = Bench::new(HASTY);
    let mut watch = bench.live(61.5).await;
    let Bench {
        slmm, sim, running, ..
    } = bench;
    let address = running.address().to_string();
    running.stop().await;
    until(|| slmm.feed_counters().open == 0).await;
    // It tries meanwhile, in vain.
    until(|| slmm.counters().failures >= 2).await;
    let _running = sim.serve(&address).unwrap();
    until(|| sim.counters().feeds_of(METER) == 1).await;
    sim.set_level(METER, Some(63.0)).unwrap();
    sim.poll(METER).unwrap();
    let before = live_at(&mut watch, 63.0).await;
    let again =
        |item: &&FeedItem| matches!(item, FeedItem::Live(status) if lp(status) == Some(61.5));
    assert_eq!(
        before.iter().skip(1).filter(again).count(),
        0,
        "an old reading was sent again: {before:?}"
    );
}

#[tokio::test]
async fn a_connection_that_comes_and_goes_sends_no_old_reading_again() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut watch = bench.live(61.5).await;
    for round in 1..4 {
        let frames = bench.slmm.feed_counters().frames;
        bench.sim.close_feeds(METER).unwrap();
        until(|| bench.slmm.feed_counters().reconnects == round).await;
        // The replay has come, and is no news.
        until(|| bench.slmm.feed_counters().frames > frames).await;
        assert_eq!(watch.changed().now_or_never(), None);
    }
    bench.say(METER, 63.0);
    let FeedItem::Live(status) = next(&mut watch).await else {
        panic!("a frame");
    };
    assert_eq!(lp(&status), Some(63.0));
}

#[tokio::test]
async fn a_broken_feed_is_served_from_the_status_cache_meanwhile() {
    let bench = Bench::new(FeedTimes {
        first_retry: Duration::from_hours(1),
        longest_retry: Duration::from_hours(1),
        ..HASTY
    });
    let mut watch = bench.live(61.5).await;
    bench.sim.close_feeds(METER).unwrap();
    bench.sockets(0).await;
    for level in [62.0, 63.0] {
        bench.say(METER, level);
        item(
            &mut watch,
            |item| matches!(item, FeedItem::Slow(status) if lp(status) == Some(level)),
        )
        .await;
    }
}

#[tokio::test]
async fn slmm_is_lost_after_a_long_silence_and_found_again() {
    let bench = Bench::new(FeedTimes {
        lost: Duration::from_millis(500),
        ..HASTY
    });
    let mut watch = bench.live(61.5).await;
    bench.sim.set_down(true);
    item(&mut watch, |item| *item == FeedItem::Lost).await;
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(watch.changed().now_or_never(), None, "it is said once");
    bench.sim.set_down(false);
    bench.sockets(1).await;
    bench.say(METER, 63.0);
    live_at(&mut watch, 63.0).await;
}

#[tokio::test]
async fn a_feed_whose_slmm_is_away_is_given_up_with_its_last_watcher() {
    let bench = Bench::new(HASTY);
    let watch = bench.live(61.5).await;
    bench.sim.set_down(true);
    until(|| bench.slmm.feed_counters().open == 0).await;
    drop(watch);
    tokio::time::sleep(HASTY.linger * 2).await;
    bench.sim.set_down(false);
    within(async {
        while !bench.slmm.is_reachable().await {
            tokio::time::sleep(HASTY.ask_again).await;
        }
    })
    .await;
    tokio::time::sleep(HASTY.longest_retry * 2).await;
    assert_eq!(bench.sim.counters().feeds(), 0);
}
