//! What the pages say of limits, breaches and silence, in the words that people read.

use std::time::Duration;

use slmm_sim::RuleSpec;
use testkit::{House, Site, Visitor, on_both_engines};

use super::guest::patient;
use crate::fresh::refresh;

const UNIT: &str = "SLM-101";

fn limit(name: &str, metric: &str, threshold_db: f64) -> RuleSpec {
    RuleSpec {
        name: name.into(),
        metric: metric.into(),
        threshold_db,
        ..RuleSpec::default()
    }
}

/// The overview, once every rule and level that was set just now is known.
async fn overview(house: &House, site: &Site) -> String {
    let app = house.portal_with(patient);
    refresh(&app, &site.unit).await;
    let visitor = Visitor::of(&app).enter(&site.portal).await;
    visitor.get("/portal").await.body
}

fn hears(house: &House, leq: &str) {
    let sim = house.sim();
    sim.force(UNIT, domain::Metric::Leq, Some(leq)).unwrap();
    sim.poll(UNIT).unwrap();
}

on_both_engines! {
    async fn the_distance_to_the_tightest_limit_is_said_in_words_and_shapes(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        hears(&house, "61.0");
        house.sim().insert_rule(UNIT, limit("Day", "leq", 70.0));
        let page = overview(&house, &site).await;
        assert!(page.contains("<h2>North gate is below its limit.</h2>"), "{page}");
        assert!(page.contains("href=\"#i-below\"") && page.contains(">limit 70<"));
        assert!(page.contains("<li>North gate: 9.0 dB below its limit</li>"));
        hears(&house, "67.5");
        let page = overview(&house, &site).await;
        assert!(page.contains("<h2>North gate is within 3 dB of its limit.</h2>"), "{page}");
        assert!(page.contains("Within 3 dB of limit"));
        // A tighter limit on another quantity: the strip and the tile name it.
        house.sim().insert_rule(UNIT, limit("Peaks", "lmax", 20.0));
        let page = overview(&house, &site).await;
        assert!(page.contains("Closest limit:") && page.contains("Past limit level"), "{page}");
    }

    async fn a_limit_downwards_is_told_from_below_and_a_blank_level_keeps_nothing(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        hears(&house, "61.0");
        house.sim().insert_rule(UNIT, RuleSpec { comparison: "below".into(), ..limit("Floor", "leq", 40.0) });
        let page = overview(&house, &site).await;
        assert!(page.contains("<h2>North gate keeps to its limits.</h2>"), "{page}");
        assert!(page.contains("<li>North gate: 21.0 dB above its limit</li>"));
        house.sim().insert_rule(UNIT, limit("Peaks", "lmax", 120.0));
        house.sim().force(UNIT, domain::Metric::Lmax, Some("-.-")).unwrap();
        hears(&house, "61.0");
        let page = overview(&house, &site).await;
        assert!(page.contains("Whether it keeps to its limits cannot be told"), "{page}");
        assert!(!page.contains("keeps to its limits.</h2>"));
    }

    async fn without_a_limit_in_force_nothing_is_said_to_be_kept(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        let page = overview(&house, &site).await;
        assert!(page.contains("<h2>No limit is in force now.</h2>"), "{page}");
        assert!(!page.contains("Below limit") && page.contains("href=\"#i-free\""));
        // Its hours are 09:00 to 10:00 by SLMM's clock, and it is 23:00 there.
        house.sim().insert_rule(UNIT, RuleSpec {
            schedule_start: Some("09:00".into()),
            schedule_end: Some("10:00".into()),
            ..limit("Morning", "leq", 30.0)
        });
        let page = overview(&house, &site).await;
        assert!(page.contains("<h2>No limit is in force now.</h2>"), "{page}");
    }

    async fn a_breach_is_told_by_title_icon_verdict_and_banner(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        house.sim().insert_rule(UNIT, RuleSpec { cooldown_s: 0, duration_s: 5, ..limit("Night <noise>", "lp", 65.0) });
        house.sim().set_level(UNIT, Some(71.0)).unwrap();
        house.pass(Duration::from_secs(15));
        let app = house.portal_with(patient);
        refresh(&app, &site.unit).await;
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let page = visitor.get("/portal").await.body;
        assert!(page.contains("<title>▲ above limit · Harbour Tower · Terra-View</title>"), "{page}");
        assert!(page.contains("/icon-breach.svg\"") && page.contains("North gate is above its limit."));
        assert!(page.contains("Above since <time") && page.contains(">23:00</time>"));
        let path = format!("/portal/location/{}", site.location);
        let page = visitor.get(&path).await.body;
        assert!(page.contains("role=\"alert\"") && page.contains("Above limit since"), "{page}");
        assert!(page.contains("Night &lt;noise&gt;") && !page.contains("<noise>"));
        assert!(page.contains("above 65 dB for 5 s, at any time") && page.contains("In force now"));
        assert!(page.contains("so far") && page.contains("Active now"));
        let inbox = visitor.get("/portal/events").await.body;
        assert!(inbox.contains("One breach in progress") && inbox.contains("<title>▲ above limit"), "{inbox}");
    }

    async fn silence_says_why(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        let bare = house.data.location(site.project, "Old wharf");
        house.sim().stop_measuring(UNIT).unwrap();
        house.sim().poll(UNIT).unwrap();
        let app = house.portal_with(patient);
        refresh(&app, &site.unit).await;
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let page = visitor.get("/portal").await.body;
        assert!(page.contains("No location is measuring at the moment."), "{page}");
        assert!(page.contains("Not measuring. Last value ") && page.contains("No meter is assigned here."));
        let page = visitor.get(&format!("/portal/location/{bare}")).await.body;
        assert!(page.contains("No meter is assigned here.") && !page.contains("data-stream"), "{page}");
        assert!(page.contains("id=\"levels\""), "what was recorded before stays to be seen");
    }

    async fn a_wall_screen_is_a_page_of_its_own_look(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        for (path, wall) in [("/portal?wall", true), ("/portal?wall=1", true), ("/portal?walls", false), ("/portal", false)] {
            let page = visitor.get(path).await.body;
            assert_eq!(page.contains("<body class=\"wall\">"), wall, "{path}");
        }
    }
}
