//! Locations.

use domain::{LocationId, LocationKind, ProjectStatus};
use store_operator::{LocationEdit, NewLocation, OperatorError};
use testkit::{TestDatabase, on_both_engines, unit_id};

use crate::support::{conflict, done, field, idle, refused, words};

fn edit(name: &str, latitude: Option<f64>, longitude: Option<f64>) -> LocationEdit {
    LocationEdit {
        name: name.to_owned(),
        description: None,
        latitude,
        longitude,
    }
}

fn roof() -> NewLocation {
    NewLocation {
        name: "Roof".to_owned(),
        kind: LocationKind::Sound,
        description: None,
        latitude: None,
        longitude: None,
    }
}

on_both_engines! {
    async fn a_location_with_its_meter_is_three_acts_on_record_and_one_to_its_maker(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        test.clock().advance(std::time::Duration::from_secs(1));
        let unit = unit_id("SLM-9");
        test.operator().add_location_with_meter(project, &roof(), &unit).unwrap();
        // All of one moment, and yet in the order in which they were done.
        for other in 0..10 {
            let log = test.operator().audit_log(3).unwrap();
            let actions: Vec<_> = log.iter().map(|record| record.action.as_str()).collect();
            assert_eq!(actions, ["unit.assign", "location.add", "unit.add"]);
            test.clock().advance(std::time::Duration::from_secs(1));
            let unit = unit_id(&format!("SLM-1{other}"));
            test.operator().add_location_with_meter(project, &roof(), &unit).unwrap();
        }
        let place = test.operator().project_detail(project).unwrap().locations.remove(0);
        assert_eq!((place.location.name.as_str(), place.meter.map(|meter| meter.unit)), ("Roof", Some(unit)));
    }

    async fn a_meter_that_is_not_free_is_refused_with_its_place(test: TestDatabase) {
        let (site, project) = (test.site("Harbour Tower", "SLM-1"), test.project("Mill Lane"));
        let (to_come, retired) = (test.unit("SLM-2"), test.unit("SLM-3"));
        test.assign_for(&to_come, test.location(site.project, "Yard"), "2026-12-01T00:00:00Z", "");
        test.operator().retire_unit(&retired).unwrap();
        for (unit, says) in [(&site.unit, "North gate"), (&to_come, "is to stand at"), (&retired, "is retired")] {
            let error = refused(&test, |staff| staff.add_location_with_meter(project, &roof(), unit));
            assert_eq!(field(&error), "unit");
            assert!(error.to_string().contains(says), "{error}");
        }
        // A stay that ended by itself stands in nobody's way.
        let over = test.unit("SLM-4");
        test.assign_for(&over, site.location, "2026-11-21T03:00:00Z", "2026-11-21T05:00:00Z");
        test.clock().advance(std::time::Duration::from_hours(2));
        test.operator().add_location_with_meter(project, &roof(), &over).unwrap();
    }

    async fn a_location_is_said_anew_and_its_project_notices(test: TestDatabase) {
        let (site, _other) = (test.site("Harbour Tower", "SLM-1"), test.project("Mill Lane"));
        let anew = LocationEdit {
            description: Some("on the hut".to_owned()),
            ..edit("South gate", Some(-41.5), Some(174.25))
        };
        let (record, noticed) = done(&test, |staff| staff.edit_location(site.location, &anew));
        assert_eq!(words(&record), (
            "location.edit",
            site.location.to_string().as_str(),
            Some(r#"name="North gate"; description=none; latitude=40.7; longitude=-74"#),
            Some(r#"name="South gate"; description="on the hut"; latitude=-41.5; longitude=174.25"#),
        ));
        assert_eq!(noticed, [site.project]);
        let listed = test.operator().list_locations(None).unwrap().remove(0);
        assert_eq!((listed.name.as_str(), listed.description.as_deref()), ("South gate", Some("on the hut")));
        assert_eq!((listed.latitude, listed.longitude), (Some(-41.5), Some(174.25)));
        assert_eq!(listed.kind, "sound");
        idle(&test, |staff| staff.edit_location(site.location, &anew));
    }

    async fn a_location_is_put_on_the_map_and_taken_off(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let (record, noticed) = done(&test, |staff| {
            staff.place_location(site.location, Some(53.5), Some(-74.0))
        });
        assert_eq!(words(&record), (
            "location.place", site.location.to_string().as_str(),
            Some("latitude=40.7"), Some("latitude=53.5"),
        ));
        assert_eq!(noticed, [site.project]);
        idle(&test, |staff| staff.place_location(site.location, Some(53.5), Some(-74.0)));
        let (record, _) = done(&test, |staff| staff.place_location(site.location, None, None));
        assert_eq!(record.after.as_deref(), Some("latitude=none; longitude=none"));
        let listed = test.operator().list_locations(None).unwrap().remove(0);
        assert_eq!((listed.name.as_str(), listed.latitude, listed.longitude), ("North gate", None, None));
    }

    async fn what_cannot_be_said_of_a_location_is_refused(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        for (anew, expected) in [
            (edit("", None, None), "name"),
            (edit("X", Some(1.0), None), "longitude"),
            (edit("X", None, Some(1.0)), "latitude"),
            (edit("X", Some(90.5), Some(1.0)), "latitude"),
            (edit("X", Some(f64::NAN), Some(1.0)), "latitude"),
            (edit("X", Some(1.0), Some(-180.5)), "longitude"),
            (LocationEdit { description: Some("x".repeat(1001)), ..edit("X", None, None) }, "description"),
        ] {
            let error = refused(&test, |staff| staff.edit_location(site.location, &anew));
            assert_eq!(field(&error), expected, "{anew:?}");
        }
        let error = refused(&test, |staff| staff.place_location(site.location, Some(1.0), None));
        assert_eq!(field(&error), "longitude");
    }

    async fn what_is_out_of_use_is_not_edited(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let removed = test.location(site.project, "Roof");
        test.operator().remove_location(removed).unwrap();
        let anew = edit("X", None, None);
        let words = conflict(refused(&test, |staff| staff.edit_location(removed, &anew)));
        assert_eq!(words, "location \"Roof\" has been removed");
        conflict(refused(&test, |staff| staff.place_location(removed, None, None)));
        let nowhere = LocationId::from_bytes([5; 16]);
        let error = refused(&test, |staff| staff.edit_location(nowhere, &anew));
        assert!(matches!(error, OperatorError::NotFound { kind: "location", .. }));
        test.operator().set_status(site.project, ProjectStatus::Deleted).unwrap();
        let words = conflict(refused(&test, |staff| staff.edit_location(site.location, &anew)));
        assert!(words.contains("deleted"), "{words}");
        conflict(refused(&test, |staff| staff.place_location(site.location, None, None)));
    }
}
