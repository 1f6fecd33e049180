//! Every state of a location, and levels that are none.

use std::time::Duration;

use domain::{LocationId, Metric};
use serde_json::{Value, json};
use slmm_sim::{Endpoint, Fault, Reach, Scope, Sim, SimConfig, TrailRow};
use testkit::{Engine, House, OnEngine, Site, TestDatabase, at};

use super::guest::{Guest, patient, visited, words};

const UNIT: &str = "SLM-101";
const LEVELS: [&str; 6] = ["lp", "leq", "lmax", "lpeak", "ln1", "ln2"];

/// A house of one project with a location for each of SLMM's units.
fn house_of(units: usize) -> (House, Site, Vec<LocationId>) {
    let house = House::with(
        TestDatabase::on(Engine::Sqlite),
        &SimConfig::with_units(units),
    );
    let site = house.data.site("Harbour Tower", UNIT);
    let mut locations = vec![site.location];
    for number in 102..101 + units {
        let name = format!("SLM-{number}");
        let location = house.data.location(site.project, &format!("Gate {number}"));
        house.data.assign_for(
            &house.data.unit(&name),
            location,
            "2026-11-14T04:00:00Z",
            "",
        );
        locations.push(location);
    }
    (house, site, locations)
}

/// The levels of a reading that have a value, by name.
fn levels_of(live: &Value) -> Vec<&'static str> {
    LEVELS
        .into_iter()
        .filter(|name| live["reading"][*name].is_number())
        .collect()
}

