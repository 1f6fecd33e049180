//! The JSON routes, word for word.

use std::time::Duration;

use domain::Metric;
use serde_json::{Value, json};
use slmm_sim::RuleSpec;
use testkit::{House, Visitor, on_both_engines};

/// The keys of an object, in the order they came.
fn keys(text: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(text).unwrap();
    let mut keys: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
    keys.sort();
    keys
}

on_both_engines! {
    async fn a_live_answer_has_exactly_these_fields(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        for (metric, text) in [
            (Metric::Lp, "65.2"), (Metric::Leq, "68.4"), (Metric::Lmax, "82.1"),
            (Metric::Lpeak, "89.5"), (Metric::Ln1, "77.0"), (Metric::Ln2, "-.-"),
        ] {
            house.sim().force("SLM-101", metric, Some(text)).unwrap();
        }
        house.sim().poll("SLM-101").unwrap();
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        house.clock().advance(Duration::from_millis(1400));
        let reply = visitor.get(&format!("/portal/api/location/{}/live", site.location)).await;
        assert_eq!((reply.status, reply.header("cache-control")), (200, "private, no-store"));
        assert_eq!(reply.header("content-type"), "application/json");
        let live = reply.json();
        assert_eq!(
            keys(&reply.body),
            ["age_s", "location", "measuring_since", "reading", "remembered", "state"]
        );
        assert_eq!(live["location"], json!({"id": site.location.to_string(), "name": "North gate"}));
        assert_eq!(live["state"], "measuring");
        assert_eq!(live["remembered"], false);
        assert_eq!(live["age_s"], 1.4);
        assert_eq!(
            live["reading"],
            json!({"at": "2026-11-21T04:00:00Z", "lp": 65.2, "leq": 68.4, "lmax": 82.1, "lpeak": 89.5, "ln1": 77.0, "ln2": null})
        );
        assert!(live["measuring_since"].as_str().unwrap().ends_with('Z'));
    }

    async fn an_overview_counts_every_state(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let names = ["Stopped", "Offline", "No data", "No meter"];
        let locations: Vec<_> = names.iter().map(|name| house.data.location(site.project, name)).collect();
        for (number, location) in locations.iter().take(3).enumerate() {
            let unit = house.data.unit(&format!("SLM-10{}", number + 2));
            house.data.assign_for(&unit, *location, "2026-11-14T04:00:00Z", "");
        }
        house.sim().stop_measuring("SLM-102").unwrap();
        house.sim().poll("SLM-102").unwrap();
        house.sim().set_poller_only("SLM-103", true).unwrap();
        house.sim().set_reachability("SLM-103", false, 3, Some("refused 10.0.0.7:2255")).unwrap();
        house.sim().drop_row("SLM-104", true).unwrap();
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let reply = visitor.get("/portal/api/overview").await;
        let overview = reply.json();
        assert_eq!(keys(&reply.body), ["at", "headline", "locations", "project", "rollup"]);
        assert_eq!(overview["project"], json!({"name": "Harbour Tower"}));
        assert_eq!((overview["headline"].clone(), overview["at"].clone()), ("leq".into(), "2026-11-21T04:00:00Z".into()));
        assert_eq!(
            overview["rollup"],
            json!({"locations": 5, "measuring": 1, "stopped": 1, "offline": 1, "stale": 0, "no_data": 1,
                   "no_meter": 1, "unavailable": 0, "above_limit": 0})
        );
        let states: Vec<_> = overview["locations"].as_array().unwrap().iter().map(|one| one["state"].clone()).collect();
        assert_eq!(states, ["measuring", "stopped", "offline", "no_data", "no_meter"]);
        let first = &overview["locations"][0];
        assert_eq!(
            keys(&first.to_string()),
            ["above_limit", "id", "latitude", "longitude", "name", "reading", "state"]
        );
        assert_eq!((first["latitude"].clone(), first["longitude"].clone()), (40.7.into(), (-74.0).into()));
        assert_eq!(overview["locations"][3]["reading"], Value::Null);
    }

    async fn history_is_columns_and_says_when_there_is_none(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let empty = house.data.location(site.project, "No meter");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let path = |location: domain::LocationId, query: &str| format!("/portal/api/location/{location}/history{query}");
        let reply = visitor.get(&path(site.location, "?hours=2")).await;
        assert_eq!(reply.status, 200);
        assert_eq!(keys(&reply.body), ["at", "hours", "leq", "lmax", "ln1", "ln2", "lp"]);
        let history = reply.json();
        let column = |name: &str| history[name].as_array().unwrap().len();
        assert!((115..=121).contains(&column("at")), "{}", column("at"));
        assert!(["lp", "leq", "lmax", "ln1", "ln2"].iter().all(|name| column(name) == column("at")));
        let times: Vec<i64> = history["at"].as_array().unwrap().iter().map(|at| at.as_i64().unwrap()).collect();
        assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(times[0] >= 1_795_233_600 - 7200);
        assert!(visitor.get(&path(site.location, "?hours=24")).await.json()["at"].as_array().unwrap().len() > 1300);

        let none = visitor.get(&path(empty, "")).await;
        assert_eq!(none.json(), json!({"hours": 2.0, "at": [], "lp": [], "leq": [], "lmax": [], "ln1": [], "ln2": [], "available": false}));
        for bad in ["hours=0", "hours=49", "hours=NaN", "hours=inf", "hours=", "hours=x", "hours=1&hours=2"] {
            let reply = visitor.get(&path(site.location, &format!("?{bad}"))).await;
            assert_eq!((reply.status, reply.header("content-type")), (400, "application/problem+json"), "{bad}");
            let problem = reply.json();
            assert!(problem["type"].is_string() && problem["title"].is_string() && problem["detail"].is_string());
        }
    }

    async fn limits_breaches_and_interruptions_are_told_as_they_are(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let unit = "SLM-101";
        let night = RuleSpec {
            name: "Night noise".into(), metric: "lp".into(), threshold_db: 65.0, duration_s: 0, cooldown_s: 0,
            schedule_start: Some("22:00".into()), schedule_end: Some("07:00".into()),
            schedule_days: Some("0,1,2,3,4".into()), ..RuleSpec::default()
        };
        let off = RuleSpec { name: "Off".into(), enabled: false, ..RuleSpec::default() };
        let nonsense = RuleSpec { name: "Nonsense".into(), metric: "loudness".into(), ..RuleSpec::default() };
        for rule in [&night, &off, &nonsense] {
            house.sim().insert_rule(unit, rule.clone());
        }
        house.sim().set_level(unit, Some(71.0)).unwrap();
        house.pass(Duration::from_secs(15));
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let path = |what: &str| format!("/portal/api/location/{}/{what}", site.location);

        let limits = visitor.get(&path("thresholds")).await.json();
        assert_eq!(limits, json!({"limits": [{
            "name": "Night noise", "metric": "lp", "comparison": "above", "threshold_db": 65.0, "duration_s": 0,
            "schedule": {"start": "22:00", "end": "07:00", "days": [0, 1, 2, 3, 4]}}]}));

        let events = visitor.get(&path("events")).await.json();
        assert_eq!(events["active"], 1);
        let breach = &events["events"][0];
        assert_eq!(keys(&breach.to_string()), ["clear_at", "limit", "metric", "onset_at", "onset_db", "peak_db", "status", "threshold_db"]);
        assert_eq!((breach["limit"].clone(), breach["status"].clone(), breach["peak_db"].clone()), ("Night noise".into(), "active".into(), Value::Null));
        assert_eq!(visitor.get("/portal/api/overview").await.json()["locations"][0]["above_limit"], true);

        // The level recovers: SLMM clears the event, with its peak.
        house.sim().set_level(unit, Some(40.0)).unwrap();
        house.pass(Duration::from_secs(30));
        let events = visitor.get(&path("events?limit=1")).await.json();
        assert_eq!((events["active"].clone(), events["events"][0]["status"].clone()), (0.into(), "cleared".into()));
        assert!(events["events"][0]["peak_db"].as_f64().unwrap() > 65.0);
        assert!(events["events"][0]["clear_at"].is_string());

        // The meter is lost and found: an interruption, no breach.
        house.sim().set_reach(unit, slmm_sim::Reach::Refusing).unwrap();
        house.pass(Duration::from_secs(60));
        let lost = visitor.get(&path("events")).await.json();
        assert_eq!((lost["active"].clone(), lost["interruptions"][0]["to"].clone()), (0.into(), Value::Null));
        assert_eq!(visitor.get(&path("live")).await.json()["state"], "offline");
        house.sim().set_reach(unit, slmm_sim::Reach::Online).unwrap();
        house.pass(Duration::from_secs(90));
        let found = visitor.get(&path("events")).await.json();
        assert!(found["interruptions"][0]["to"].is_string(), "{found}");

        let inbox = visitor.get("/portal/api/events?status=cleared").await.json();
        assert_eq!(inbox["events"][0]["location"], json!({"id": site.location.to_string(), "name": "North gate"}));
        for bad in ["limit=0", "limit=201", "limit=x", "status=open", "status=active&status=active"] {
            assert_eq!(visitor.get(&format!("/portal/api/events?{bad}")).await.status, 400, "{bad}");
        }
        assert_eq!(visitor.get("/portal/api/events?location=none").await.status, 404);
    }
}
