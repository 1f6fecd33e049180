//! The board: every project as it stands, at no more cost to SLMM than one request a meter.

use std::time::Duration;

use domain::ProjectStatus;
use slmm_sim::{Endpoint, Reach, RuleSpec, SimConfig};
use testkit::{Engine, House, OnEngine, TestDatabase, Visitor, on_both_engines};

use super::words::{assert_has, text};

const UNIT: &str = "SLM-101";

async fn board(staff: &Visitor) -> String {
    let reply = staff.get("/").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    text(&reply.body)
}

on_both_engines! {
    async fn the_board_tells_every_project_as_it_stands(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        let roof = house.data.location(site.project, "Roof");
        house.data.location(site.project, "Yard");
        house.data.assign(&house.data.unit("SLM-102"), roof);
        let old = house.data.project("Old Mill");
        house.data.operator().set_status(old, ProjectStatus::Archived).unwrap();
        house.sim().set_reach("SLM-102", Reach::Refusing).unwrap();
        house.pass(Duration::from_secs(30));
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let page = board(&staff).await;
        assert_has(&page, &[
            "2 meters: 1 measuring, 1 silent.",
            "1 measuring 1 offline 1 no meter",
            "Silent meters",
            "Roof Harbour Tower offline",
            "1 portal open; no client has come in yet.",
            "Completed and archived projects (1) ",
            "Old Mill archived",
        ]);
        assert!(!page.contains("SLMM does not answer"), "{page}");
        Visitor::of(&house.portal()).enter(&site.portal).await;
        assert_has(&board(&staff).await, &["a client last came in at", "(Harbour Tower)"]);
    }

    async fn without_slmm_the_board_still_stands_and_says_so(house: House) {
        house.data.site("Harbour Tower", UNIT);
        house.sim().set_down(true);
        let app = house.office();
        let page = board(&Visitor::at(&app.url())).await;
        assert_has(&page, &["SLMM does not answer", "Harbour Tower", "1 unavailable"]);
        assert_has(&page, &["For 1 meter SLMM has not said yet whether a limit is broken"]);
        assert!(!page.contains("No limit is being broken"), "{page}");
    }

    async fn an_empty_house_has_a_board(house: House) {
        let app = house.office();
        let page = board(&Visitor::at(&app.url())).await;
        assert_has(&page, &["No project is being monitored."]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_limit_is_told_and_no_look_asks_more_than_one_thing() {
    let house = House::on(Engine::Sqlite);
    house.data.site("Harbour Tower", UNIT);
    let rule = RuleSpec {
        name: "Night noise".into(),
        threshold_db: 65.0,
        ..RuleSpec::default()
    };
    house.sim().insert_rule(UNIT, rule);
    house.sim().set_level(UNIT, Some(71.0)).unwrap();
    house.pass(Duration::from_secs(15));
    let app = house.office();
    let staff = Visitor::at(&app.url());
    let mut pages = Vec::new();
    for _ in 0..4 {
        house.sim().reset_counters();
        pages.push(board(&staff).await);
        assert!(house.sim().counters().requests_about(UNIT) <= 1);
        house.pass(Duration::from_secs(15));
    }
    assert_has(&pages[0], &["SLMM has not said yet", "1 measuring"]);
    for page in &pages[1..] {
        assert_has(
            page,
            &[
                "1 limit is being broken.",
                "1 above limit",
                "North gate Harbour Tower Night noise: Lp, 65.0 dB",
            ],
        );
    }
    house.sim().set_level(UNIT, Some(40.0)).unwrap();
    house.pass(Duration::from_mins(2));
    board(&staff).await;
    house.pass(Duration::from_secs(15));
    let page = board(&staff).await;
    assert_has(&page, &["No limit is being broken."]);
}

/// Two hundred projects with a thousand meters, of which SLMM bears four requests at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_board_of_a_thousand_meters_asks_each_but_once() {
    let config = SimConfig::with_units(1000);
    let data = TestDatabase::on(Engine::Sqlite);
    let house = House::with(data, &config);
    let mut units = config.units.iter();
    for project in 0..200 {
        let project = house.data.project(&format!("Project {project:03}"));
        for place in 0..5 {
            let location = house.data.location(project, &format!("Place {place}"));
            let unit = house.data.unit(units.next().unwrap());
            house.data.assign(&unit, location);
        }
    }
    house.pass(Duration::from_secs(2));
    let app = house.office_with(|options| options.slmm_timeout = Duration::from_mins(1));
    let staff = Visitor::at(&app.url());
    for (renders, endpoint) in [(1, Endpoint::Status), (2, Endpoint::Events)] {
        let page = board(&staff).await;
        assert_has(&page, &["Project 000", "Project 199", "1000 meters: "]);
        all_are_asked(&house, endpoint).await;
        let counters = house.sim().counters();
        for unit in &config.units {
            assert_eq!(counters.requests_about(unit), renders, "{unit}");
        }
        assert!(counters.max_in_flight() <= 4);
    }
    // What came too late for one page stands on the next.
    let page = board(&staff).await;
    assert_has(&page, &["1000 meters: 1000 measuring, 0 silent."]);
}

/// Waits until SLMM was asked this of a thousand meters, and has answered.
async fn all_are_asked(house: &House, endpoint: Endpoint) {
    let asked = async {
        let counters = || house.sim().counters();
        while counters().requests(endpoint) < 1000 || counters().in_flight() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let all = tokio::time::timeout(Duration::from_mins(1), asked).await;
    assert!(all.is_ok(), "some were never asked");
}
