//! A meter stands in one place at a time, and a place has one meter.

#![cfg(test)]

use domain::{LocationId, UnitId, Window};
use store_operator::OperatorError;
use testkit::{TestDatabase, at, on_both_engines, unit_id};

fn stays(test: &TestDatabase, unit: &UnitId) -> Vec<(LocationId, Window, bool)> {
    let all = test.operator().list_assignments(false).unwrap();
    all.into_iter()
        .filter(|stay| stay.unit == *unit)
        .map(|stay| (stay.location, stay.window, stay.active))
        .collect()
}

fn window(from: &str, until: &str) -> Window {
    let until = (!until.is_empty()).then(|| at(until));
    Window {
        from: at(from),
        until,
    }
}

fn refusal(answer: Result<domain::AssignmentId, OperatorError>) -> String {
    match answer {
        Err(OperatorError::InTheWay(stay)) => stay.to_string(),
        Err(OperatorError::Conflict(words)) => words,
        other => panic!("{other:?}"),
    }
}

on_both_engines! {
    async fn a_move_ends_the_meters_stay_and_that_of_the_meter_it_replaces(test: TestDatabase) {
        let (a, b) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let moved = "2026-11-21T03:30:00Z";
        test.assign_for(&a.unit, b.location, moved, "");
        assert_eq!(stays(&test, &a.unit), [
            (b.location, window(moved, ""), true),
            (a.location, window("2026-11-14T04:00:00Z", moved), false),
        ]);
        assert_eq!(stays(&test, &b.unit), [
            (b.location, window("2026-11-14T04:00:00Z", moved), false),
        ]);
        assert_eq!(test.operator().list_assignments(true).unwrap().len(), 1);
    }

    async fn without_a_time_a_move_is_now(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        test.assign(&site.unit, south);
        assert_eq!(stays(&test, &site.unit)[0], (south, window("2026-11-21T04:00:00Z", ""), true));
    }

    async fn a_meter_is_not_put_where_it_stands(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let words = refusal(test.operator().assign_unit(&site.unit, site.location, None, None));
        assert!(words.contains("SLM-1") && words.contains("already"), "{words}");
        assert!(words.contains("2026-11-14T04:00:00Z"), "{words}");
    }

    async fn overlaps_are_refused_in_words(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        let other = test.unit("SLM-2");
        test.assign_for(&other, south, "2026-11-10T00:00:00Z", "2026-11-12T00:00:00Z");
        let staff = test.operator();
        // The meter was elsewhere.
        let words = refusal(staff.assign_unit(
            &other, site.location, Some(at("2026-11-11T00:00:00Z")), Some(at("2026-11-11T01:00:00Z")),
        ));
        assert_eq!(
            words,
            "unit SLM-2 stands at \"South gate\" of project \"Harbour Tower\" from 2026-11-10T00:00:00Z \
             until 2026-11-12T00:00:00Z: the new stay would overlap it"
        );
        // The place had another meter.
        let third = test.unit("SLM-3");
        let words = refusal(staff.assign_unit(
            &third, south, Some(at("2026-11-09T00:00:00Z")), Some(at("2026-11-10T00:00:00.001Z")),
        ));
        assert!(words.contains("SLM-2") && words.contains("overlap"), "{words}");
        // Back to back is no overlap.
        staff.assign_unit(
            &third, south, Some(at("2026-11-09T00:00:00Z")), Some(at("2026-11-10T00:00:00Z")),
        ).unwrap();
    }

    async fn a_move_to_come_is_refused_while_the_meter_stands_elsewhere(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        let words = refusal(test.operator().assign_unit(
            &site.unit, south, Some(at("2026-11-22T00:00:00Z")), None,
        ));
        assert!(words.contains("still to come"), "{words}");
        test.operator().end_assignment(&site.unit).unwrap();
        test.assign_for(&site.unit, south, "2026-11-22T00:00:00Z", "");
    }

    async fn a_stay_to_come_can_be_cancelled(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        let unit = test.unit("SLM-2");
        test.assign_for(&unit, south, "2026-11-22T00:00:00Z", "");
        test.operator().end_assignment(&unit).unwrap();
        assert_eq!(stays(&test, &unit), [
            (south, window("2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"), false),
        ]);
    }

    async fn a_stay_that_ended_by_itself_keeps_its_end(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let north = test.location(project, "North gate");
        let unit = test.unit("SLM-1");
        test.assign_for(&unit, north, "2026-11-21T03:00:00Z", "2026-11-21T05:00:00Z");
        test.clock().advance(std::time::Duration::from_hours(2));
        test.operator().end_assignment(&unit).unwrap();
        assert_eq!(stays(&test, &unit), [
            (north, window("2026-11-21T03:00:00Z", "2026-11-21T05:00:00Z"), false),
        ]);
        let words = refusal(test.operator().end_assignment(&unit));
        assert!(words.contains("not assigned"), "{words}");
    }

    async fn what_is_out_of_use_is_not_assigned(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let unit = test.unit("SLM-2");
        let staff = test.operator();
        let removed = test.location(site.project, "South gate");
        staff.remove_location(removed).unwrap();
        assert!(refusal(staff.assign_unit(&unit, removed, None, None)).contains("removed"));

        let deleted = test.project("Mill Lane");
        let there = test.location(deleted, "Mill gate");
        staff.set_status(deleted, domain::ProjectStatus::Deleted).unwrap();
        assert!(refusal(staff.assign_unit(&unit, there, None, None)).contains("deleted"));

        test.raw().execute("UPDATE roster_units SET device_type = 'seismograph' WHERE id = 'SLM-2'");
        assert!(refusal(staff.assign_unit(&unit, site.location, None, None)).contains("seismograph"));

        test.raw().execute("UPDATE roster_units SET retired_at = 0 WHERE id = 'SLM-2'");
        assert!(refusal(staff.assign_unit(&unit, site.location, None, None)).contains("retired"));

        let unknown = staff.assign_unit(&unit_id("SLM-9"), site.location, None, None);
        assert!(matches!(unknown, Err(OperatorError::NotFound { kind: "unit", .. })));
        let nowhere = LocationId::from_bytes([5; 16]);
        let unknown = staff.assign_unit(&site.unit, nowhere, None, None);
        assert!(matches!(unknown, Err(OperatorError::NotFound { kind: "location", .. })));
        let never = staff.assign_unit(
            &site.unit, site.location, Some(at("2026-11-21T00:00:00Z")), Some(at("2026-11-21T00:00:00Z")),
        );
        assert!(matches!(never, Err(OperatorError::Invalid { field: "until", .. })));
    }

    async fn a_removed_location_lets_its_meter_go(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.operator().remove_location(site.location).unwrap();
        assert_eq!(stays(&test, &site.unit), [
            (site.location, window("2026-11-14T04:00:00Z", "2026-11-21T04:00:00Z"), false),
        ]);
        let south = test.location(site.project, "South gate");
        test.assign(&site.unit, south);
        assert!(matches!(
            test.operator().remove_location(site.location),
            Err(OperatorError::Conflict(_))
        ));
    }

    /// Twenty hands put five meters at four places at once; afterwards everything is in order.
    async fn assignments_at_once_leave_everything_in_order(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let places: Vec<_> = (0..4).map(|place| test.location(project, &format!("Place {place}"))).collect();
        let meters: Vec<_> = (0..5).map(|meter| test.unit(&format!("SLM-{meter}"))).collect();
        let hands: Vec<_> = (0..20_usize)
            .map(|hand| {
                let staff = test.operator();
                let (place, meter) = (places[hand % 4], meters[hand % 5].clone());
                tokio::task::spawn_blocking(move || staff.assign_unit(&meter, place, None, None).map(drop))
            })
            .collect();
        for hand in hands {
            let answer = hand.await.unwrap();
            assert!(matches!(answer, Ok(()) | Err(OperatorError::InTheWay(_))), "{answer:?}");
        }
        let all = test.operator().list_assignments(false).unwrap();
        for (index, one) in all.iter().enumerate() {
            for other in &all[index + 1..] {
                if one.unit == other.unit || one.location == other.location {
                    assert!(!one.window.overlaps(&other.window), "{one:?} {other:?}");
                    assert!(!(one.active && other.active), "{one:?} {other:?}");
                }
            }
        }
    }
}
