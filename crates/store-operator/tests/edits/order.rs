//! The order of a project's locations.

use domain::{LocationId, ProjectId, ProjectStatus};
use store_operator::OperatorError;
use testkit::{TestDatabase, on_both_engines};

use crate::support::{conflict, done, field, idle, refused, words};

/// A project with the locations A, B, C, of which B is removed, and D.
fn project(test: &TestDatabase) -> (ProjectId, [LocationId; 4]) {
    let project = test.project("Harbour Tower");
    let places = ["A", "B", "C", "D"].map(|name| test.location(project, name));
    test.operator().remove_location(places[1]).unwrap();
    (project, places)
}

fn order(test: &TestDatabase, project: ProjectId) -> Vec<String> {
    let detail = test.operator().project_detail(project).unwrap();
    detail
        .locations
        .into_iter()
        .map(|place| place.location.name)
        .collect()
}

on_both_engines! {
    async fn locations_are_put_in_another_order_in_one_act(test: TestDatabase) {
        let (project, [a, _, c, d]) = project(&test);
        let (record, noticed) = done(&test, |staff| staff.order_locations(project, &[d, a, c]));
        assert_eq!(words(&record), (
            "project.order-locations",
            project.to_string().as_str(),
            Some(r#"order="A" "C" "D""#),
            Some(r#"order="D" "A" "C""#),
        ));
        assert_eq!(noticed, [project]);
        assert_eq!(order(&test, project), ["D", "A", "C"]);
        idle(&test, |staff| staff.order_locations(project, &[d, a, c]));
        test.location(project, "E");
        assert_eq!(order(&test, project), ["D", "A", "C", "E"], "a new one comes last");
    }

    async fn an_order_names_each_location_of_the_project_once(test: TestDatabase) {
        let (project, [a, b, c, d]) = project(&test);
        let elsewhere = test.location(test.project("Mill Lane"), "Mill gate");
        for (order, why) in [
            (vec![d, c], "\"A\" is missing"),
            (vec![], "\"A\" is missing"),
            (vec![d, a, a, c], "named twice"),
            (vec![d, a, c, d], "named twice"),
            (vec![d, a, b, c], "is none of them"),
            (vec![d, a, elsewhere], "is none of them"),
            (vec![d, a, c, LocationId::from_bytes([1; 16])], "is none of them"),
        ] {
            let error = refused(&test, |staff| staff.order_locations(project, &order));
            assert_eq!(field(&error), "locations");
            assert!(error.to_string().contains(why), "{error}");
        }
        assert_eq!(order(&test, project), ["A", "C", "D"]);
    }

    async fn a_project_that_is_out_of_use_is_not_put_in_order(test: TestDatabase) {
        let (project, [a, _, c, d]) = project(&test);
        let nothing = ProjectId::from_bytes([9; 16]);
        let error = refused(&test, |staff| staff.order_locations(nothing, &[]));
        assert!(matches!(error, OperatorError::NotFound { kind: "project", .. }));
        test.operator().set_status(project, ProjectStatus::Deleted).unwrap();
        let words = conflict(refused(&test, |staff| staff.order_locations(project, &[d, c, a])));
        assert!(words.contains("deleted"), "{words}");
    }

    /// The order that people are shown is the portal's.
    async fn the_portal_shows_the_same_order(test: TestDatabase) {
        let (project, [a, _, c, d]) = project(&test);
        let portal = test.portal(project);
        let session = test.session(&portal).await;
        for order in [[d, a, c], [c, d, a]] {
            test.operator().order_locations(project, &order).unwrap();
            let store::SessionCheck::Live(scope) = test.database().check_session(&session).await.unwrap() else {
                panic!("an order ends no session");
            };
            let shown: Vec<_> = scope.locations().iter().map(store::Location::id).collect();
            assert_eq!(shown, order);
        }
        // As an earlier program may have left them: then names decide, for both.
        test.raw().execute("UPDATE monitoring_locations SET sort_order = 0");
        assert_eq!(order(&test, project), ["A", "C", "D"]);
    }
}
