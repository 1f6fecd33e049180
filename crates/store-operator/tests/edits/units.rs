//! Units.

use std::time::Duration;

use store_operator::{OperatorError, UnitEdit};
use testkit::{TestDatabase, at, on_both_engines, unit_id};

use crate::support::{conflict, done, field, idle, refused, words};

fn edit(serial: &str, due: Option<&str>) -> UnitEdit {
    UnitEdit {
        serial: Some(serial.to_owned()),
        model: Some("NL-43".to_owned()),
        calibration_due: due.map(at),
    }
}

on_both_engines! {
    async fn a_unit_is_said_anew(test: TestDatabase) {
        let (site, other) = (test.site("Harbour Tower", "SLM-1"), test.unit("SLM-2"));
        let anew = edit("00123", Some("2027-03-01T00:00:00Z"));
        let (record, noticed) = done(&test, |staff| staff.edit_unit(&site.unit, &anew));
        assert_eq!(words(&record), (
            "unit.edit", "SLM-1",
            Some(r#"serial="serial of SLM-1"; calibration_due=none"#),
            Some(r#"serial="00123"; calibration_due=2027-03-01T00:00:00Z"#),
        ));
        assert!(noticed.is_empty());
        let unit = test.operator().unit_detail(&site.unit).unwrap().unit;
        assert_eq!((unit.serial.as_deref(), unit.calibration_due), (Some("00123"), anew.calibration_due));
        idle(&test, |staff| staff.edit_unit(&site.unit, &anew));
        done(&test, |staff| staff.edit_unit(&site.unit, &UnitEdit::default()));
        let unit = test.operator().unit_detail(&site.unit).unwrap().unit;
        assert_eq!((unit.serial, unit.model, unit.calibration_due), (None, None, None));
        let untouched = test.operator().unit_detail(&other).unwrap().unit;
        assert_eq!(untouched.serial.as_deref(), Some("serial of SLM-2"));

        let error = refused(&test, |staff| staff.edit_unit(&site.unit, &edit("two\nlines", None)));
        assert_eq!(field(&error), "serial");
        let model = Some("x".repeat(121));
        let anew = UnitEdit { model, ..UnitEdit::default() };
        assert_eq!(field(&refused(&test, |staff| staff.edit_unit(&site.unit, &anew))), "model");
    }

    async fn a_unit_goes_out_of_use_and_comes_back(test: TestDatabase) {
        let (unit, project) = (test.unit("SLM-1"), test.project("Harbour Tower"));
        let location = test.location(project, "North gate");
        let (record, _) = done(&test, |staff| staff.retire_unit(&unit));
        assert_eq!(words(&record), (
            "unit.retire", "SLM-1", None, Some("retired_at=2026-11-21T04:00:00.001Z"),
        ));
        test.clock().advance(Duration::from_mins(1));
        idle(&test, |staff| staff.retire_unit(&unit));
        let error = refused(&test, |staff| staff.assign_unit(&unit, location, None, None));
        assert_eq!(conflict(error), "unit SLM-1 is retired");
        let (record, _) = done(&test, |staff| staff.unretire_unit(&unit));
        assert_eq!(words(&record), (
            "unit.unretire", "SLM-1", Some("retired_at=2026-11-21T04:00:00.001Z"), None,
        ));
        idle(&test, |staff| staff.unretire_unit(&unit));
        test.assign(&unit, location);
    }

    async fn a_unit_that_stands_somewhere_stays_in_use(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let words = conflict(refused(&test, |staff| staff.retire_unit(&site.unit)));
        assert_eq!(
            words,
            "unit SLM-1 stands at \"North gate\" of project \"Harbour Tower\" since \
             2026-11-14T04:00:00Z: end that stay first"
        );
        test.operator().end_assignment(&site.unit).unwrap();
        let south = test.location(site.project, "South gate");
        test.assign_for(&site.unit, south, "2026-11-22T00:00:00Z", "");
        let words = conflict(refused(&test, |staff| staff.retire_unit(&site.unit)));
        assert!(words.contains("is to stand at \"South gate\"") && words.contains("2026-11-22"), "{words}");
        test.operator().end_assignment(&site.unit).unwrap();
        done(&test, |staff| staff.retire_unit(&site.unit));
    }

    /// Nobody wrote down that it is over: it is no hindrance, and is completed by the way.
    async fn a_stay_that_ended_by_itself_is_no_hindrance(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let (unit, location) = (test.unit("SLM-1"), test.location(project, "North gate"));
        test.assign_for(&unit, location, "2026-11-21T03:00:00Z", "2026-11-21T05:00:00Z");
        conflict(refused(&test, |staff| staff.retire_unit(&unit)));
        test.clock().advance(Duration::from_hours(1) - Duration::from_millis(1));
        let (_, noticed) = done(&test, |staff| staff.retire_unit(&unit));
        assert_eq!(noticed, [project]);
        let stay = test.operator().stays_of_unit(&unit).unwrap().remove(0).assignment;
        assert_eq!((stay.active, stay.window.until), (false, Some(at("2026-11-21T05:00:00Z"))));
    }

    async fn a_unit_that_never_was_is_not_found(test: TestDatabase) {
        let nothing = unit_id("SLM-9");
        for error in [
            refused(&test, |staff| staff.edit_unit(&nothing, &UnitEdit::default())),
            refused(&test, |staff| staff.retire_unit(&nothing)),
            refused(&test, |staff| staff.unretire_unit(&nothing)),
            refused(&test, |staff| staff.unit_detail(&nothing)),
            refused(&test, |staff| staff.stays_of_unit(&nothing)),
        ] {
            assert!(matches!(error, OperatorError::NotFound { kind: "unit", .. }), "{error}");
        }
    }
}

#[test]
fn no_meter_has_the_name_of_a_page() {
    let error = store_operator::unit_id("new").unwrap_err();
    assert_eq!(field(&error), "unit");
    assert!(store_operator::unit_id("New").is_ok());
}

#[test]
fn a_date_is_a_day_of_the_calendar() {
    let due = store_operator::date("calibration_due", "2027-03-01").unwrap();
    assert_eq!(due, at("2027-03-01T00:00:00Z"));
    for text in [
        "",
        "2027-02-29",
        "2027-3-1",
        "01.03.2027",
        "2027-03-01T00",
        "20270301",
        "+002027-03-01",
        "２０27-03",
    ] {
        let error = store_operator::date("calibration_due", text).unwrap_err();
        assert_eq!(field(&error), "calibration_due", "{text}");
    }
}
