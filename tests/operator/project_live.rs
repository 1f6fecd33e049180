//! A project's page as things are now: states, levels, and what happened at its locations.

use std::time::Duration;

use slmm_sim::{Reach, RuleSpec};
use testkit::{House, Visitor, on_both_engines};

use super::words::{assert_has, text};

const UNIT: &str = "SLM-101";

async fn opened(staff: &Visitor, project: domain::ProjectId) -> String {
    let reply = staff.get(&format!("/projects/{project}")).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    text(&reply.body)
}

fn limit(name: &str) -> RuleSpec {
    RuleSpec {
        name: name.into(),
        threshold_db: 65.0,
        ..RuleSpec::default()
    }
}

fn sound(house: &House, unit: &str, level: f64, seconds: u64) {
    house.sim().set_level(unit, Some(level)).unwrap();
    house.pass(Duration::from_secs(seconds));
}

on_both_engines! {
    async fn each_location_says_how_it_is_now(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        let roof = house.data.location(site.project, "Roof");
        house.data.location(site.project, "Yard");
        house.data.assign(&house.data.unit("SLM-102"), roof);
        house.sim().set_reach("SLM-102", Reach::Refusing).unwrap();
        sound(&house, UNIT, 58.0, 30);
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let reply = staff.get(&format!("/projects/{}", site.project)).await;
        assert!(reply.body.contains("data-refresh=\"20\""), "{}", reply.body);
        let page = text(&reply.body);
        assert_has(&page, &["measuring", "dB Leq", "offline", "no meter", "No breach is recorded."]);
    }

    async fn breaches_stand_active_first_with_limit_onset_peak_and_meter(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        house.sim().insert_rule(UNIT, limit("Night noise"));
        sound(&house, UNIT, 71.0, 20);
        sound(&house, UNIT, 40.0, 400);
        sound(&house, UNIT, 72.0, 20);
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let page = opened(&staff, site.project).await;
        assert_has(&page, &["Breaches 1 active", "above limit", "Night noise: Lp, 65.0 dB"]);
        let (_, rows) = page.split_once("Breaches 1 active").unwrap();
        assert_has(rows, &["so far", "71.0 dB Ended"]);
        assert!(rows.find("Active now") < rows.find("Ended"), "{rows}");
        let html = staff.get(&format!("/projects/{}", site.project)).await.body;
        assert!(html.contains("<a href=\"/slm/SLM-101\">SLM-101</a>"), "{html}");
    }

    async fn what_happened_at_another_location_is_not_told_here(house: House) {
        let first = house.data.site("Harbour Tower", UNIT);
        let second = house.data.project("Quay Street");
        let place = house.data.location(second, "South gate");
        house.sim().insert_rule(UNIT, limit("Night noise"));
        sound(&house, UNIT, 71.0, 20);
        sound(&house, UNIT, 40.0, 60);
        let app = house.office();
        let staff = Visitor::at(&app.url());
        assert_has(&opened(&staff, first.project).await, &["71.0 dB Ended"]);
        house.data.assign(&testkit::unit_id(UNIT), place);
        house.pass(Duration::from_secs(30));
        let page = opened(&staff, second).await;
        assert_has(&page, &["No breach is recorded."]);
        assert!(!page.contains("Night noise"), "{page}");
        // The meter has gone, what it told of its stay stays.
        assert_has(&opened(&staff, first.project).await, &["no meter", "Night noise: Lp, 65.0 dB", "71.0 dB Ended"]);
    }

    async fn without_slmm_the_page_stands_and_says_what_it_lacks(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        house.sim().set_down(true);
        let app = house.office();
        let page = opened(&Visitor::at(&app.url()), site.project).await;
        assert_has(&page, &[
            "SLMM does not answer", "unavailable",
            "SLMM does not tell all that happened at North gate",
        ]);
        assert!(!page.contains("No breach is recorded"), "{page}");
    }
}
