//! A part of SLMM does not work: that part is missing, and nothing else.

use std::time::Duration;

use serde_json::{Value, json};
use slmm_sim::{Endpoint, Event, Fault, RuleSpec, Scope};
use testkit::{Engine, House, OnEngine, PortalApp, Site, at};

use super::guest::{Guest, visited, words};

const UNIT: &str = "SLM-101";
/// Longer than a status is kept.
const NEXT: Duration = Duration::from_secs(2);

/// A house where a limit is being broken.
fn loud_house() -> (House, Site) {
    let house = House::on(Engine::Sqlite);
    let site = house.data.site("Harbour Tower", UNIT);
    house.sim().insert_rule(
        UNIT,
        RuleSpec {
            name: "Noise".into(),
            threshold_db: 65.0,
            ..RuleSpec::default()
        },
    );
    house.sim().set_level(UNIT, Some(71.0)).unwrap();
    house.pass(Duration::from_secs(15));
    (house, site)
}

/// A portal that gives SLMM up in time, but not because the machine is busy, and a guest of it.
async fn visited_within_limits(house: &House, site: &Site) -> (PortalApp, Guest) {
    let app = house.portal_with(|options| options.slmm_timeout = Duration::from_secs(3));
    let guest = Guest::of(&app, site).await;
    (app, guest)
}

/// Whether the level is told as it is now.
fn is_current(live: &Value) -> bool {
    live["state"] == "measuring" && live["remembered"] == false && live["reading"]["lp"] == 71.0
}

