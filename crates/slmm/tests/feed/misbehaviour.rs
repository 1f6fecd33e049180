//! Peers that fall silent, talk nonsense, or leave in odd ways.

use std::time::Duration;

use awc::ws::{CloseCode, Frame, Message};
use futures_util::FutureExt;
use slmm::{FeedItem, FeedTimes};

use crate::peer::{Log, Peer};
use crate::support::{FRAMES_ONLY, METER, handle, live_at, lp, next, unit, until};

/// Short enough for a test to wait for.
const SOON: Duration = Duration::from_millis(300);
/// A second is long for a busy machine, too, where something is to come ten times in it.
const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_peer_that_says_nothing_at_all_is_dead() {
    let peer = Peer::start(|_, mut conn| async move { conn.until_gone().await }).await;
    let times = FeedTimes {
        silence: SOON,
        ..FRAMES_ONLY
    };
    let slmm = handle(&peer.base_url, times, 8);
    let _watch = slmm.watch(&unit(METER));
    until(|| slmm.feed_counters().reconnects >= 2).await;
    assert!(peer.feeds() >= 3);
}

#[tokio::test]
async fn a_half_open_peer_that_does_not_even_read_is_dead() {
    let peer = Peer::start(|_, conn| async move {
        std::future::pending::<()>().await;
        drop(conn);
    })
    .await;
    let times = FeedTimes {
        silence: SOON,
        farewell: Duration::from_millis(50),
        ..FRAMES_ONLY
    };
    let slmm = handle(&peer.base_url, times, 8);
    let _watch = slmm.watch(&unit(METER));
    until(|| peer.feeds() >= 3).await;
}

#[tokio::test]
async fn pings_are_answered_and_are_a_sign_of_life_but_no_frame() {
    let log = Log::default();
    let noted = log.clone();
    let peer = Peer::start(move |turn, mut conn| {
        let log = noted.clone();
        async move {
            for count in 0.. {
                conn.send(Message::Ping(format!("{count}").into())).await;
                let Some(Frame::Pong(payload)) = conn.next().await else {
                    break;
                };
                assert_eq!(payload, format!("{count}"));
                if turn == 0 && count == 20 {
                    log.note("alive for twenty pings");
                }
                tokio::time::sleep(SECOND / 10).await;
            }
        }
    })
    .await;
    let times = FeedTimes {
        silence: SECOND,
        idle: SECOND * 3,
        ..FRAMES_ONLY
    };
    let slmm = handle(&peer.base_url, times, 8);
    let _watch = slmm.watch(&unit(METER));
    until(|| log.has("alive for twenty pings")).await;
    until(|| peer.feeds() >= 2).await;
}

#[tokio::test]
async fn heartbeats_keep_a_feed_open_though_they_say_nothing() {
    let log = Log::default();
    let noted = log.clone();
    let peer = Peer::start(move |turn, mut conn| {
        let log = noted.clone();
        async move {
            for _ in 0..25 {
                let beat =
                    r#"{"timestamp":"2026-11-21T04:00:30","feed_status":"ok","heartbeat":true}"#;
                if !conn.text(beat).await {
                    return;
                }
                tokio::time::sleep(SECOND / 10).await;
            }
            log.note(format!("outlived on {turn}"));
            conn.until_gone().await;
        }
    })
    .await;
    let times = FeedTimes {
        idle: SECOND,
        farewell: Duration::ZERO,
        ..FRAMES_ONLY
    };
    let slmm = handle(&peer.base_url, times, 8);
    let mut watch = slmm.watch(&unit(METER));
    until(|| log.has("outlived on 0")).await;
    assert_eq!(peer.feeds(), 1);
    assert!(matches!(watch.latest(), FeedItem::Live(status) if lp(&status) == Some(50.0)));
    assert_eq!(watch.changed().now_or_never(), None);
}

#[tokio::test]
async fn slmm_is_not_lost_while_it_says_anything_at_all() {
    let log = Log::default();
    let noted = log.clone();
    let peer = Peer::start(move |_, mut conn| {
        let log = noted.clone();
        async move {
            for _ in 0..25 {
                conn.send(Message::Ping("".into())).await;
                tokio::time::sleep(SECOND / 10).await;
            }
            log.note("a while has passed");
            conn.until_gone().await;
        }
    })
    .await;
    let times = FeedTimes {
        lost: SECOND,
        ..FRAMES_ONLY
    };
    let slmm = handle(&peer.base_url, times, 8);
    let mut watch = slmm.watch(&unit(METER));
    until(|| {
        assert_ne!(watch.latest(), FeedItem::Lost);
        log.has("a while has passed")
    })
    .await;
    while next(&mut watch).await != FeedItem::Lost {}
}

#[tokio::test]
async fn nonsense_is_skipped_and_counted() {
    let peer = Peer::start(|_, mut conn| async move {
        let others = r#"{"unit_id":"SLM-999","timestamp":"2026-11-21T04:00:10","measurement_state":"Start","lp":"99.0"}"#;
        for nonsense in ["", "null", "{", "{}", "[1]", "<html>", others] {
            conn.text(nonsense).await;
        }
        conn.send(Message::Binary(vec![0, 159, 146, 150].into())).await;
        // A text that is none, and one in two pieces.
        conn.send_raw(b"\x81\x02\xff\xfe").await;
        conn.send_raw(b"\x01\x01{\x80\x01}").await;
        conn.text("x".repeat(60_000)).await;
        conn.level(20, 61.5).await;
        conn.until_gone().await;
    })
    .await;
    let slmm = handle(&peer.base_url, FRAMES_ONLY, 8);
    let mut watch = slmm.watch(&unit(METER));
    live_at(&mut watch, 61.5).await;
    let counters = slmm.feed_counters();
    assert_eq!((counters.garbage, counters.frames), (12, 13));
    assert_eq!((counters.opened, counters.reconnects), (1, 0));
}

