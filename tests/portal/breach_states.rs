//! SLMM leaves events open for good; a breach is told as going on only while it can be true.

use std::time::Duration;

use serde_json::{Value, json};
use slmm_sim::{Event, Reach, RuleSpec, SimConfig};
use testkit::{Engine, House, OnEngine, Site, TestDatabase, at};

use super::guest::{AMPLE, Guest, visited, words};

const UNIT: &str = "SLM-101";
/// Longer than the portal keeps events, and than SLMM's idle monitor takes to come round.
const A_WHILE: Duration = Duration::from_secs(15);

fn limit() -> RuleSpec {
    RuleSpec {
        name: "Noise".into(),
        threshold_db: 65.0,
        cooldown_s: 0,
        ..RuleSpec::default()
    }
}

/// A house where this limit is being broken.
fn loud_house(rule: RuleSpec) -> (House, Site) {
    let house = House::with(TestDatabase::on(Engine::Sqlite), &SimConfig::with_units(1));
    let site = house.data.site("Harbour Tower", UNIT);
    house.sim().insert_rule(UNIT, rule);
    is_heard(&house, 71.0);
    (house, site)
}

fn is_heard(house: &House, level: f64) {
    house.sim().set_level(UNIT, Some(level)).unwrap();
    house.pass(A_WHILE);
}

