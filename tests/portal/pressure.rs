//! Crowds: of visitors, who must not be felt by SLMM, and of guessers, who must not be felt by visitors.

use std::collections::HashSet;
use std::time::Duration;

use auth::{HashParams, PasswordHash};
use futures_util::future::join_all;
use serde_json::{Value, json};
use slmm_sim::{Capacity, Endpoint, Fault, Scope, SimConfig};
use testkit::{Engine, House, OnEngine, PortalApp, SeededRandom, Site, TestDatabase, Visitor};

use super::guest::{Guest, patient, until, words};

/// Just more than a status is kept.
const NEXT: Duration = Duration::from_millis(1100);

/// One project with a location for each of SLMM's units.
fn house_of(units: usize, capacity: Option<Capacity>) -> (House, Site) {
    let config = SimConfig {
        capacity,
        ..SimConfig::with_units(units)
    };
    let house = House::with(TestDatabase::on(Engine::Sqlite), &config);
    let site = house.data.site("Harbour Tower", "SLM-101");
    for number in 102..101 + units {
        let location = house.data.location(site.project, &format!("Gate {number}"));
        let unit = house.data.unit(&format!("SLM-{number}"));
        house
            .data
            .assign_for(&unit, location, "2026-11-14T04:00:00Z", "");
    }
    (house, site)
}

