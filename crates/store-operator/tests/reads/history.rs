//! Stays of a unit and at a location.

use domain::{LocationId, ProjectStatus};
use store_operator::{OperatorError, StayRecord};
use testkit::{TestDatabase, at, on_both_engines};

fn shown(stays: &[StayRecord]) -> Vec<(&str, &str, &str, bool)> {
    stays
        .iter()
        .map(|stay| {
            let unit = stay.assignment.unit.as_str();
            (
                unit,
                stay.location_name.as_str(),
                stay.project_name.as_str(),
                stay.assignment.active,
            )
        })
        .collect()
}

on_both_engines! {
    async fn stays_are_told_newest_first(test: TestDatabase) {
        let (a, b) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let staff = test.operator();
        test.assign_for(&a.unit, b.location, "2026-11-21T03:30:00Z", "");
        test.assign_for(&a.unit, a.location, "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z");
        staff.set_status(a.project, ProjectStatus::Deleted).unwrap();
        let of_unit = staff.stays_of_unit(&a.unit).unwrap();
        assert_eq!(shown(&of_unit), [
            ("SLM-1", "North gate", "Mill Lane", true),
            ("SLM-1", "North gate", "Harbour Tower", false),
            ("SLM-1", "North gate", "Harbour Tower", false),
        ]);
        assert_eq!(of_unit[2].assignment.window.from, at("2026-11-01T00:00:00Z"));
        assert_eq!((of_unit[0].project, of_unit[0].project_status), (b.project, ProjectStatus::Active));
        assert_eq!((of_unit[1].project, of_unit[1].project_status), (a.project, ProjectStatus::Deleted));
        assert_eq!(shown(&staff.stays_at_location(b.location).unwrap()), [
            ("SLM-1", "North gate", "Mill Lane", true),
            ("SLM-2", "North gate", "Mill Lane", false),
        ]);
        let detail = staff.unit_detail(&a.unit).unwrap();
        assert_eq!((detail.unit.id, detail.current.as_ref()), (a.unit, of_unit.first()));
        assert_eq!(detail.history, of_unit);
        assert_eq!(staff.unit_detail(&b.unit).unwrap().current, None);
    }

    async fn the_stays_of_several_units_are_read_at_once(test: TestDatabase) {
        let (a, b) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        test.site("Quay Street", "SLM-3");
        test.assign_for(&a.unit, b.location, "2026-11-21T03:30:00Z", "");
        let both = test.operator().stays_of_units(&[a.unit, b.unit]).unwrap();
        let mut both = shown(&both);
        both.sort_unstable();
        assert_eq!(both, [
            ("SLM-1", "North gate", "Harbour Tower", false),
            ("SLM-1", "North gate", "Mill Lane", true),
            ("SLM-2", "North gate", "Mill Lane", false),
        ]);
        assert_eq!(test.operator().stays_of_units(&[]).unwrap(), []);
    }

    async fn a_removed_location_keeps_its_history(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.operator().remove_location(site.location).unwrap();
        let stays = test.operator().stays_at_location(site.location).unwrap();
        assert_eq!(shown(&stays), [("SLM-1", "North gate", "Harbour Tower", false)]);
        let nowhere = test.operator().stays_at_location(LocationId::from_bytes([5; 16]));
        assert!(matches!(nowhere, Err(OperatorError::NotFound { kind: "location", .. })));
    }

    async fn a_stay_lasts_within_its_window_and_while_it_is_in_force(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let (unit, place) = (test.unit("SLM-1"), test.location(project, "North gate"));
        test.assign_for(&unit, place, "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z");
        let stay = || test.operator().stays_of_unit(&unit).unwrap().remove(0).assignment;
        for (now, lasts, is_to_come) in [
            ("2026-11-21T04:00:00Z", false, true),
            ("2026-11-22T00:00:00Z", true, false),
            ("2026-11-22T23:59:59Z", true, false),
            ("2026-11-23T00:00:00Z", false, false),
        ] {
            assert_eq!((stay().lasts(at(now)), stay().is_to_come(at(now))), (lasts, is_to_come), "{now}");
        }
        // Over, though nobody wrote down when.
        test.raw().execute("UPDATE unit_assignments SET status = 'completed', assigned_until = NULL");
        assert!(!stay().lasts(at("2026-11-22T12:00:00Z")));
        assert!(!stay().is_to_come(at("2026-11-21T04:00:00Z")));
    }
}
