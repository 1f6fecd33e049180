//! What is said, frame by frame.

use std::time::Duration;

use super::keep_passing;
use domain::Metric;
use serde_json::{Value, json};
use slmm_sim::Reach;
use testkit::{House, News, Visitor, on_both_engines};

fn keys(frame: &Value) -> Vec<&str> {
    frame
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

on_both_engines! {
    async fn a_reading_comes_at_once_and_then_as_the_meter_speaks(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        for (metric, text) in [(Metric::Lp, "65.2"), (Metric::Leq, "68.4"), (Metric::Lmax, "82.1"),
                               (Metric::Lpeak, "89.5"), (Metric::Ln1, "-.-"), (Metric::Ln2, "70.3")] {
            house.sim().force("SLM-101", metric, Some(text)).unwrap();
        }
        house.sim().poll("SLM-101").unwrap();
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        // Whoever looked at the page before has warmed what is remembered.
        visitor.get("/portal/api/overview").await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        let frame = viewer.frame("reading").await;
        assert_eq!(frame, json!({
            "type": "reading", "state": "measuring", "at": "2026-11-21T04:00:00Z",
            "lp": 65.2, "leq": 68.4, "lmax": 82.1, "lpeak": 89.5, "ln1": null, "ln2": 70.3
        }));

        house.sim().force("SLM-101", Metric::Lp, Some("71.0")).unwrap();
        // SLMM's loop is idle and wakes within ten seconds of its own time.
        let louder = |news: &News| matches!(news, News::Frame(frame) if frame["lp"] == 71.0);
        tokio::select! {
            news = viewer.until(louder) => assert_eq!(news.kind(), "reading"),
            () = keep_passing(&house) => unreachable!(),
        }
    }

    async fn a_meter_of_which_nothing_is_known_is_waited_for(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        house.sim().drop_row("SLM-101", true).unwrap();
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        let frame = viewer.frame("waiting").await;
        assert_eq!((keys(&frame), frame["at"].as_str()), (vec!["at", "type"], Some("2026-11-21T04:00:00Z")));
        assert_eq!(house.sim().counters().feeds(), 0, "SLMM is not asked for a meter that it does not know");
    }

    async fn a_lost_meter_is_told_and_so_is_its_return(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        house.sim().set_reach("SLM-101", Reach::Refusing).unwrap();
        let watching = async {
            let lost = viewer.frame("offline").await;
            assert_eq!(keys(&lost), ["at", "type"]);
            house.sim().set_reach("SLM-101", Reach::Online).unwrap();
            viewer.frame("reading").await
        };
        let back = tokio::select! {
            frame = watching => frame,
            () = keep_passing(&house) => unreachable!(),
        };
        assert_eq!(back["state"], "measuring");
    }

    async fn a_meter_beyond_the_feeds_is_slow_and_says_so(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let second = house.data.location(site.project, "South gate");
        house.data.assign_for(&house.data.unit("SLM-102"), second, "2026-11-14T04:00:00Z", "");
        let app = house.portal_with(|options| {
            options.slmm_max_feeds = 1;
            options.feed_times.slow = Duration::from_millis(100);
            options.feed_times.linger = Duration::from_millis(100);
        });
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut first = visitor.watch(site.location).await.unwrap();
        assert!(first.frame("reading").await.get("slow").is_none());
        let mut slow = visitor.watch(second).await.unwrap();
        let watching = async {
            let frame = slow.until(|news| matches!(news, News::Frame(frame) if frame["slow"] == true)).await;
            assert_eq!(frame.kind(), "reading");
            assert_eq!((house.sim().counters().feeds(), app.metrics().feeds.waiting), (1, 1));
            // A feed that is given up is taken by the next.
            drop(first);
            slow.until(|news| news.kind() == "reading" && matches!(news, News::Frame(frame) if frame.get("slow").is_none())).await
        };
        tokio::select! {
            _ = watching => {}
            () = keep_passing(&house) => unreachable!(),
        }
    }

    async fn a_silent_channel_beats(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal_with(|options| options.settings.heartbeat = Duration::from_millis(200));
        house.sim().stall("SLM-101", true).unwrap();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        let beat = viewer.frame("heartbeat").await;
        assert_eq!((keys(&beat), beat["at"].as_str()), (vec!["at", "type"], Some("2026-11-21T04:00:00Z")));
        viewer.frame("heartbeat").await;
    }

    async fn a_reading_that_nothing_follows_turns_stale(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let mut viewer = Visitor::of(&app).enter(&site.portal).await.watch(site.location).await.unwrap();
        assert_eq!(viewer.frame("reading").await["state"], "measuring");
        house.sim().stall("SLM-101", true).unwrap();
        house.clock().advance(Duration::from_secs(90));
        let stale = |news: &News| matches!(news, News::Frame(frame) if frame["state"] == "stale");
        // Long before the feed itself gives the silent meter up.
        tokio::time::timeout(Duration::from_secs(30), viewer.until(stale)).await.expect("by itself");
        // So is what a newcomer is told.
        let mut newcomer = Visitor::of(&app).enter(&site.portal).await.watch(site.location).await.unwrap();
        assert_eq!(newcomer.frame("reading").await["state"], "stale");
    }

    async fn nothing_of_the_inside_is_in_any_frame(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        house.sim().force("SLM-101", Metric::Lmin, Some("33.3")).unwrap();
        house.sim().poll("SLM-101").unwrap();
        let app = house.portal();
        let mut viewer = Visitor::of(&app).enter(&site.portal).await.watch(site.location).await.unwrap();
        let watching = async {
            for _ in 0..5 {
                let News::Frame(frame) = viewer.next().await else { panic!("the socket ended") };
                let text = frame.to_string();
                for inside in ["SLM-101", "33.3", "lmin", "raw", "counter", "unit", "feed", "serial"] {
                    assert!(!text.contains(inside), "{inside}: {text}");
                }
            }
        };
        tokio::select! {
            () = watching => {}
            () = keep_passing(&house) => unreachable!(),
        }
    }

    async fn what_a_viewer_says_does_not_matter(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        for said in [
            testkit::viewer::Said::text("{\"type\":\"start\",\"unit\":\"SLM-102\"}"),
            testkit::viewer::Said::binary(vec![0; 900]),
            testkit::viewer::Said::Ping(vec![1, 2, 3].into()),
        ] {
            viewer.say(said).await;
        }
        house.pass(Duration::from_secs(2));
        viewer.frame("reading").await;
        // More than anybody has to say is the end.
        viewer.say(testkit::viewer::Said::binary(vec![0; 100_000])).await;
        assert_eq!(viewer.closed().await, 1002);
        assert_eq!(visitor.get("/healthz").await.status, 200);
    }
}