/// One meter in each state, in the order of the units.
fn bring_about_every_state(house: &House) {
    let sim = house.sim();
    sim.stop_measuring("SLM-102").unwrap();
    sim.stop_measuring("SLM-103").unwrap();
    sim.reset_results("SLM-103").unwrap();
    sim.stall("SLM-104", true).unwrap();
    sim.set_reach("SLM-105", Reach::Refusing).unwrap();
    sim.set_poller_only("SLM-106", true).unwrap();
    sim.set_reach("SLM-106", Reach::Refusing).unwrap();
    sim.drop_row("SLM-107", true).unwrap();
    house.pass(Duration::from_secs(240));
    sim.set_never_reached("SLM-108").unwrap();
    sim.set_fault(Scope::unit("SLM-109"), Fault::InternalError);
    for unit in ["SLM-101", "SLM-102", "SLM-103"] {
        sim.poll(unit).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_state_is_told_for_what_it_is() {
    let (house, site, mut locations) = house_of(9);
    locations.push(house.data.location(site.project, "Nothing here"));
    bring_about_every_state(&house);
    let (_app, guest) = visited(&house, &site).await;
    let all = &LEVELS[..];
    let expected = [
        ("measuring", all),
        ("stopped", all),
        ("stopped", &["lp"]),
        ("stale", all),
        ("offline", all),
        ("offline", all),
        ("no_data", &[]),
        ("no_data", &[]),
        ("unavailable", &[]),
        ("no_meter", &[]),
    ];
    for (number, (state, levels)) in expected.iter().enumerate() {
        let live = guest.tells_of(locations[number], "live").await;
        assert_eq!(
            (&live["state"], &live["remembered"]),
            (&json!(state), &json!(false)),
            "{live}"
        );
        assert_eq!(levels_of(&live), *levels, "{live}");
        assert_eq!(live["reading"].is_null(), levels.is_empty(), "{live}");
        assert_eq!(live["age_s"].is_null(), levels.is_empty(), "{live}");
        // Only what measures has been measuring since.
        let measures = matches!(*state, "measuring" | "stale")
            || (*state == "offline" && live["measuring_since"].is_string());
        assert_eq!(live["measuring_since"].is_string(), measures, "{live}");
        let old = ["stale", "offline"].contains(state);
        assert_eq!(
            live["age_s"].as_f64().is_some_and(|age| age > 60.0),
            old,
            "{live}"
        );
    }
    let overview = guest.overview().await;
    let states = expected.map(|(state, _)| state);
    assert_eq!(words(&overview["locations"], "state"), states);
    assert_eq!(
        overview["rollup"],
        json!({"locations": 10, "measuring": 1, "stopped": 2, "offline": 2, "stale": 1, "no_data": 2, "no_meter": 1,
               "unavailable": 1, "above_limit": 0})
    );
    for location in &locations {
        assert_eq!(
            guest
                .opens(&format!("/portal/location/{location}"))
                .await
                .status,
            200
        );
    }
}

/// SLMM's monitor alone knows that a meter is gone; its row says otherwise for as long as it runs.
#[tokio::test(flavor = "multi_thread")]
async fn a_meter_that_its_row_calls_reachable_is_offline() {
    let (house, site, _) = house_of(1);
    let (_app, guest) = visited(&house, &site).await;
    for (reach, state) in [
        (Reach::Silent, "offline"),
        (Reach::Online, "measuring"),
        (Reach::Refusing, "offline"),
    ] {
        house.sim().set_reach(UNIT, reach).unwrap();
        house.pass(Duration::from_secs(90));
        house.sim().set_reachability(UNIT, true, 0, None).unwrap();
        guest
            .reads_until(&guest.path("live"), |live| live["state"] == state)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stale_begins_after_the_agreed_age_and_not_for_what_is_stopped() {
    let (house, site, locations) = house_of(2);
    house.sim().stop_measuring("SLM-102").unwrap();
    for unit in [UNIT, "SLM-102"] {
        house.sim().poll(unit).unwrap();
        house.sim().stall(unit, true).unwrap();
    }
    let app = house.portal_with(|options| {
        patient(options);
        options.settings.stale_after = Duration::from_secs(90);
    });
    let guest = Guest::of(&app, &site).await;
    for (pass_s, state) in [(90, "measuring"), (2, "stale")] {
        house.pass(Duration::from_secs(pass_s));
        assert_eq!(guest.tells("live").await["state"], state);
        assert_eq!(
            guest.tells_of(locations[1], "live").await["state"],
            "stopped"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_that_is_none_is_null_and_the_others_are_told() {
    let (house, site, _) = house_of(1);
    let (_app, guest) = visited(&house, &site).await;
    for text in [
        "-.-",
        "--",
        "<b>99</b>",
        "NaN",
        "inf",
        "1e3",
        "1e2",
        "0x41",
        "６５",
        "200.1",
        "-20.1",
        "65.4 dB",
        "65;4",
    ] {
        for (metric, name) in [
            (Metric::Lp, "lp"),
            (Metric::Leq, "leq"),
            (Metric::Ln2, "ln2"),
        ] {
            house.sim().force(UNIT, metric, Some(text)).unwrap();
            house.sim().poll(UNIT).unwrap();
            house.pass(Duration::from_secs(2));
            let live = guest.hears().await;
            assert_eq!(
                (&live["state"], &live["reading"][name]),
                (&json!("measuring"), &Value::Null),
                "{text}"
            );
            assert_eq!(levels_of(&live).len(), 5, "{text}: {live}");
            house.sim().force(UNIT, metric, None).unwrap();
        }
    }
}

type Deed = fn(&Sim);

/// Which value stands under which name cannot be known then, so none is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_reply_out_of_its_order_has_no_values() {
    let replies: [(&str, Deed); 5] = [
        ("all blank", |sim| sim.blank(UNIT).unwrap()),
        ("shifted", |sim| sim.shift_fields(UNIT).unwrap()),
        ("one field of blanks", |sim| {
            sim.force(UNIT, Metric::Leq, Some("   ")).unwrap()
        }),
        ("cut short", |sim| {
            sim.set_raw(UNIT, "62.4, 67.6, 98.7").unwrap()
        }),
        ("garbage", |sim| {
            sim.set_raw(UNIT, "ULoHvNU4_YYiW.`j2,,%%<script>").unwrap()
        }),
    ];
    for (name, reply) in replies {
        let (house, site, _) = house_of(1);
        let (_app, guest) = visited(&house, &site).await;
        reply(house.sim());
        house.sim().poll(UNIT).unwrap();
        let live = guest.tells("live").await;
        assert_eq!(levels_of(&live), [""; 0], "{name}: {live}");
        assert_eq!(
            (&live["state"], &live["reading"]),
            (&json!("no_data"), &Value::Null),
            "{name}"
        );
        assert_eq!(
            guest.overview().await["locations"][0]["reading"],
            Value::Null,
            "{name}"
        );
        house.sim().restore(UNIT).unwrap();
        house.sim().poll(UNIT).unwrap();
        house.pass(Duration::from_secs(2));
        let restored = |live: &Value| live["state"] == "measuring";
        guest.reads_until(&guest.path("live"), restored).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_state_that_nobody_knows_vouches_for_nothing() {
    let (house, site, _) = house_of(1);
    let (_app, guest) = visited(&house, &site).await;
    for (said, state) in [
        ("Start", "measuring"),
        ("Measure", "measuring"),
        ("Stop", "stopped"),
        ("unknown", "stale"),
        ("Pause", "stale"),
        ("", "stale"),
        ("start", "stale"),
    ] {
        let row = json!({"unit_id": UNIT, "last_seen": "2026-11-21T04:00:00", "measurement_state": said,
            "measurement_start_time": null, "lp": "65.4", "is_reachable": true, "last_success": null});
        let body = json!({"status": "ok", "data": row}).to_string();
        house
            .sim()
            .set_fault(Scope::endpoint(Endpoint::Status), Fault::Body(body));
        house.pass(Duration::from_secs(2));
        let live = guest.hears().await;
        assert_eq!(
            (&live["state"], &live["reading"]["lp"]),
            (&json!(state), &json!(65.4)),
            "{said:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_of_the_trail_without_a_value_is_a_gap() {
    let (house, site, _) = house_of(1);
    house.sim().clear_trail(UNIT).unwrap();
    let text = |text: &str| Some(text.to_owned());
    for (minute, lp, leq) in [
        (1, text("61.04"), text("-.-")),
        (2, text("<b>0</b>"), text("NaN")),
        (3, None, text("")),
    ] {
        let row = TrailRow {
            at: at(&format!("2026-11-21T03:0{minute}:00Z")),
            lp,
            leq,
            lmax: text("999"),
            ..TrailRow::default()
        };
        house.sim().insert_row(UNIT, row).unwrap();
    }
    let (_app, guest) = visited(&house, &site).await;
    let history = guest.tells("history").await;
    assert_eq!(
        (&history["lp"], &history["leq"]),
        (&json!([61.0, null, null]), &json!([null, null, null]))
    );
    for column in ["lmax", "ln1", "ln2"] {
        assert_eq!(history[column], json!([null, null, null]), "{column}");
    }
}
