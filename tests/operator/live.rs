//! The live socket of a meter, and what SLMM recorded of it.

use std::time::Duration;

use domain::Metric;
use serde_json::json;
use slmm_sim::Reach;
use testkit::{House, News, OperatorApp, Visitor, on_both_engines};
use web::live::LiveLimits;

const UNIT: &str = "SLM-101";

/// An app with a meter in the roster.
fn open(house: &House) -> OperatorApp {
    house.data.site("Harbour Tower", UNIT);
    house.office()
}

/// Lets the house's time run about ten times as fast as ours.
pub(super) async fn keep_passing(house: &House) {
    loop {
        house.pass(Duration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

on_both_engines! {
    async fn staff_are_told_all_seven_levels_and_the_run_state(house: House) {
        for (metric, text) in [(Metric::Lp, "65.2"), (Metric::Leq, "68.4"), (Metric::Lmax, "82.1"), (Metric::Lmin, "41.3"),
                               (Metric::Lpeak, "89.5"), (Metric::Ln1, "-.-"), (Metric::Ln2, "70.3")] {
            house.sim().force(UNIT, metric, Some(text)).unwrap();
        }
        house.sim().poll(UNIT).unwrap();
        let app = open(&house);
        let mut viewer = Visitor::at(&app.url()).watch_meter(UNIT).await.unwrap();
        let mut frame = viewer.frame("reading").await;
        let since = frame.as_object_mut().unwrap().remove("measuring_since");
        assert!(since.is_some_and(|since| since.is_null() || since.as_str().is_some_and(|at| at.ends_with('Z'))));
        assert_eq!(frame, json!({
            "type": "reading", "state": "measuring", "run_state": "measuring", "at": "2026-11-21T04:00:00Z",
            "lp": 65.2, "leq": 68.4, "lmax": 82.1, "lmin": 41.3, "lpeak": 89.5, "ln1": null, "ln2": 70.3
        }));
        house.sim().force(UNIT, Metric::Lp, Some("71.0")).unwrap();
        let louder = |news: &News| matches!(news, News::Frame(frame) if frame["lp"] == 71.0);
        tokio::select! {
            news = viewer.until(louder) => assert_eq!(news.kind(), "reading"),
            () = keep_passing(&house) => unreachable!(),
        }
    }

    async fn staff_beyond_the_feeds_are_served_out_of_the_cache(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        let second = house.data.location(site.project, "South gate");
        house.data.assign(&house.data.unit("SLM-102"), second);
        let app = house.office_with(|options| {
            (options.slmm_max_requests, options.slmm_max_feeds) = (1, 1);
            options.feed_times.slow = Duration::from_millis(100);
        });
        let staff = Visitor::at(&app.url());
        let mut first = staff.watch_meter(UNIT).await.unwrap();
        assert!(first.frame("reading").await.get("slow").is_none());
        let mut slow = staff.watch_meter("SLM-102").await.unwrap();
        let is_slow = |news: &News| matches!(news, News::Frame(frame) if frame["slow"] == true);
        tokio::select! {
            news = slow.until(is_slow) => assert_eq!(news.kind(), "reading"),
            () = keep_passing(&house) => unreachable!(),
        }
        assert_eq!(house.sim().counters().feeds(), 1);
    }

    async fn however_many_watch_slmm_has_one_subscriber(house: House) {
        let app = open(&house);
        let staff = Visitor::at(&app.url());
        let mut viewers = Vec::new();
        for _ in 0..5 {
            viewers.push(staff.watch_meter(UNIT).await.unwrap());
        }
        for viewer in &mut viewers {
            viewer.frame("reading").await;
        }
        assert_eq!(house.sim().counters().feeds(), 1);
    }

    async fn a_lost_meter_is_told(house: House) {
        let app = open(&house);
        let mut viewer = Visitor::at(&app.url()).watch_meter(UNIT).await.unwrap();
        viewer.frame("reading").await;
        house.sim().set_reach(UNIT, Reach::Refusing).unwrap();
        tokio::select! {
            frame = viewer.frame("offline") => assert!(frame["at"].as_str().is_some_and(|at| at.ends_with('Z'))),
            () = keep_passing(&house) => unreachable!(),
        }
    }

    async fn a_forgotten_tab_does_not_watch_for_ever(house: House) {
        house.data.site("Harbour Tower", UNIT);
        let app = house.office_with(|options| options.settings.watching.cap = Duration::from_millis(300));
        let mut viewer = Visitor::at(&app.url()).watch_meter(UNIT).await.unwrap();
        assert_eq!(viewer.closed().await, 4408);
    }

    async fn a_silent_line_gives_signs_of_life_and_an_ending_server_says_so(house: House) {
        house.data.site("Harbour Tower", UNIT);
        let app = house.office_with(|options| options.settings.watching.heartbeat = Duration::from_millis(50));
        let mut viewer = Visitor::at(&app.url()).watch_meter(UNIT).await.unwrap();
        viewer.frame("heartbeat").await;
        let ending = tokio::task::spawn_blocking(move || drop(app));
        assert_eq!(viewer.closed().await, 1012);
        ending.await.unwrap();
    }

    async fn who_may_not_watch_is_refused_before_the_upgrade(house: House) {
        house.data.site("Harbour Tower", UNIT);
        let app = house.office_with(|options| {
            options.settings.watching.limits = LiveLimits { viewers: 1, per_session: 1 };
        });
        let staff = Visitor::at(&app.url());
        for origin in [None, Some("http://evil.example"), Some("null"), Some("http://127.0.0.1:1")] {
            assert_eq!(staff.watch_meter_from(UNIT, origin).await.err(), Some(403), "{origin:?}");
        }
        assert_eq!(staff.watch_meter("SLM-999").await.err(), Some(404));
        assert_eq!(house.sim().counters().feeds(), 0, "SLMM polls whatever it is asked for");
        let place = staff.watch_meter(UNIT).await.unwrap();
        assert_eq!(staff.watch_meter(UNIT).await.err(), Some(503));
        drop(place);
        let plain = staff.get(&format!("/api/slmm/{UNIT}/monitor")).await;
        assert_eq!(plain.status, 403, "a plain request has no origin");
    }

    async fn history_comes_in_columns_of_as_many_hours_as_are_asked_for(house: House) {
        let app = open(&house);
        house.pass(Duration::from_mins(10));
        let staff = Visitor::at(&app.url());
        let path = format!("/api/slmm/{UNIT}/history");
        let told = staff.get(&path).await.json();
        assert_eq!((told["hours"].as_f64(), told.get("available")), (Some(2.0), None));
        let at = told["at"].as_array().unwrap();
        assert!(at.len() > 5, "{told}");
        for column in ["lp", "leq", "lmax", "ln1", "ln2"] {
            assert_eq!(told[column].as_array().unwrap().len(), at.len(), "{column}");
        }
        let short = staff.get(&format!("{path}?hours=0.1")).await.json();
        let fewer = short["at"].as_array().unwrap();
        assert!(!fewer.is_empty() && fewer.len() < at.len(), "{short}");
        for wrong in ["0", "48.5", "nan", "two"] {
            let reply = staff.get(&format!("{path}?hours={wrong}")).await;
            assert_eq!((reply.status, &reply.json()["errors"][0]["field"]), (422, &json!("hours")), "{wrong}");
        }
        assert_eq!(staff.get("/api/slmm/SLM-999/history").await.status, 404);
    }

    async fn without_slmm_history_is_empty_and_says_so(house: House) {
        house.data.site("Harbour Tower", UNIT);
        house.sim().set_down(true);
        let app = house.office_with(|options| options.slmm_timeout = Duration::from_millis(300));
        let told = Visitor::at(&app.url()).get(&format!("/api/slmm/{UNIT}/history?hours=1")).await.json();
        assert_eq!((&told["available"], &told["at"]), (&json!(false), &json!([])));
    }
}
