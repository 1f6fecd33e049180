//! One thing with all that belongs to it.

use domain::{ProjectId, ProjectStatus};
use store_operator::{OperatorError, StayRecord};
use testkit::{TestDatabase, at, on_both_engines, statements};

fn where_and_when(stays: &[StayRecord]) -> Vec<(&str, &str, String)> {
    stays
        .iter()
        .map(|stay| {
            let assignment = &stay.assignment;
            (
                assignment.unit.as_str(),
                stay.location_name.as_str(),
                assignment.window.from.to_string(),
            )
        })
        .collect()
}

on_both_engines! {
    async fn a_project_is_shown_with_all_that_belongs_to_it(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let elsewhere = test.site("Mill Lane", "SLM-2");
        let client = test.client("Harbour Ltd");
        let staff = test.operator();
        staff.link_project(site.project, client).unwrap();
        let (south, roof) = (test.location(site.project, "South gate"), test.location(site.project, "Roof"));
        let (third, fourth) = (test.unit("SLM-3"), test.unit("SLM-4"));
        test.assign_for(&third, south, "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z");
        test.assign_for(&fourth, roof, "2026-11-05T00:00:00Z", "");
        test.assign_for(&third, south, "2026-11-25T00:00:00Z", "");
        staff.remove_location(roof).unwrap();
        staff.order_locations(site.project, &[south, site.location]).unwrap();

        let detail = staff.project_detail(site.project).unwrap();
        assert_eq!(detail.project.id, site.project);
        assert_eq!(detail.client.unwrap().name, "Harbour Ltd");
        let [first, second] = detail.locations.as_slice() else { panic!("{:?}", detail.locations) };
        assert_eq!((first.location.id, &first.meter, &first.stay), (south, &None, &None));
        assert_eq!(second.location.id, site.location);
        let meter = second.meter.as_ref().unwrap();
        assert_eq!((&meter.unit, meter.tenure.window.from), (&site.unit, at("2026-11-14T04:00:00Z")));
        assert_eq!(meter.tenure.left_elsewhere_at, None);
        assert_eq!(second.stay.as_ref().unwrap().assignment.unit, site.unit);
        assert_eq!(where_and_when(&detail.to_come), [("SLM-3", "South gate", "2026-11-25T00:00:00Z".to_owned())]);
        assert_eq!(where_and_when(&detail.past), [
            ("SLM-4", "Roof", "2026-11-05T00:00:00Z".to_owned()),
            ("SLM-3", "South gate", "2026-11-01T00:00:00Z".to_owned()),
        ]);
        let other = staff.project_detail(elsewhere.project).unwrap();
        assert_eq!((other.locations.len(), other.past.len(), other.to_come.len()), (1, 0, 0));
        assert_eq!((other.client, other.project.client_name.as_deref()), (None, Some("Somebody")));
    }

    async fn a_meter_that_came_from_elsewhere_says_when_it_left(test: TestDatabase) {
        let (a, b) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        test.assign_for(&a.unit, b.location, "2026-11-21T03:00:00Z", "");
        let detail = test.operator().project_detail(b.project).unwrap();
        let meter = detail.locations[0].meter.as_ref().unwrap();
        assert_eq!((&meter.unit, meter.tenure.left_elsewhere_at), (&a.unit, Some(at("2026-11-21T03:00:00Z"))));
        assert_eq!(where_and_when(&detail.past), [("SLM-2", "North gate", "2026-11-14T04:00:00Z".to_owned())]);
        assert!(test.operator().project_detail(a.project).unwrap().locations[0].meter.is_none());
    }

    async fn a_location_tells_the_stays_that_a_client_is_told_of(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let (second, third) = (test.unit("SLM-2"), test.unit("SLM-3"));
        // The clock of the tests stands at four in the morning of the 21st.
        test.assign_for(&second, site.location, "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z");
        test.assign_for(&third, site.location, "2026-11-25T00:00:00Z", "");
        let begun = |test: &TestDatabase| {
            let place = test.operator().project_detail(site.project).unwrap().locations.remove(0);
            let units = place.begun.iter().map(|stay| stay.unit.to_string()).collect::<Vec<_>>();
            (units, place.meter.map(|meter| meter.unit.to_string()))
        };
        assert_eq!(begun(&test), (vec!["SLM-2".to_owned(), "SLM-1".to_owned()], None));
        // As long as history looks back, and no longer.
        test.clock().advance(std::time::Duration::from_hours(22));
        assert_eq!(begun(&test).0, ["SLM-2"]);
        test.clock().advance(std::time::Duration::from_hours(24));
        assert!(begun(&test).0.is_empty());
    }

    /// What this program does not show is told as it is, and taken for no sound level meter.
    async fn a_unit_of_another_kind_is_a_stay_and_no_meter(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.raw().execute("UPDATE unit_assignments SET device_type = 'seismograph'");
        let place = test.operator().project_detail(site.project).unwrap().locations.remove(0);
        assert!(place.meter.is_none());
        assert_eq!(place.stay.unwrap().assignment.unit, site.unit);
    }

    async fn a_project_shows_how_its_portal_stands(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let staff = test.operator();
        let portal = staff.project_detail(project).unwrap().portal;
        assert!(!portal.enabled && !portal.has_password && portal.link.is_none());
        assert_eq!((portal.epoch, portal.last_opened_at), (0, None));
        let opened = test.portal(project);
        let gate = test.database().gate_by_link(&opened.link).await.unwrap().unwrap();
        test.database().record_opening(&gate, [203, 0, 113, 9].into(), at("2026-11-21T03:59:00Z")).await.unwrap();
        staff.portal_rotate_link(project).unwrap();
        let portal = staff.project_detail(project).unwrap().portal;
        assert!(portal.enabled && portal.has_password);
        assert_ne!(portal.link.unwrap().as_str(), opened.link.as_str());
        assert_eq!((portal.epoch, portal.last_opened_at), (1, Some(at("2026-11-21T03:59:00Z"))));
    }

    async fn a_project_is_shown_when_deleted_and_not_found_when_there_is_none(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let staff = test.operator();
        staff.set_status(site.project, ProjectStatus::Deleted).unwrap();
        let detail = staff.project_detail(site.project).unwrap();
        assert_eq!((detail.project.status, detail.locations.len()), (ProjectStatus::Deleted, 1));
        let nothing = staff.project_detail(ProjectId::from_bytes([9; 16]));
        assert!(matches!(nothing, Err(OperatorError::NotFound { kind: "project", .. })));
    }

    async fn a_client_is_shown_with_its_projects(test: TestDatabase) {
        let (client, other) = (test.client("Harbour Ltd"), test.client("Mill Ltd"));
        let staff = test.operator();
        let (tower, pier, mill) = (test.project("Tower"), test.project("pier"), test.project("Mill"));
        staff.link_project(tower, client).unwrap();
        staff.link_project(pier, client).unwrap();
        staff.link_project(mill, other).unwrap();
        staff.set_status(pier, ProjectStatus::Deleted).unwrap();
        let detail = staff.client_detail(client).unwrap();
        assert_eq!(detail.client.name, "Harbour Ltd");
        let shown: Vec<_> = detail.projects.iter()
            .map(|project| (project.id, project.status, project.client_name.as_deref()))
            .collect();
        assert_eq!(shown, [
            (pier, ProjectStatus::Deleted, Some("Harbour Ltd")),
            (tower, ProjectStatus::Active, Some("Harbour Ltd")),
        ]);
    }

    /// However much belongs to a project, it is read by the same few statements.
    async fn a_project_is_read_by_as_many_statements_as_any(test: TestDatabase) {
        let (small, large) = (test.project("Small"), test.site("Large", "SLM-0").project);
        for number in 1..8 {
            let place = test.location(large, &format!("Place {number}"));
            test.assign(&test.unit(&format!("SLM-{number}")), place);
        }
        let taken = |project: ProjectId| {
            let open = || test.operator_of(test.another(), "tester");
            statements(open, |staff| staff.project_detail(project).unwrap()).1
        };
        assert_eq!(taken(large).len(), 8, "{:#?}", taken(large));
        assert_eq!(taken(small).len(), 8);
    }
}
