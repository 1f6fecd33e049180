//! Lists that are searched and paged.

use domain::{DeviceKind, ProjectId, ProjectStatus};
use store_operator::{
    NewProject, NewUnit, Page, Paged, ProjectClient, ProjectFilter, ProjectRecord, UnitFilter,
    UnitPlaced,
};
use testkit::{TestDatabase, at, on_both_engines, unit_id};

fn projects(test: &TestDatabase, search: &str, status: Option<ProjectStatus>) -> Vec<String> {
    let filter = ProjectFilter {
        search: search.to_owned(),
        status,
    };
    names(
        &test
            .operator()
            .find_projects(&filter, Page::default())
            .unwrap(),
    )
}

fn names(page: &Paged<ProjectRecord>) -> Vec<String> {
    page.items
        .iter()
        .map(|project| project.name.clone())
        .collect()
}

fn project(test: &TestDatabase, name: &str, number: &str, client: ProjectClient) -> ProjectId {
    let new = NewProject {
        name: name.to_owned(),
        number: Some(number.to_owned()),
        client,
        time_zone: None,
        address: Some(format!("{number} Quay Street")),
    };
    test.operator().create_project(&new).unwrap()
}

fn units(test: &TestDatabase, filter: &UnitFilter) -> Vec<String> {
    let page = test.operator().find_units(filter, Page::default()).unwrap();
    page.items
        .iter()
        .map(|placed| placed.unit.id.to_string())
        .collect()
}

fn searched(search: &str) -> UnitFilter {
    UnitFilter {
        search: search.to_owned(),
        ..UnitFilter::default()
    }
}

on_both_engines! {
    async fn projects_are_found_by_what_is_known_of_them(test: TestDatabase) {
        let client = test.client("Öresund AB");
        project(&test, "zoo", "P-3", ProjectClient::Unknown);
        project(&test, "Harbour Tower", "P-1", ProjectClient::Client(client));
        project(&test, "Ärztehaus 100%", "P-2", ProjectClient::Named("Klinik".to_owned()));
        for (search, found) in [
            ("", vec!["Harbour Tower", "zoo", "Ärztehaus 100%"]),
            ("tower", vec!["Harbour Tower"]),
            ("p-1", vec!["Harbour Tower"]),
            ("öresund", vec!["Harbour Tower"]),
            ("ÄRZTE", vec!["Ärztehaus 100%"]),
            ("klinik quay", vec!["Ärztehaus 100%"]),
            ("klinik tower", vec![]),
            ("0%", vec!["Ärztehaus 100%"]),
            ("_", vec![]),
            ("'; --", vec![]),
        ] {
            assert_eq!(projects(&test, search, None), found, "{search:?}");
        }
    }

    async fn projects_are_listed_by_where_they_stand(test: TestDatabase) {
        let (_, b, c) = (test.project("A"), test.project("B"), test.project("C"));
        test.operator().set_status(b, ProjectStatus::Archived).unwrap();
        test.operator().set_status(c, ProjectStatus::Deleted).unwrap();
        assert_eq!(projects(&test, "", None), ["A", "B"]);
        assert_eq!(projects(&test, "", Some(ProjectStatus::Active)), ["A"]);
        assert_eq!(projects(&test, "", Some(ProjectStatus::Archived)), ["B"]);
        assert_eq!(projects(&test, "", Some(ProjectStatus::Deleted)), ["C"]);
        assert_eq!(projects(&test, "a", Some(ProjectStatus::Deleted)), [""; 0]);
    }

    async fn a_list_is_paged(test: TestDatabase) {
        for name in ["e", "B", "d", "A", "c"] {
            test.project(name);
        }
        let page = |number| {
            let filter = ProjectFilter::default();
            let page = test.operator().find_projects(&filter, Page::new(number, 2)).unwrap();
            assert_eq!((page.total, page.pages()), (5, 3));
            names(&page)
        };
        assert_eq!(page(1), ["A", "B"]);
        assert_eq!(page(2), ["c", "d"]);
        assert_eq!(page(3), ["e"]);
        assert_eq!(page(4), [""; 0]);
    }

    async fn units_are_found_by_what_they_are_and_where_they_stand(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.unit("SLM-2");
        test.unit("slm-3");
        test.operator().add_unit(&NewUnit {
            id: unit_id("SLM-10"), kind: DeviceKind::SoundLevelMeter, serial: None, model: None,
            calibration_due: None,
        }).unwrap();
        assert_eq!(units(&test, &searched("")), ["SLM-1", "SLM-10", "SLM-2", "slm-3"]);
        assert_eq!(units(&test, &searched("slm-3")), ["slm-3"]);
        assert_eq!(units(&test, &searched("serial SLM-2")), ["SLM-2"]);
        assert_eq!(units(&test, &searched("nl-43")), ["SLM-1", "SLM-2", "slm-3"]);
        assert_eq!(units(&test, &searched("tower north")), ["SLM-1"]);
        // Where it stood is not where it stands.
        test.operator().end_assignment(&site.unit).unwrap();
        assert_eq!(units(&test, &searched("tower")), [""; 0]);
    }

    async fn units_tell_where_they_stand_now(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let (coming, south) = (test.unit("SLM-2"), test.location(site.project, "South gate"));
        test.assign_for(&coming, south, "2026-11-22T00:00:00Z", "");
        let page = test.operator().find_units(&UnitFilter::default(), Page::default()).unwrap();
        let [UnitPlaced { stay: Some(stay), .. }, UnitPlaced { stay: None, unit }] = page.items.as_slice() else {
            panic!("{page:?}");
        };
        assert_eq!((&unit.id, page.total), (&coming, 2));
        assert_eq!((stay.location_name.as_str(), stay.project_name.as_str()), ("North gate", "Harbour Tower"));
        assert_eq!((stay.assignment.location, stay.project), (site.location, site.project));
        assert_eq!(stay.assignment.window.from, at("2026-11-14T04:00:00Z"));
        test.clock().advance(std::time::Duration::from_hours(20));
        let page = test.operator().find_units(&UnitFilter::default(), Page::default()).unwrap();
        assert_eq!(page.items[1].stay.as_ref().unwrap().assignment.location, south);
    }

    async fn units_are_listed_by_use_and_by_when_they_are_to_be_calibrated(test: TestDatabase) {
        for (id, due) in [("SLM-1", "2027-03-01T00:00:00Z"), ("SLM-2", "2027-03-02T00:00:00Z")] {
            test.operator().add_unit(&NewUnit {
                id: unit_id(id), kind: DeviceKind::SoundLevelMeter, serial: None, model: None,
                calibration_due: Some(at(due)),
            }).unwrap();
        }
        let undated = test.unit("SLM-3");
        test.operator().retire_unit(&undated).unwrap();
        let due = |before| units(&test, &UnitFilter { due_before: Some(at(before)), ..UnitFilter::default() });
        assert_eq!(due("2027-03-01T00:00:00Z"), [""; 0]);
        assert_eq!(due("2027-03-01T00:00:01Z"), ["SLM-1"]);
        assert_eq!(due("2028-03-01T00:00:00Z"), ["SLM-1", "SLM-2"]);
        let used = |retired| units(&test, &UnitFilter { retired, ..UnitFilter::default() });
        assert_eq!(used(None), ["SLM-1", "SLM-2", "SLM-3"]);
        assert_eq!(used(Some(true)), ["SLM-3"]);
        assert_eq!(used(Some(false)), ["SLM-1", "SLM-2"]);
    }
}
