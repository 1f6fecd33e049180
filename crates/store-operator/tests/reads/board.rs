//! The board.

use std::time::Duration;

use domain::{LocationId, ProjectStatus, UnitId};
use store_operator::BoardProject;
use testkit::{TestDatabase, at, on_both_engines, statements};

fn meters(project: &BoardProject) -> Vec<(LocationId, Option<&UnitId>)> {
    let places = project.places.iter();
    places
        .map(|place| (place.id, place.meter.as_ref().map(|meter| &meter.unit)))
        .collect()
}

on_both_engines! {
    async fn the_board_shows_every_project_with_what_stands_where(test: TestDatabase) {
        let (b, a) = (test.site("mill Lane", "SLM-2"), test.site("Harbour Tower", "SLM-1"));
        let (archived, deleted) = (test.project("Quay"), test.site("Zoo", "SLM-3"));
        let staff = test.operator();
        let client = test.client("Harbour Ltd");
        staff.link_project(a.project, client).unwrap();
        staff.set_status(archived, ProjectStatus::Archived).unwrap();
        staff.set_status(deleted.project, ProjectStatus::Deleted).unwrap();
        let (south, removed) = (test.location(a.project, "South gate"), test.location(a.project, "Roof"));
        staff.remove_location(removed).unwrap();
        staff.order_locations(a.project, &[south, a.location]).unwrap();
        let gate = test.database().gate_by_link(&b.portal.link).await.unwrap().unwrap();
        test.database().record_opening(&gate, [203, 0, 113, 9].into(), at("2026-11-21T03:59:00Z")).await.unwrap();

        let board = staff.board().unwrap();
        let [tower, mill, quay] = board.as_slice() else { panic!("{board:#?}") };
        assert_eq!((tower.id, tower.name.as_str(), tower.status), (a.project, "Harbour Tower", ProjectStatus::Active));
        assert_eq!(tower.client_name.as_deref(), Some("Harbour Ltd"));
        assert!(tower.portal_open && tower.portal_opened_at.is_none());
        assert_eq!(meters(tower), [(south, None), (a.location, Some(&a.unit))]);
        assert_eq!((tower.places[0].name.as_str(), tower.places[0].position), ("South gate", Some((40.7, -74.0))));
        assert_eq!((mill.id, mill.portal_opened_at), (b.project, Some(at("2026-11-21T03:59:00Z"))));
        assert_eq!(meters(mill), [(b.location, Some(&b.unit))]);
        assert_eq!((quay.id, quay.status, quay.portal_open), (archived, ProjectStatus::Archived, false));
        assert!(quay.places.is_empty());
    }

    async fn a_meter_stands_somewhere_within_its_stay_only(test: TestDatabase) {
        let (a, b) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let staff = test.operator();
        staff.end_assignment(&a.unit).unwrap();
        test.assign_for(&a.unit, a.location, "2026-11-21T05:00:00Z", "2026-11-21T06:00:00Z");
        let standing = || {
            let board = staff.board().unwrap();
            let meter = board[0].places[0].meter.clone();
            meter.map(|meter| (meter.unit, meter.tenure.window.from, meter.tenure.left_elsewhere_at))
        };
        assert_eq!(standing(), None, "it is to come");
        test.clock().advance(Duration::from_hours(1));
        assert_eq!(standing(), Some((a.unit.clone(), at("2026-11-21T05:00:00Z"), None)));
        test.clock().advance(Duration::from_hours(1));
        assert_eq!(standing(), None, "it is over");
        test.assign(&b.unit, a.location);
        let now = at("2026-11-21T06:00:00Z");
        assert_eq!(standing(), Some((b.unit, now, Some(now))));
    }

    /// The board and the portal are shown the same by the same rules.
    async fn the_board_shows_what_the_portal_shows(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.raw().execute("UPDATE unit_assignments SET device_type = 'seismograph'");
        assert_eq!(test.operator().board().unwrap()[0].places[0].meter, None);
        test.raw().execute("UPDATE unit_assignments SET device_type = 'slm'");
        assert!(test.operator().board().unwrap()[0].places[0].meter.is_some());
        test.raw().execute("UPDATE monitoring_locations SET location_type = 'vibration'");
        assert!(test.operator().board().unwrap()[0].places.is_empty());
        assert_eq!(test.operator().board().unwrap()[0].id, site.project);
    }

    async fn the_board_takes_as_many_statements_whatever_is_on_it(test: TestDatabase) {
        let taken = || {
            let open = || test.operator_of(test.another(), "tester");
            let (board, statements) = statements(open, |staff| staff.board().unwrap());
            (board.len(), statements)
        };
        let (empty, for_nothing) = taken();
        for project in 0..12 {
            let site = test.site(&format!("Project {project}"), &format!("SLM-{project}"));
            for number in 0..4 {
                let place = test.location(site.project, &format!("Place {number}"));
                test.assign(&test.unit(&format!("SLM-{project}-{number}")), place);
            }
        }
        let (full, for_many) = taken();
        assert_eq!((empty, full), (0, 12));
        // Three, and the two that begin and end the transaction.
        assert_eq!(for_many.len(), 5, "{for_many:#?}");
        assert_eq!(for_nothing.len(), 5);
    }
}
