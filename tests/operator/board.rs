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
        house.data.project("Alpha House");
        let old = house.data.project("Old Mill");
        house.data.operator().set_status(old, ProjectStatus::Archived).unwrap();
        house.sim().set_reach("SLM-102", Reach::Refusing).unwrap();
        house.pass(Duration::from_secs(30));
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let page = board(&staff).await;
        assert_has(&page, &[
            "1 meter is silent.",
            "Silent meters 1",
            "Measuring 1 of 2 meters",
            "Portals open 1",
            "SLMM answers",
            "1 measuring 1 offline 1 no meter",
            "Roof Harbour Tower offline",
            "No client has come in yet.",
            "Completed and archived projects (1) ",
            "Old Mill archived",
        ]);
        assert!(!page.contains("SLMM does not answer"), "{page}");
        // What is of concern stands before what comes first by name.
        let (_, projects) = page.split_once("All projects").unwrap();
        assert!(projects.find("Harbour Tower") < projects.find("Alpha House"), "{page}");
        Visitor::of(&house.portal()).enter(&site.portal).await;
        assert_has(&board(&staff).await, &["Last client visits", "Came in Harbour Tower Somebody 23:00, 0 s ago"]);
    }

    async fn without_slmm_the_board_still_stands_and_says_so(house: House) {
        house.data.site("Harbour Tower", UNIT);
        house.sim().set_down(true);
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let page = board(&staff).await;
        assert_has(&page, &["SLMM does not answer", "Harbour Tower", "1 unavailable"]);
        assert_has(&page, &["Limits not asked yet for 1 meter"]);
        house.pass(Duration::from_secs(15));
        let page = board(&staff).await;
        assert_has(&page, &["For 1 meter SLMM does not say whether a limit is broken"]);
        for wrong in ["All is well", "silent."] {
            assert!(!page.contains(wrong), "{wrong}: {page}");
        }
    }

    async fn an_empty_house_says_what_comes_first(house: House) {
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let page = staff.get("/").await.body;
        assert!(page.contains("href=\"/clients/new\">New client</a>"), "{page}");
        house.data.client("Harbour & Sons");
        let page = staff.get("/").await.body;
        assert!(page.contains("href=\"/projects/new\">New project</a>"), "{page}");
        house.data.project("Harbour Tower");
        assert_has(&board(&staff).await, &["No meter stands at a location."]);
    }
}

fn night_noise() -> RuleSpec {
    RuleSpec {
        name: "Night noise".into(),
        threshold_db: 65.0,
        ..RuleSpec::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_limit_is_told_and_no_look_asks_more_than_one_thing() {
    let house = House::on(Engine::Sqlite);
    house.data.site("Harbour Tower", UNIT);
    house.sim().insert_rule(UNIT, night_noise());
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
    assert_has(
        &pages[0],
        &["Limits not asked yet for 1 meter", "1 measuring"],
    );
    for page in &pages[1..] {
        assert_has(
            page,
            &[
                "1 limit is being broken.",
                "1 above limit",
                "North gate Harbour Tower Night noise: Lp, 65.0 dB 71.0 dB",
            ],
        );
    }
    let page = staff.get("/").await.body;
    assert!(page.contains("<title>▲ above limit · Board"), "{page}");
    assert!(page.contains("icon-breach.svg"), "{page}");
    house.sim().set_level(UNIT, Some(40.0)).unwrap();
    house.pass(Duration::from_mins(1));
    board(&staff).await;
    house.pass(Duration::from_secs(15));
    let page = board(&staff).await;
    assert_has(&page, &["All is well"]);
}

/// How soon the page asks to be asked for again, s.
fn refresh_s(page: &str) -> u32 {
    let (_, rest) = page.split_once("data-refresh=\"").unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_start_or_a_long_rest_nothing_is_taken_for_known() {
    let house = House::on(Engine::Sqlite);
    house.data.site("Harbour Tower", UNIT);
    house.pass(Duration::from_secs(15));
    let app = house.office();
    let staff = Visitor::at(&app.url());
    for _ in 0..2 {
        let page = staff.get("/").await.body;
        assert_has(
            &text(&page),
            &["Limits not asked yet for 1 meter", "known of 0 of 1"],
        );
        assert_eq!(refresh_s(&page), 3);
        house.pass(Duration::from_secs(3));
        let page = staff.get("/").await.body;
        assert_has(&text(&page), &["All is well"]);
        assert_eq!(refresh_s(&page), 15);
        // Nobody looks for a while: what was heard before is no longer how things are.
        house.pass(Duration::from_mins(10));
    }
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
        // Those not heard yet are neither silent nor unavailable.
        assert_has(&page, &["Silent meters 0"]);
        assert!(!page.contains(" unavailable"), "{page}");
        assert_has(&page, &["Project 000", "Project 199", "of 1000 meters"]);
        all_are_asked(&house, endpoint).await;
        let counters = house.sim().counters();
        for unit in &config.units {
            assert_eq!(counters.requests_about(unit), renders, "{unit}");
        }
        assert!(counters.max_in_flight() <= 4);
    }
    // What came too late for one page stands on the next.
    let page = board(&staff).await;
    assert_has(&page, &["Measuring 1000 of 1000 meters", "Silent meters 0"]);
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