/// The head of an unmasked text frame of this length.
fn head(length: u64) -> Vec<u8> {
    [&[0x81, 127][..], &length.to_be_bytes()].concat()
}

#[tokio::test]
async fn a_frame_without_end_is_given_up_long_before_it() {
    let log = Log::default();
    let noted = log.clone();
    let peer = Peer::start(move |turn, mut conn| {
        let log = noted.clone();
        async move {
            if turn > 0 {
                conn.level(20, 61.5).await;
                return conn.until_gone().await;
            }
            conn.send_raw(&head(1 << 30)).await;
            let mut sent = 0_usize;
            let filler = [b'x'; 4096];
            while conn.send_raw(&filler).await {
                sent += filler.len();
            }
            // What fits into the kernel's buffers is sent; the rest of a gigabyte is not.
            if sent < 100 << 20 {
                log.note("given up");
            }
        }
    })
    .await;
    let slmm = handle(&peer.base_url, FRAMES_ONLY, 8);
    let mut watch = slmm.watch(&unit(METER));
    live_at(&mut watch, 61.5).await;
    until(|| log.has("given up")).await;
}

#[tokio::test]
async fn a_close_frame_is_echoed_and_the_feed_opened_again() {
    let log = Log::default();
    let noted = log.clone();
    let peer = Peer::start(move |turn, mut conn| {
        let log = noted.clone();
        async move {
            if turn == 0 {
                conn.send(Message::Close(Some(CloseCode::Restart.into())))
                    .await;
                if let Some(Frame::Close(Some(reason))) = conn.next().await {
                    log.note(format!("{:?}", reason.code));
                }
            } else {
                conn.level(20, 61.5).await;
                conn.until_gone().await;
            }
        }
    })
    .await;
    let slmm = handle(&peer.base_url, FRAMES_ONLY, 8);
    let mut watch = slmm.watch(&unit(METER));
    live_at(&mut watch, 61.5).await;
    assert!(log.has("Restart"));
    assert_eq!(slmm.feed_counters().reconnects, 1);
}

#[tokio::test]
async fn who_leaves_says_goodbye_and_so_does_who_drops_everything() {
    let log = Log::default();
    let noted = log.clone();
    let peer = Peer::start(move |turn, mut conn| {
        let log = noted.clone();
        async move {
            while let Some(frame) = conn.next().await {
                if let Frame::Close(Some(reason)) = frame {
                    log.note(format!("{turn}: {:?}", reason.code));
                }
            }
        }
    })
    .await;
    let slmm = handle(&peer.base_url, FRAMES_ONLY, 8);
    let watch = slmm.watch(&unit(METER));
    until(|| peer.open() == 1).await;
    drop(watch);
    until(|| log.has("0: Normal")).await;
    let _watch = slmm.watch(&unit(METER));
    until(|| peer.feeds() == 2).await;
    drop(slmm);
    until(|| log.has("1: Normal")).await;
}

#[tokio::test]
async fn a_peer_that_never_says_goodbye_is_waited_for_a_moment_and_no_second_socket_opened() {
    let log = Log::default();
    let noted = log.clone();
    let peer = Peer::start(move |_, mut conn| {
        let log = noted.clone();
        async move {
            while let Some(frame) = conn.next().await {
                if matches!(frame, Frame::Close(_)) {
                    log.note("asked to close");
                }
            }
        }
    })
    .await;
    let times = FeedTimes {
        linger: Duration::ZERO,
        farewell: SOON,
        ..FRAMES_ONLY
    };
    let slmm = handle(&peer.base_url, times, 8);
    let watch = slmm.watch(&unit(METER));
    until(|| peer.open() == 1).await;
    drop(watch);
    until(|| log.has("asked to close")).await;
    let _watch = slmm.watch(&unit(METER));
    until(|| {
        assert!(peer.open() <= 1, "two sockets to one meter");
        peer.feeds() == 2
    })
    .await;
}

#[tokio::test]
async fn a_replay_older_than_what_is_known_takes_nobody_back_in_time() {
    let peer = Peer::start(|_, mut conn| async move {
        conn.text(
            r#"{"timestamp":"2026-11-21T03:58:25","measurement_state":"Start","lp":"40.0","feed_status":"ok"}"#,
        )
        .await;
        conn.level(1, 61.5).await;
        conn.until_gone().await;
    })
    .await;
    let slmm = handle(&peer.base_url, FRAMES_ONLY, 8);
    slmm.status(&unit(METER)).await;
    let mut watch = slmm.watch(&unit(METER));
    let FeedItem::Live(status) = watch.latest() else {
        panic!("the row is remembered");
    };
    assert_eq!(lp(&status), Some(50.0));
    let FeedItem::Live(status) = next(&mut watch).await else {
        panic!("a frame");
    };
    assert_eq!(lp(&status), Some(61.5));
}

#[tokio::test]
async fn a_peer_that_breaks_off_after_each_replay_is_left_more_and_more_alone() {
    let peer = Peer::start(|_, mut conn| async move {
        conn.level(20, 61.5).await;
    })
    .await;
    let times = FeedTimes {
        first_retry: Duration::from_millis(50),
        longest_retry: Duration::from_hours(1),
        ..FRAMES_ONLY
    };
    let slmm = handle(&peer.base_url, times, 8);
    let _watch = slmm.watch(&unit(METER));
    tokio::time::sleep(Duration::from_secs(2)).await;
    // 50, 100, 200, 400, 800, 1600 ms, of which jitter may take half.
    assert!((3..=8).contains(&peer.feeds()), "{}", peer.feeds());
}