async fn locations_of(guest: &Guest) -> Vec<String> {
    let overview = guest.overview().await;
    words(&overview["locations"], "id")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_visitors_of_one_meter_are_one_question_to_slmm() {
    let (house, site) = house_of(1, None);
    let app = house.portal_with(patient);
    let guest = Guest::of(&app, &site).await;
    // All have come before the first is answered: each waits for the row and for the monitors.
    house.sim().set_fault(Scope::all(), Fault::Hold);
    let path = guest.path("live");
    let crowd = join_all((0..100).map(|_| guest.reads(&path)));
    let release = async {
        until(|| app.slmm().counters().joins == 2 * 99).await;
        house.sim().clear_faults();
    };
    let (answers, ()) = futures_util::future::join(crowd, release).await;
    assert!(
        answers
            .iter()
            .all(|live| live["state"] == "measuring" && live["remembered"] == false)
    );
    let counters = house.sim().counters();
    assert_eq!(
        (
            counters.total(),
            counters.requests_of(Endpoint::Status, "SLM-101")
        ),
        (2, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overview_of_fifty_costs_a_request_a_meter_a_second_however_many_look() {
    let (house, site) = house_of(50, None);
    let app = house.portal_with(patient);
    let guest = Guest::of(&app, &site).await;
    const ROUNDS: u64 = 12;
    for _ in 0..ROUNDS {
        let overviews = join_all((0..20).map(|_| guest.overview())).await;
        for overview in overviews {
            assert_eq!(overview["rollup"]["locations"], 50);
            assert_eq!(
                overview["rollup"]["measuring"], 50,
                "{}",
                overview["rollup"]
            );
        }
        house.pass(Duration::from_secs(1));
        house.clock().advance(Duration::from_millis(100));
    }
    let counters = house.sim().counters();
    for number in 101..151 {
        let unit = format!("SLM-{number}");
        let of = |endpoint| counters.requests_of(endpoint, &unit);
        assert!(
            (2..=ROUNDS).contains(&of(Endpoint::Status)),
            "{unit}: {}",
            of(Endpoint::Status)
        );
        // Twelve rounds are 13 s, and these are kept for 10 s.
        assert!(
            of(Endpoint::Events) <= 2 && of(Endpoint::Rules) <= 2,
            "{unit}"
        );
        assert_eq!(
            counters.requests_about(&unit),
            of(Endpoint::Status) + of(Endpoint::Events) + of(Endpoint::Rules)
        );
    }
    assert!(counters.requests(Endpoint::MonitorStatus) <= ROUNDS);
    assert!(
        counters.max_in_flight() <= 4,
        "{}",
        counters.max_in_flight()
    );
}

/// SLMM goes deaf at the fifteenth request at once; our limit of four keeps it well.
#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_visitors_of_forty_meters_never_press_slmm() {
    let (house, site) = house_of(40, Some(Capacity::default()));
    let app = house.portal_with(patient);
    let first = Guest::of(&app, &site).await;
    let locations = locations_of(&first).await;
    let crowd: Vec<Guest> = (0..500).map(|_| first.companion(&app)).collect();
    for round in 0..4 {
        let visits = crowd.iter().enumerate().map(|(number, guest)| {
            let live = format!(
                "/portal/api/location/{}/live",
                locations[number % locations.len()]
            );
            async move {
                // Nine look at their meter, the tenth at all of them.
                if number % 10 == round % 10 {
                    guest.overview().await["rollup"]["measuring"] == 40
                } else {
                    guest.reads(&live).await["state"] == "measuring"
                }
            }
        });
        let well = join_all(visits).await;
        assert!(well.iter().all(|well| *well), "round {round}");
        house.clock().advance(NEXT);
    }
    let counters = house.sim().counters();
    assert_eq!(counters.times_deaf, 0);
    assert!(
        (1..=4).contains(&counters.max_in_flight()),
        "{}",
        counters.max_in_flight()
    );
    assert!(app.slmm().counters().max_in_flight <= 4);
    assert!(
        counters.requests(Endpoint::Status) <= 40 * 5,
        "{}",
        counters.requests(Endpoint::Status)
    );
}

/// While SLMM is deaf visitors are told so at once, and their number makes nobody ask it more.
#[tokio::test(flavor = "multi_thread")]
async fn a_deaf_slmm_is_left_alone_by_any_crowd() {
    let (house, site) = house_of(40, None);
    let app = house.portal();
    let first = Guest::of(&app, &site).await;
    house.sim().set_fault(Scope::all(), Fault::Hold);
    let locations = locations_of(&first).await;
    for _ in 0..60 {
        let answers = join_all(locations.iter().map(|id| {
            let path = format!("/portal/api/location/{id}/live");
            let first = &first;
            async move { first.reads(&path).await }
        }));
        assert!(
            answers
                .await
                .iter()
                .all(|live| live["state"] == "unavailable")
        );
        house.clock().advance(Duration::from_secs(1));
    }
    // Four at once until it is given up, perhaps twice over; then after 1, 2, 4, 8, 16 and 30 s.
    let asked = house.sim().counters().total();
    assert!((4..=14).contains(&asked), "{asked}");
    house.sim().clear_faults();
    let measures = |live: &Value| live["state"] == "measuring";
    let pass = || house.clock().advance(Duration::from_secs(10));
    first.reads_while(&first.path("live"), measures, pass).await;
}

/// A portal whose passwords are as hard to check as in earnest, with one worker for everything.
fn fortress(house: &House, site: &Site) -> PortalApp {
    let random = SeededRandom::new(77);
    let hash = PasswordHash::compute(&site.portal.password, &HashParams::owasp(), &random).unwrap();
    house
        .data
        .operator()
        .portal_password(site.project, &hash)
        .unwrap();
    house.portal_with(|options| {
        options.hash_params = HashParams::owasp();
        options.workers = 1;
        options.verifier_threads = 1;
        options.verifier_queue = 200;
        options.settings.lockout.attempts = 10_000;
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_guesses_holds_up_no_visitor() {
    let house = House::on(Engine::Sqlite);
    let site = house.data.site("Harbour Tower", "SLM-101");
    let app = fortress(&house, &site);
    let guest = Guest::of(&app, &site).await;
    let (link, url) = (site.portal.link.as_str().to_owned(), app.url());
    let before = app.verifications();
    let flood = tokio::spawn(async move {
        let guesser = Visitor::at(&url);
        join_all((0..200).map(|_| guesser.knock(&link, "guess"))).await
    });
    until(|| app.verifications() >= before + 5).await;
    for _ in 0..20 {
        assert_eq!(guest.tells("live").await["state"], "measuring");
        assert_eq!(guest.opens("/portal").await.status, 200);
    }
    // On the worker each check would have come before an answer, and the flood be over by now.
    let checked = app.verifications() - before;
    assert!(
        checked < 200 && !flood.is_finished(),
        "{checked} checks came first"
    );
    let statuses: HashSet<u16> = flood
        .await
        .unwrap()
        .iter()
        .map(|reply| reply.status)
        .collect();
    assert_eq!(statuses, HashSet::from([401]));
    assert_eq!(
        guest.overview().await["project"],
        json!({"name": "Harbour Tower"})
    );
}