#[tokio::test(flavor = "multi_thread")]
async fn the_monitors_cannot_be_asked() {
    for fault in [Fault::InternalError, Fault::Hold] {
        let (house, site) = loud_house();
        house
            .sim()
            .set_fault(Scope::endpoint(Endpoint::MonitorStatus), fault);
        let (app, guest) = visited_within_limits(&house, &site).await;
        for _ in 0..8 {
            let pass = || house.clock().advance(Duration::from_secs(1));
            guest
                .reads_while(&guest.path("live"), is_current, pass)
                .await;
            house.pass(NEXT);
        }
        assert_eq!(guest.tells("events").await["active"], 1);
        guest.opens_everything(&app).await;
        house.sim().clear_faults();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_row_cannot_be_asked_for() {
    let (house, site) = loud_house();
    house
        .sim()
        .set_fault(Scope::endpoint(Endpoint::Status), Fault::InternalError);
    let (app, guest) = visited(&house, &site).await;
    let live = guest.tells("live").await;
    assert_eq!(
        (&live["state"], &live["reading"]),
        (&json!("unavailable"), &Value::Null)
    );
    let events = guest.tells("events").await;
    assert_eq!(
        (&events["active"], events.get("available")),
        (&json!(1), None)
    );
    assert_eq!(
        guest.tells("thresholds").await["limits"][0]["name"],
        "Noise"
    );
    assert!(guest.tells("history").await["at"].as_array().unwrap().len() > 100);
    guest.opens_everything(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_cannot_be_asked_for() {
    let (house, site) = loud_house();
    house
        .sim()
        .set_fault(Scope::endpoint(Endpoint::Events), Fault::Html);
    let (app, guest) = visited(&house, &site).await;
    let none = json!({"active": 0, "events": [], "interruptions": [], "available": false});
    assert_eq!(guest.tells("events").await, none);
    assert_eq!(guest.reads("/portal/api/events").await, none);
    let live = guest.tells("live").await;
    assert!(is_current(&live), "{live}");
    assert_eq!(
        guest.overview().await["rollup"],
        json!({
            "locations": 1, "measuring": 1, "stopped": 0, "offline": 0, "stale": 0, "no_data": 0, "no_meter": 0,
            "unavailable": 0, "above_limit": 0,
        })
    );
    assert_eq!(
        guest.tells("thresholds").await["limits"][0]["name"],
        "Noise"
    );
    guest.opens_everything(&app).await;
}

/// SLMM stores an infinite threshold, and from then on cannot list the meter's rules. A breach in
/// progress is still told: what SLMM does not say cannot prove it wrong.
#[tokio::test(flavor = "multi_thread")]
async fn the_rules_cannot_be_listed() {
    let (house, site) = loud_house();
    house.sim().insert_rule(
        UNIT,
        RuleSpec {
            threshold_db: f64::INFINITY,
            ..RuleSpec::default()
        },
    );
    let (app, guest) = visited(&house, &site).await;
    assert_eq!(
        guest.tells("thresholds").await,
        json!({"limits": [], "available": false})
    );
    let events = guest.tells("events").await;
    assert_eq!(
        (&events["active"], &events["events"][0]["limit"]),
        (&json!(1), &json!("Noise"))
    );
    let live = guest.tells("live").await;
    assert!(is_current(&live), "{live}");
    assert_eq!(guest.overview().await["rollup"]["above_limit"], 1);
    guest.opens_everything(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_meter_cannot_be_asked_about() {
    for fault in [Fault::InternalError, Fault::Hold] {
        let (house, site) = loud_house();
        let broken = house.data.location(site.project, "South gate");
        let unit = house.data.unit("SLM-102");
        house
            .data
            .assign_for(&unit, broken, "2026-11-14T04:00:00Z", "");
        house.sim().set_fault(Scope::unit("SLM-102"), fault);
        let (app, guest) = visited_within_limits(&house, &site).await;
        for _ in 0..6 {
            let overview = guest.overview().await;
            let [whole, broken] = [0, 1].map(|number| &overview["locations"][number]);
            assert_eq!(
                (&broken["state"], &broken["reading"]),
                (&json!("unavailable"), &Value::Null)
            );
            assert_eq!(
                (&whole["state"], &whole["reading"]["lp"]),
                (&json!("measuring"), &json!(71.0))
            );
            assert_eq!(whole["above_limit"], true);
            house.pass(NEXT);
        }
        // The inbox has what is known, and says that it is not all.
        let inbox = guest.reads("/portal/api/events").await;
        assert_eq!(
            (&inbox["active"], &inbox["available"]),
            (&json!(1), &json!(false))
        );
        guest.opens_everything(&app).await;
        house.sim().clear_faults();
    }
}

/// What is about another meter is never shown, however well it is written.
#[tokio::test(flavor = "multi_thread")]
async fn slmm_answers_about_another_meter() {
    let (house, site) = loud_house();
    let (_app, guest) = visited(&house, &site).await;
    guest.reads_until(&guest.path("live"), is_current).await;
    let row = json!({
        "unit_id": "SLM-102", "last_seen": "2026-11-21T04:00:16", "measurement_state": "Start", "lp": "33.3",
        "is_reachable": true, "last_success": "2026-11-21T04:00:16",
    });
    let event = json!({
        "id": 9, "rule_id": 9, "unit_id": "SLM-102", "rule_name": "Another's", "metric": "lp", "threshold_db": 30.0,
        "onset_at": "2026-11-21T04:00:16", "status": "active",
    });
    let rule = json!({"id": 9, "unit_id": "SLM-102", "name": "Another's", "metric": "lp", "threshold_db": 30.0});
    let mixed = json!({"status": "ok", "unit_id": "SLM-102", "data": row, "events": [event], "rules": [rule],
        "readings": [{"timestamp": "2026-11-21T04:00:16", "lp": "33.3"}], "monitors": {}});
    house
        .sim()
        .set_fault(Scope::unit(UNIT), Fault::Body(mixed.to_string()));
    house.pass(Duration::from_secs(31));
    let everything = [
        guest.tells("live").await,
        guest.overview().await,
        guest.tells("events").await,
        guest.tells("thresholds").await,
        guest.tells("history").await,
    ];
    for answer in &everything {
        assert!(
            !answer.to_string().contains("33.3") && !answer.to_string().contains("Another"),
            "{answer}"
        );
    }
    let live = &everything[0];
    assert_eq!(
        (&live["remembered"], &live["reading"]["lp"]),
        (&json!(true), &json!(71.0))
    );
}

/// An event without an id, a rule without a threshold, a sample without a time: each is left out,
/// and the others are told.
#[tokio::test(flavor = "multi_thread")]
async fn one_item_of_a_list_cannot_be_read() {
    let (house, site) = loud_house();
    house.sim().insert_event(Event {
        metric: "loudness".into(),
        rule_id: 7,
        ..Event::lost_contact(UNIT, at("2026-11-21T03:00:00Z"))
    });
    let rules = json!({"status": "ok", "rules": [7, {"id": 1}, {"id": "x", "threshold_db": 1}, null,
        {"id": 5, "unit_id": UNIT, "name": "Whole", "metric": "lp", "threshold_db": 65.0, "enabled": true}]});
    house.sim().set_fault(
        Scope::endpoint(Endpoint::Rules),
        Fault::Body(rules.to_string()),
    );
    let trail = json!({"status": "ok", "unit_id": UNIT, "readings": [{"lp": "50.0"}, [],
        {"timestamp": "2026-11-21T03:59:00", "lp": "50.0", "leq": "-.-", "lmax": 3, "ln1": "<b>1</b>"}]});
    house.sim().set_fault(
        Scope::endpoint(Endpoint::History),
        Fault::Body(trail.to_string()),
    );
    let (_app, guest) = visited(&house, &site).await;
    let events = guest.tells("events").await;
    assert_eq!(events["events"].as_array().unwrap().len(), 1, "{events}");
    assert_eq!(
        words(&guest.tells("thresholds").await["limits"], "name"),
        ["Whole"]
    );
    assert_eq!(
        guest.tells("history").await,
        json!({"hours": 2.0, "at": [1_795_233_540], "lp": [50.0], "leq": [null], "lmax": [3.0], "ln1": [null], "ln2": [null]})
    );
}
