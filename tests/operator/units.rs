//! The roster: meters listed, added, said of anew, taken out of use and back.

use std::time::Duration;

use domain::Timestamp;
use store_operator::{NewUnit, UnitRecord};
use testkit::{House, Reply, Visitor, at, on_both_engines, unit_id};

use super::words::{assert_has, text};

async fn page(staff: &Visitor, path: &str) -> String {
    let reply = staff.get(path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    text(&reply.body)
}

fn unit(house: &House, id: &str) -> UnitRecord {
    let units = house.data.operator().list_units().unwrap();
    let found = units.into_iter().find(|unit| unit.id.as_str() == id);
    found.unwrap_or_else(|| panic!("{id} is not in the roster"))
}

fn due(house: &House, id: &str, due: &str) -> Timestamp {
    let new = NewUnit {
        id: unit_id(id),
        kind: domain::DeviceKind::SoundLevelMeter,
        serial: None,
        model: None,
        calibration_due: Some(at(due)),
    };
    house.data.operator().add_unit(&new).unwrap();
    at(due)
}

fn leads_to(reply: &Reply, path: &str) {
    let to = (reply.status, reply.header("location"));
    assert_eq!(to, (303, path), "{}", reply.body);
}

/// The problem that stands at a field of the page.
fn problem<'a>(reply: &'a Reply, field: &str) -> &'a str {
    assert_eq!(reply.status, 422, "{}", reply.body);
    let from = format!("id=\"{field}-problem\">");
    let (_, rest) = reply
        .body
        .split_once(&from)
        .expect("a problem at the field");
    rest.split_once('<').expect("its end").0
}

