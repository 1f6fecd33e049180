//! What watchers are told, and what they are not.

use domain::RunState;
use futures_util::FutureExt;
use slmm::FeedItem;
use slmm_sim::{Endpoint, Reach};

use crate::support::{
    Bench, FRAMES_ONLY, HASTY, METER, item, live_at, lp, next, unit, until, within,
};

#[tokio::test]
async fn a_newcomer_is_told_at_once_what_is_remembered() {
    let bench = Bench::new(FRAMES_ONLY);
    bench.say(METER, 61.5);
    let known = bench.slmm.status(&unit(METER)).await.into_value().unwrap();
    assert_eq!(bench.watch().latest(), FeedItem::Live(known));
    assert_eq!(lp(&known), Some(61.5));
}

#[tokio::test]
async fn with_nothing_remembered_there_is_nothing_to_say_until_slmm_answers() {
    let bench = Bench::new(FRAMES_ONLY);
    bench.say(METER, 61.5);
    let mut watch = bench.watch();
    assert_eq!(watch.latest(), FeedItem::Waiting);
    assert!(live_at(&mut watch, 61.5).await.len() <= 1);
}

#[tokio::test]
async fn a_heartbeat_changes_nothing_even_where_it_says_something() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut watch = bench.live(61.5).await;
    let before = bench.slmm.feed_counters().frames;
    for says in [
        r#""feed_status":"ok""#,
        r#""feed_status":"unreachable""#,
        r#""feed_status":"ok","lp":"99.9","measurement_state":"Stop""#,
    ] {
        let heartbeat = format!(
            r#"{{"unit_id":"{METER}","timestamp":"2026-11-21T05:00:00","heartbeat":true,{says}}}"#
        );
        bench.sim.send_frame(METER, &heartbeat).unwrap();
    }
    until(|| bench.slmm.feed_counters().frames == before + 3).await;
    assert_eq!(watch.changed().now_or_never(), None);
    assert!(matches!(watch.latest(), FeedItem::Live(status) if lp(&status) == Some(61.5)));
    assert_eq!(bench.slmm.feed_counters().garbage, 0);
}

#[tokio::test]
async fn a_lost_meter_is_offline_until_it_speaks_again() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut watch = bench.live(61.5).await;
    bench.sim.set_reach(METER, Reach::Refusing).unwrap();
    for _ in 0..3 {
        bench.sim.poll(METER).unwrap();
    }
    let FeedItem::Offline { at } = next(&mut watch).await else {
        panic!("it is lost");
    };
    let mut late = bench.watch();
    assert_eq!(late.latest(), FeedItem::Offline { at });
    bench.sim.set_reach(METER, Reach::Online).unwrap();
    bench.say(METER, 58.0);
    let FeedItem::Live(status) = next(&mut watch).await else {
        panic!("it is back");
    };
    assert_eq!(lp(&status), Some(58.0));
    assert!(status.reachable && status.reading.unwrap().at > at);
}

#[tokio::test]
async fn a_stopped_meter_is_told_as_stopped() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut watch = bench.live(61.5).await;
    bench.sim.stop_measuring(METER).unwrap();
    bench.say(METER, 60.0);
    let FeedItem::Live(status) = next(&mut watch).await else {
        panic!("a frame");
    };
    assert_eq!((status.run, lp(&status)), (RunState::Stopped, Some(60.0)));
    assert_eq!(status.measuring_since, None);
}

#[tokio::test]
async fn shifted_fields_have_no_values() {
    let bench = Bench::new(FRAMES_ONLY);
    let mut watch = bench.live(61.5).await;
    bench.sim.shift_fields(METER).unwrap();
    bench.say(METER, 60.0);
    let FeedItem::Live(status) = next(&mut watch).await else {
        panic!("a frame");
    };
    assert!(status.reading.unwrap().levels.is_empty());
}

#[tokio::test]
async fn a_meter_that_slmm_has_no_row_of_is_not_subscribed_to() {
    let bench = Bench::new(HASTY);
    let nowhere = unit("NOPE-1");
    let mut watch = bench.slmm.watch(&nowhere);
    assert_eq!(watch.latest(), FeedItem::Waiting);
    let looks = || {
        let counters = bench.sim.counters();
        counters.requests_of(Endpoint::Status, nowhere.as_str())
    };
    until(|| looks() >= 3).await;
    assert_eq!(watch.changed().now_or_never(), None, "it was said already");
    assert_eq!(watch.latest(), FeedItem::Waiting);
    let counters = bench.sim.counters();
    assert_eq!(counters.requests_of(Endpoint::Feed, nowhere.as_str()), 0);
    assert!(bench.sim.events(nowhere.as_str()).is_empty());
}

#[tokio::test]
async fn a_meter_is_subscribed_to_once_slmm_has_a_row_of_it() {
    let bench = Bench::new(HASTY);
    bench.sim.drop_row(METER, true).unwrap();
    let mut watch = bench.watch();
    until(|| bench.sim.counters().requests_of(Endpoint::Status, METER) >= 2).await;
    assert_eq!(watch.latest(), FeedItem::Waiting);
    assert_eq!(bench.sim.counters().requests_of(Endpoint::Feed, METER), 0);
    bench.sim.drop_row(METER, false).unwrap();
    bench.say(METER, 61.5);
    bench.sockets(1).await;
    live_at(&mut watch, 61.5).await;
}

#[tokio::test]
async fn a_meter_that_is_forgotten_by_slmm_is_left_alone() {
    let bench = Bench::new(HASTY);
    let mut watch = bench.live(61.5).await;
    bench.sim.drop_row(METER, true).unwrap();
    within(async {
        // What the cache had of it is a second old at most.
        while bench
            .slmm
            .status(&unit(METER))
            .await
            .value()
            .is_none_or(|row| row.reading.is_some())
        {
            tokio::time::sleep(HASTY.look_again).await;
        }
    })
    .await;
    bench.sim.close_feeds(METER).unwrap();
    item(&mut watch, |item| *item == FeedItem::Waiting).await;
    assert_eq!(bench.sim.counters().feeds_of(METER), 0);
}
