//! The inbox: what goes on at the meters and what happened, as far as SLMM can be believed.

use std::time::Duration;

use serde_json::json;
use slmm_sim::{Endpoint, Event, Fault, Reach, RuleSpec, Scope, SimConfig};
use testkit::{Engine, House, OnEngine, TestDatabase, Visitor, at, on_both_engines};

use super::words::{assert_has, text};

const UNIT: &str = "SLM-101";
/// Far less than SLMM is given to answer, and ample on a busy machine.
const BOUND: Duration = Duration::from_secs(8);

async fn inbox(staff: &Visitor) -> String {
    let reply = staff.get("/alerts").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    text(&reply.body)
}

fn loud(house: &House) {
    let rule = RuleSpec {
        name: "Night noise".into(),
        threshold_db: 65.0,
        ..RuleSpec::default()
    };
    house.sim().insert_rule(UNIT, rule);
    house.sim().set_level(UNIT, Some(71.0)).unwrap();
    house.pass(Duration::from_secs(20));
}

/// Contact lost for a second.
fn lapse(from: &str) -> Event {
    let from = at(from);
    Event {
        clear_at: Some(from + Duration::from_secs(1)),
        ..Event::lost_contact(UNIT, from)
    }
}

on_both_engines! {
    async fn what_goes_on_is_told_whatever_came_after_it(house: House) {
        house.data.site("Harbour Tower", UNIT);
        loud(&house);
        house.pass(Duration::from_secs(40));
        for _ in 0..30 {
            house.sim().insert_event(lapse("2026-11-21T04:00:50Z"));
        }
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let page = inbox(&staff).await;
        assert_has(&page, &["Alerts 1 active", "Active Night noise"]);
        assert!(page.find("Night noise") < page.find("Contact lost"), "{page}");
        let unseen = text(&staff.get("/alerts?state=unseen").await.body);
        assert_has(&unseen, &["Alerts 1 active"]);

        house.sim().set_reach(UNIT, Reach::Refusing).unwrap();
        house.pass(Duration::from_mins(2));
        let page = inbox(&staff).await;
        assert_has(&page, &["Alerts 1 active, 1 not over when last heard", "Not over when last heard Night noise"]);
        assert!(page.find("Contact lost") < page.find("Night noise"), "{page}");
    }

    async fn an_event_stands_where_its_meter_stood_then(house: House) {
        house.data.site("Harbour Tower", UNIT);
        let quay = house.data.location(house.data.project("Quay Street"), "South gate");
        for from in ["2026-11-01T00:00:00Z", "2026-11-21T03:00:00Z", "2026-11-21T04:00:10Z"] {
            house.sim().insert_event(lapse(from));
        }
        house.data.assign(&testkit::unit_id(UNIT), quay);
        house.pass(Duration::from_secs(30));
        let app = house.office();
        let page = inbox(&Visitor::at(&app.url())).await;
        let (_, rows) = page.split_once("Seen").unwrap();
        let places = ["South gate, Quay Street", "North gate, Harbour Tower then", "stood nowhere"];
        let found: Vec<_> = places.iter().map(|place| rows.find(place)).collect();
        assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?} {rows}");
    }

    async fn an_open_breach_of_a_meter_out_of_reach_is_told_alike_everywhere(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        loud(&house);
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let project = format!("/projects/{}", site.project);
        for (reach, board, page, wrong) in [
            (Reach::Online, "1 limit is being broken.", "Active now", "Not over when last heard"),
            (Reach::Refusing, "1 limit broken, and not over when last heard.", "Not over when last heard", "above limit"),
        ] {
            house.sim().set_reach(UNIT, reach).unwrap();
            house.pass(Duration::from_mins(2));
            for _ in 0..3 {
                staff.get("/").await;
                house.pass(Duration::from_secs(15));
            }
            let shown = text(&staff.get("/").await.body);
            assert_has(&shown, &[board]);
            assert!(!shown.contains(wrong), "{shown}");
            let shown = text(&staff.get(&project).await.body);
            assert_has(&shown, &[page]);
            assert!(!shown.contains(wrong), "{shown}");
        }
        let shown = text(&staff.get("/").await.body);
        assert_has(&shown, &["Limits broken 0"]);
        assert!(!shown.contains("being broken"), "{shown}");
    }

    async fn more_events_than_slmm_tells_are_not_passed_off_as_all(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        for _ in 0..499 {
            house.sim().insert_event(lapse("2026-11-21T03:00:00Z"));
        }
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let project = format!("/projects/{}", site.project);
        let lacking = "SLMM does not tell all that happened at North gate";
        assert!(!staff.get(&project).await.body.contains(lacking));
        house.sim().insert_event(lapse("2026-11-21T03:30:00Z"));
        house.pass(Duration::from_secs(11));
        assert_has(&text(&staff.get(&project).await.body), &[lacking]);
        assert_has(&inbox(&staff).await, &[
            "The newest 200 of 500 events are shown",
            "SLMM tells the newest 500 events of 1 meter only",
        ]);
    }
}

/// SLMM takes every request for events, and answers none.
#[tokio::test(flavor = "multi_thread")]
async fn a_deaf_slmm_keeps_neither_the_page_nor_the_acts_of_staff() {
    let config = SimConfig::with_units(250);
    let house = House::with(TestDatabase::on(Engine::Sqlite), &config);
    for unit in &config.units {
        house.data.unit(unit);
    }
    let unit = config.units.first().unwrap();
    house
        .sim()
        .set_fault(Scope::endpoint(Endpoint::Events), Fault::Hold);
    let app = house.office_with(|options| options.slmm_timeout = Duration::from_mins(1));
    let staff = Visitor::at(&app.url());
    let bounded = |path: String| {
        let staff = &staff;
        async move {
            let reply = tokio::time::timeout(BOUND, staff.get(&path)).await;
            text(&reply.expect("the page waits for SLMM").body)
        }
    };
    let page = bounded("/alerts".into()).await;
    assert_has(
        &page,
        &[
            "None active at the meters that answered",
            "200 meters have not answered yet",
            "50 meters more are not asked about",
        ],
    );
    let one = bounded(format!("/alerts?unit={unit}")).await;
    assert_has(&one, &["1 meter has not answered yet"]);

    let act = staff
        .request(
            reqwest::Method::POST,
            &format!("/api/slmm/{unit}/alerts/rules"),
        )
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .body(json!({"name": "Night", "metric": "leq", "threshold_db": 65}).to_string());
    let made = tokio::time::timeout(BOUND, staff.send(act)).await;
    assert_eq!(made.expect("the act waits for the inbox").status, 201);
    assert!(house.sim().counters().max_in_flight() <= 6);

    house.sim().clear_faults();
    let all = async { while inbox(&staff).await.contains("not answered yet") {} };
    let all = tokio::time::timeout(Duration::from_mins(1), all).await;
    assert!(all.is_ok(), "some never answered");
}