/// Waits until the breaches stand so, newest first, and all routes agree on it. What is new may
/// come with the next answer only, but it must come.
async fn stand(guest: &Guest, expected: &[&str]) {
    let mut last = String::new();
    let waiting = async {
        while let Err(told) = told_by_all(guest, expected).await {
            last = told;
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let outcome = tokio::time::timeout(AMPLE, waiting).await;
    assert!(outcome.is_ok(), "not {expected:?}: {last}");
}

async fn told_by_all(guest: &Guest, expected: &[&str]) -> Result<(), String> {
    let active = expected
        .iter()
        .filter(|status| **status == "active")
        .count();
    let events = guest.tells("events").await;
    let whole = events["events"].as_array().unwrap().iter().all(|event| {
        let over = event["status"] == "cleared";
        event["peak_db"].is_number() == over && event["clear_at"].is_string() == over
    });
    let inbox = guest.reads("/portal/api/events").await;
    let overview = guest.overview().await;
    let page = guest.opens("/portal/events?status=active").await.body;
    let agreed = words(&events["events"], "status") == expected
        && whole
        && events["active"] == active
        && inbox["active"] == active
        && overview["locations"][0]["above_limit"] == (active > 0)
        && overview["rollup"]["above_limit"] == usize::from(active > 0)
        && page.contains("No breach in progress") == (active == 0);
    agreed
        .then_some(())
        .ok_or_else(|| format!("{events} {inbox} {overview}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_that_slmm_forgot_in_a_restart_lapses_when_another_follows() {
    let (house, site) = loud_house(limit());
    let (_app, guest) = visited(&house, &site).await;
    stand(&guest, &["active"]).await;
    house.sim().restart();
    house.pass(A_WHILE);
    assert!(
        house.sim().events(UNIT).iter().all(Event::is_active),
        "so says SLMM"
    );
    stand(&guest, &["active", "lapsed"]).await;
    is_heard(&house, 40.0);
    stand(&guest, &["cleared", "lapsed"]).await;
    assert_eq!(
        house
            .sim()
            .events(UNIT)
            .iter()
            .filter(|event| event.is_active())
            .count(),
        1,
        "so says SLMM still"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_that_slmm_forgot_lapses_when_the_level_is_back_beyond_the_margin() {
    let (house, site) = loud_house(limit());
    let (_app, guest) = visited(&house, &site).await;
    house.sim().set_level(UNIT, Some(64.0)).unwrap();
    house.sim().restart();
    house.pass(A_WHILE);
    stand(&guest, &["active"]).await;
    is_heard(&house, 62.9);
    assert!(house.sim().events(UNIT)[0].is_active(), "so says SLMM");
    stand(&guest, &["lapsed"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_lapses_with_the_hours_of_its_limit() {
    // It is 23:00 on Friday where SLMM is.
    let evening = RuleSpec {
        schedule_start: Some("22:00".into()),
        schedule_end: Some("23:10".into()),
        ..limit()
    };
    let (house, site) = loud_house(evening);
    let (_app, guest) = visited(&house, &site).await;
    stand(&guest, &["active"]).await;
    house.pass(Duration::from_secs(9 * 60 + 44));
    stand(&guest, &["active"]).await;
    house.pass(Duration::from_secs(1));
    assert!(house.sim().events(UNIT)[0].is_active(), "so says SLMM");
    stand(&guest, &["lapsed"]).await;
    assert_eq!(
        guest.tells("thresholds").await["limits"][0]["schedule"]["end"],
        "23:10"
    );

    // The next evening SLMM goes on where it stopped, and ends it when it is quiet.
    house.clock().advance(Duration::from_hours(23));
    house.pass(A_WHILE);
    stand(&guest, &["active"]).await;
    is_heard(&house, 40.0);
    stand(&guest, &["cleared"]).await;
}

/// Six open events of SLMM, of which one can be true.
#[tokio::test(flavor = "multi_thread")]
async fn an_event_without_its_limit_has_lapsed() {
    let house = House::with(TestDatabase::on(Engine::Sqlite), &SimConfig::with_units(6));
    let site = house.data.site("Harbour Tower", UNIT);
    let cases: [(&str, Option<RuleSpec>, &str); 6] = [
        ("the same", Some(limit()), "active"),
        ("deleted", None, "lapsed"),
        (
            "disabled",
            Some(RuleSpec {
                enabled: false,
                ..limit()
            }),
            "lapsed",
        ),
        (
            "renamed",
            Some(RuleSpec {
                name: "Another".into(),
                ..limit()
            }),
            "lapsed",
        ),
        (
            "of another threshold",
            Some(RuleSpec {
                threshold_db: 70.0,
                ..limit()
            }),
            "lapsed",
        ),
        (
            "of another metric",
            Some(RuleSpec {
                metric: "leq".into(),
                ..limit()
            }),
            "lapsed",
        ),
    ];
    for (number, (name, rule, _)) in cases.iter().enumerate() {
        let unit = format!("SLM-{}", 101 + number);
        if number > 0 {
            let location = house.data.location(site.project, name);
            house.data.assign_for(
                &house.data.unit(&unit),
                location,
                "2026-11-14T04:00:00Z",
                "",
            );
        }
        house.sim().set_level(&unit, Some(71.0)).unwrap();
        house.sim().poll(&unit).unwrap();
        let stored = rule
            .as_ref()
            .map(|rule| house.sim().insert_rule(&unit, rule.clone()));
        let open = Event::lost_contact(&unit, at("2026-11-21T03:30:00Z"));
        house.sim().insert_event(Event {
            rule_id: stored.map_or(99, |rule| rule.id),
            rule_name: "Noise".into(),
            metric: "lp".into(),
            threshold_db: 65.0,
            onset_value: Some(66.0),
            peak_value: Some(66.0),
            ..open
        });
    }
    let (_app, guest) = visited(&house, &site).await;
    let inbox = guest.reads("/portal/api/events").await;
    assert_eq!(inbox["active"], 1);
    let mut standing: Vec<_> = inbox["events"].as_array().unwrap().iter().collect();
    assert!(
        standing
            .iter()
            .all(|event| event["limit"] == "Noise" && event["threshold_db"] == 65.0),
        "as it was then"
    );
    standing.retain(|event| event["status"] == "active");
    assert_eq!(standing[0]["location"]["name"], "North gate");
    let above: Vec<bool> = guest.overview().await["locations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["above_limit"] == true)
        .collect();
    assert_eq!(above, cases.map(|(_, _, status)| status == "active"));
}

/// By SLMM's own API, which ends an event with its rule, and gives the id to the next one.
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_takes_over_an_id_takes_over_no_breach() {
    let (house, site) = loud_house(limit());
    let (_app, guest) = visited(&house, &site).await;
    let rules = format!("{}/api/nl43/{UNIT}/alerts/rules", house.slmm.base_url());
    let slmm = reqwest::Client::new();
    let before = house.sim().rules(UNIT)[0].id;
    assert_eq!(
        slmm.delete(format!("{rules}/{before}"))
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    let other = json!({"name": "Day noise", "metric": "lp", "threshold_db": 70.0}).to_string();
    assert_eq!(
        slmm.post(&rules).body(other).send().await.unwrap().status(),
        200
    );
    assert_eq!(
        house.sim().rules(UNIT)[0].id,
        before,
        "the id is used again"
    );
    house.pass(A_WHILE);
    let events = guest.tells("events").await;
    assert_eq!(words(&events["events"], "limit"), ["Day noise", "Noise"]);
    stand(&guest, &["active", "cleared"]).await;
    assert_eq!(events["events"][1]["threshold_db"], 65.0);
    // Disabled by a whole replacement, which ends what is open.
    let off = json!({"name": "Day noise", "metric": "lp", "threshold_db": 70.0, "enabled": false})
        .to_string();
    assert_eq!(
        slmm.put(format!("{rules}/{before}"))
            .body(off)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    house.pass(A_WHILE);
    stand(&guest, &["cleared", "cleared"]).await;
    let none = json!({"limits": []});
    guest
        .reads_until(&guest.path("thresholds"), |told| *told == none)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_goes_on_while_its_meter_is_away() {
    let (house, site) = loud_house(limit());
    let (_app, guest) = visited(&house, &site).await;
    house.sim().set_reach(UNIT, Reach::Refusing).unwrap();
    house.pass(Duration::from_secs(60));
    assert_eq!(guest.tells("live").await["state"], "offline");
    stand(&guest, &["active"]).await;
    let interruptions = guest.tells("events").await["interruptions"].clone();
    assert!(
        interruptions.as_array().unwrap().len() == 1 && interruptions[0]["to"].is_null(),
        "{interruptions}"
    );

    house.sim().set_reach(UNIT, Reach::Online).unwrap();
    house.sim().set_level(UNIT, Some(40.0)).unwrap();
    house.pass(Duration::from_secs(120));
    stand(&guest, &["cleared"]).await;
    assert!(guest.tells("events").await["interruptions"][0]["to"].is_string());
}

/// SLMM restarts while the meter is away, the meter is back first, and nobody ends the event.
#[tokio::test(flavor = "multi_thread")]
async fn an_interruption_that_slmm_forgot_is_not_told_as_going_on() {
    let (house, site) = loud_house(limit());
    let (_app, guest) = visited(&house, &site).await;
    house.sim().set_reach(UNIT, Reach::Refusing).unwrap();
    house.pass(Duration::from_secs(60));
    assert_eq!(
        guest.tells("events").await["interruptions"][0]["to"],
        Value::Null
    );
    house.sim().restart();
    house.sim().set_reach(UNIT, Reach::Online).unwrap();
    house.pass(Duration::from_secs(30));
    let stuck = house
        .sim()
        .events(UNIT)
        .into_iter()
        .find(|event| event.metric == Event::CONNECTIVITY);
    assert!(stuck.is_some_and(|event| event.is_active()), "so says SLMM");
    let events = guest.path("events");
    guest
        .reads_until(&events, |events| events["interruptions"] == json!([]))
        .await;
    guest
        .reads_until(&guest.path("live"), |live| live["state"] == "measuring")
        .await;
    guest
        .reads_until(&events, |events| events["interruptions"] == json!([]))
        .await;
}
