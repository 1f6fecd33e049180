//! The history as a file and as a table: what was recorded, and nothing made of it.

use std::time::Duration;

use slmm_sim::TrailRow;
use testkit::{House, Visitor, at, on_both_engines};

use super::guest::patient;
use crate::fresh::refresh;

const UNIT: &str = "SLM-101";

fn row(time: &str, lp: &str, leq: Option<&str>) -> TrailRow {
    TrailRow {
        at: at(time),
        lp: Some(lp.into()),
        leq: leq.map(Into::into),
        lmax: Some("80.0".into()),
        ln1: Some("70.0".into()),
        ln2: Some("-.-".into()),
    }
}

/// A trail of three rows with a hole, just before the house's time of 04:00 UTC.
fn record(house: &House) {
    house.sim().clear_trail(UNIT).unwrap();
    for one in [
        row("2026-11-21T03:10:00Z", "61.0", Some("63.1")),
        row("2026-11-21T03:11:00Z", "62.0", None),
        row("2026-11-21T03:55:00Z", "64.0", Some("63.4")),
    ] {
        house.sim().insert_row(UNIT, one).unwrap();
    }
}

on_both_engines! {
    async fn a_file_holds_what_was_recorded_with_its_units_and_offset(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        record(&house);
        let app = house.portal_with(patient);
        refresh(&app, &site.unit).await;
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let path = format!("/portal/location/{}/levels.csv", site.location);
        let reply = visitor.get(&format!("{path}?hours=2")).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8; header=present");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(
            reply.header("content-disposition"),
            "attachment; filename=\"north-gate-levels-2026-11-20.csv\"",
            "it is still yesterday at the site"
        );
        assert_eq!(
            reply.body,
            "Location,Time (America/New_York),Time (UTC),Lp (dB),Leq (dB),L1 (dB),L10 (dB),Lmax (dB)\n\
             North gate,2026-11-20T22:10:00-05:00,2026-11-21T03:10:00Z,61.0,63.1,70.0,,80.0\n\
             North gate,2026-11-20T22:11:00-05:00,2026-11-21T03:11:00Z,62.0,,70.0,,80.0\n\
             North gate,2026-11-20T22:55:00-05:00,2026-11-21T03:55:00Z,64.0,63.4,70.0,,80.0\n"
        );
        let (from, until) = (at("2026-11-21T03:11:00Z").as_second(), at("2026-11-21T03:54:59Z").as_second());
        let zoomed = visitor.get(&format!("{path}?hours=2&from={from}&until={until}")).await;
        let times: Vec<_> = zoomed.body.lines().skip(1).map(|line| line.split(',').nth(2).unwrap()).collect();
        assert_eq!(times, ["2026-11-21T03:11:00Z"]);
    }

    async fn a_file_is_no_door_to_anything_else(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        let other = house.data.site("Elsewhere", "SLM-102");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let of = |id: &str| format!("/portal/location/{id}/levels.csv");
        let theirs = visitor.get(&of(&other.location.to_string())).await;
        let nobodys = visitor.get(&of("0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01")).await;
        assert_eq!(theirs.status, 404);
        assert_eq!(theirs.face(), nobodys.face());
        for query in ["hours=49", "hours=NaN", "from=x", "until=1e9", "from=1&from=2", "hours=2&until=99999999999999999999"] {
            let path = format!("{}?{query}", of(&site.location.to_string()));
            assert_eq!(visitor.get(&path).await.status, 400, "{query}");
        }
    }

    async fn a_name_cannot_become_a_formula_or_a_header(house: House) {
        let project = house.data.project("Harbour Tower");
        let location = house.data.location(project, "=1+1,\"x\"\u{e9}");
        let unit = house.data.unit(UNIT);
        house.data.assign_for(&unit, location, "2026-11-14T04:00:00Z", "");
        record(&house);
        let portal = house.data.portal(project);
        let app = house.portal_with(patient);
        refresh(&app, &unit).await;
        let visitor = Visitor::of(&app).enter(&portal).await;
        let reply = visitor.get(&format!("/portal/location/{location}/levels.csv")).await;
        assert_eq!(reply.header("content-disposition"), "attachment; filename=\"1-1-x-levels-2026-11-20.csv\"");
        assert!(reply.body.lines().nth(1).unwrap().starts_with("\"'=1+1,\"\"x\"\"\u{e9}\","), "{}", reply.body);
    }

    async fn a_file_that_cannot_be_filled_says_so(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        house.sim().set_down(true);
        let app = house.portal_with(|options| options.slmm_timeout = Duration::from_millis(200));
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let reply = visitor.get(&format!("/portal/location/{}/levels.csv", site.location)).await;
        assert_eq!(reply.status, 200);
        assert_eq!(
            reply.body.lines().nth(1).unwrap(),
            "North gate,The history cannot be reached at the moment.,,,,,,"
        );
        // Where no meter stood there is nothing to be reached.
        let bare = house.data.location(site.project, "Old wharf");
        let reply = visitor.get(&format!("/portal/location/{bare}/levels.csv")).await;
        assert_eq!((reply.status, reply.body.lines().count()), (200, 1));
    }

    async fn a_table_shows_one_recorded_row_a_step_and_the_holes(house: House) {
        let site = house.data.site("Harbour Tower", UNIT);
        record(&house);
        let app = house.portal_with(patient);
        refresh(&app, &site.unit).await;
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let path = format!("/portal/location/{}", site.location);
        let page = visitor.get(&format!("{path}?hours=1")).await.body;
        assert!(page.contains("The last reading of each 5 minutes"), "{page}");
        // 22:55 and 22:10 hold a row, the eight steps between them none.
        assert_eq!(page.matches("nothing recorded").count(), 8, "the step that has just begun is none yet");
        assert!(page.contains(">62.0<") && !page.contains(">61.0<"), "of two rows in a step the later counts");
        assert!(page.contains("5 % of the time recorded"), "{page}");
        assert!(page.contains("Lp between 61.0 and 64.0 dB in the last 1 h. No breach was recorded."));
        assert!(visitor.get(&format!("{path}?hours=24")).await.body.contains("of each hour"));
        for wrong in ["0", "49", "x", "NaN"] {
            assert_eq!(visitor.get(&format!("{path}?hours={wrong}")).await.status, 400, "{wrong}");
        }
    }
}