on_both_engines! {
    async fn the_roster_is_searched_and_tells_where_each_stands(house: House) {
        house.data.site("Harbour Tower", "SLM-101");
        house.data.unit("SLM-102");
        // The clock of the tests stands at 21 November 2026.
        due(&house, "SLM-103", "2026-12-01T00:00:00Z");
        due(&house, "SLM-104", "2026-11-01T00:00:00Z");
        due(&house, "SLM-105", "2027-11-01T00:00:00Z");
        house.data.operator().retire_unit(&unit_id("SLM-102")).unwrap();
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let all = page(&staff, "/units?search=&show=all").await;
        assert_has(&all, &["5 found", "SLM-101", "North gate, Harbour Tower", "SLM-102 retired"]);
        let used = page(&staff, "/units").await;
        assert!(!used.contains("SLM-102") && used.contains("4 found"), "{used}");
        let harbour = page(&staff, "/units?search=harbour").await;
        assert!(harbour.contains("SLM-101") && harbour.contains("1 found"), "{harbour}");
        let called = page(&staff, "/units?show=due").await;
        assert_has(&called, &["2 found", "SLM-103", "2026-12-01", "2026-11-01, overdue"]);
        assert!(!called.contains("2026-12-01, overdue"), "{called}");
        assert_has(&page(&staff, "/units?search=nothing").await, &["No meter is found"]);
    }

    async fn an_empty_roster_leads_to_a_new_meter(house: House) {
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let empty = staff.get("/units").await.body;
        assert!(empty.contains("No meter is in use yet. <a href=\"/units/new\">New meter</a>"), "{empty}");
    }

    async fn a_meter_is_put_and_moved_from_its_own_page(house: House) {
        let one = house.data.project("Harbour Tower");
        let gate = house.data.location(one, "North gate");
        let two = house.data.site("Quay Street", "SLM-102");
        house.data.unit("SLM-101");
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let free = page(&staff, "/units/SLM-101").await;
        assert_has(&free, &[
            "Assign it to a location", "Limits stay with the meter.",
            "Harbour Tower: North gate", "Quay Street: North gate, where SLM-102 stands",
        ]);
        let gate = gate.to_string();
        let put = [("location", gate.as_str()), ("from", "2026-11-20T12:00")];
        leads_to(&staff.submit("/units/SLM-101/stay", &put).await, "/units/SLM-101");
        let stands = page(&staff, "/units/SLM-101").await;
        assert_has(&stands, &["Stands at North gate, Harbour Tower", "Move it to another location"]);
        assert!(!stands.contains("Harbour Tower: North gate"), "{stands}");
        let stay = house.data.operator().list_assignments(true).unwrap();
        assert!(stay.iter().any(|stay| stay.window.from == at("2026-11-20T17:00:00Z")));

        house.clock().advance(Duration::from_secs(60));
        let location = two.location.to_string();
        leads_to(&staff.submit("/units/SLM-101/stay", &[("location", &location)]).await, "/units/SLM-101");
        assert_has(&page(&staff, "/units/SLM-101").await, &["Stands at North gate, Quay Street"]);
        assert_has(&page(&staff, "/units/SLM-102").await, &["Stands nowhere."]);
    }

    async fn where_a_meter_cannot_be_put_is_said_and_nothing_moves(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let old = house.data.site("Old Mill", "SLM-103");
        house.data.operator().set_status(old.project, domain::ProjectStatus::Archived).unwrap();
        let free = house.data.location(site.project, "Roof").to_string();
        let retired = house.data.unit("SLM-102");
        house.data.operator().retire_unit(&retired).unwrap();
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let put = "/units/SLM-101/stay";
        let gone = old.location.to_string();
        for wrong in ["", "x", gone.as_str()] {
            let reply = staff.submit(put, &[("location", wrong)]).await;
            assert!(problem(&reply, "location").contains("choose a location"));
        }
        let fields = [("location", free.as_str()), ("until", "2026-11-20T06:00")];
        let reply = staff.submit(put, &fields).await;
        assert!(problem(&reply, "until").contains("later than from"));
        assert!(reply.body.contains(&format!("<option value=\"{free}\" selected>")));
        let early = [("location", free.as_str()), ("from", "2020-01-01T06:00")];
        let reply = staff.submit(put, &early).await;
        assert!(reply.status == 422 && reply.body.contains("overlap"), "{}", reply.body);
        let page = page(&staff, "/units/SLM-102").await;
        assert!(!page.contains("Assign it to a location"), "{page}");
        let reply = staff.submit("/units/SLM-102/stay", &[("location", &free)]).await;
        assert!(reply.status != 303, "{}", reply.body);
        assert_eq!(staff.submit("/units/SLM-999/stay", &[("location", &free)]).await.status, 404);
        let stays = house.data.operator().list_assignments(true).unwrap();
        assert_eq!(stays.len(), 2);
    }

    async fn long_rosters_have_pages(house: House) {
        for number in 0..60 {
            house.data.unit(&format!("SLM-{number:03}"));
        }
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let first = staff.get("/units?search=slm").await.body;
        assert!(first.contains("SLM-049") && !first.contains("SLM-050"));
        assert!(first.contains("/units?search=slm&amp;page=2"), "{first}");
        let second = page(&staff, "/units?search=slm&page=2").await;
        assert!(second.contains("SLM-059") && second.contains("Page 2 of 2"), "{second}");
    }

    async fn a_meter_is_added_and_said_of_anew(house: House) {
        let app = house.office();
        let staff = Visitor::at(&app.url());
        assert_has(&page(&staff, "/units/new").await, &["New meter"]);
        let fields = [
            ("unit", " SLM-101 "),
            ("serial", "00123"),
            ("model", "NL-43"),
            ("calibration_due", "2027-03-01"),
        ];
        leads_to(&staff.submit("/units", &fields).await, "/units/SLM-101");
        let added = unit(&house, "SLM-101");
        assert_eq!(added.kind, "slm");
        assert_eq!(added.calibration_due, Some(at("2027-03-01T00:00:00Z")));
        let shown = page(&staff, "/units/SLM-101").await;
        assert_has(&shown, &["Stands nowhere.", "It has not stood anywhere yet."]);
        house.clock().advance(Duration::from_secs(1));
        let anew = [("serial", ""), ("model", "NL-53"), ("calibration_due", "2028-03-01")];
        leads_to(&staff.submit("/units/SLM-101", &anew).await, "/units/SLM-101");
        let edited = unit(&house, "SLM-101");
        assert_eq!((edited.serial, edited.model.as_deref()), (None, Some("NL-53")));
        assert_eq!(edited.calibration_due, Some(at("2028-03-01T00:00:00Z")));
        let log = house.data.operator().audit_log(2).unwrap();
        assert_eq!(
            log.iter().map(|record| record.action.as_str()).collect::<Vec<_>>(),
            ["unit.edit", "unit.add"]
        );
        assert_eq!(log[0].actor.origin, "127.0.0.1");
    }

    async fn what_cannot_be_taken_is_said_at_its_field_and_changes_nothing(house: House) {
        house.data.unit("SLM-101");
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let reply = staff.submit("/units", &[("unit", "a <b>"), ("serial", "00123")]).await;
        assert!(problem(&reply, "unit").contains("1 to 64 letters"));
        assert!(reply.body.contains("a &lt;b&gt;") && reply.body.contains("00123"));
        let reply = staff.submit("/units", &[("unit", "new")]).await;
        assert!(problem(&reply, "unit").contains("write another"));
        let reply = staff.submit("/units", &[("unit", "X"), ("calibration_due", "1.3.2027")]).await;
        assert!(problem(&reply, "calibration_due").contains("2026-11-21"));
        let reply = staff.submit("/units", &[("unit", "SLM-101")]).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("in the roster already"), "{}", reply.body);
        let long = "x".repeat(121);
        let reply = staff.submit("/units/SLM-101", &[("model", &long)]).await;
        assert!(problem(&reply, "model").contains("120 characters"));
        assert!(reply.body.contains(&long));
        assert_eq!(unit(&house, "SLM-101").model.as_deref(), Some("NL-43"));
        assert_eq!(house.data.operator().list_units().unwrap().len(), 1);
    }

    async fn a_meter_that_stands_somewhere_is_not_taken_out_of_use(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let shown = page(&staff, "/units/SLM-101").await;
        assert_has(&shown, &["Stands at North gate, Harbour Tower since", "open now", "Take it out of use"]);
        let refused = staff.submit("/units/SLM-101/retire", &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("end that stay first"), "{}", refused.body);
        assert_eq!(unit(&house, "SLM-101").retired_at, None);
        house.data.operator().end_assignment(&site.unit).unwrap();
        leads_to(&staff.submit("/units/SLM-101/retire", &[]).await, "/units/SLM-101");
        assert!(unit(&house, "SLM-101").retired_at.is_some());
        let shown = page(&staff, "/units/SLM-101").await;
        assert_has(&shown, &["Out of use since", "North gate, Harbour Tower", "over"]);
        leads_to(&staff.submit("/units/SLM-101/unretire", &[]).await, "/units/SLM-101");
        assert_eq!(unit(&house, "SLM-101").retired_at, None);
    }

    async fn what_is_not_of_the_roster_is_not_found(house: House) {
        let app = house.office();
        let staff = Visitor::at(&app.url());
        for path in ["/units/SLM-9", "/units/a%20b", "/units/..%2fclients", "/units/_monitor"] {
            assert_eq!(staff.get(path).await.status, 404, "{path}");
        }
        for path in ["/units/SLM-9", "/units/SLM-9/retire", "/units/SLM-9/unretire"] {
            assert_eq!(staff.submit(path, &[]).await.status, 404, "{path}");
        }
    }
}
