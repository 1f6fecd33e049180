//! Projects.

use domain::{ClientId, ProjectId, ProjectStatus};
use store_operator::{NewProject, OperatorError, ProjectClient};
use testkit::{TestDatabase, on_both_engines};

use crate::support::{conflict, done, field, idle, refused, words};

fn named(name: &str) -> NewProject {
    NewProject {
        name: name.to_owned(),
        client: ProjectClient::Named("Somebody".to_owned()),
        ..NewProject::default()
    }
}

on_both_engines! {
    async fn a_project_is_said_anew_and_its_portal_notices(test: TestDatabase) {
        let (site, other) = (test.site("Harbour Tower", "SLM-1"), test.project("Mill Lane"));
        let client = test.client("Harbour Ltd");
        let anew = NewProject {
            name: "Harbour Tower II".to_owned(),
            number: Some("P-17".to_owned()),
            client: ProjectClient::Client(client),
            time_zone: Some("europe/berlin".to_owned()),
            address: Some("1 Quay Street".to_owned()),
        };
        let (record, noticed) = done(&test, |staff| staff.edit_project(site.project, &anew));
        let after = format!(
            "name=\"Harbour Tower II\"; number=\"P-17\"; client=\"{client}\"; client_name=none; \
             time_zone=\"Europe/Berlin\"; address=\"1 Quay Street\""
        );
        assert_eq!(words(&record), (
            "project.edit",
            site.project.to_string().as_str(),
            Some("name=\"Harbour Tower\"; number=none; client=none; client_name=\"Somebody\"; \
                  time_zone=none; address=none"),
            Some(after.as_str()),
        ));
        assert_eq!(noticed, [site.project]);
        let project = test.operator().project_detail(site.project).unwrap().project;
        assert_eq!((project.name.as_str(), project.client), ("Harbour Tower II", Some(client)));
        assert_eq!(project.client_name.as_deref(), Some("Harbour Ltd"));
        assert!(project.portal_enabled, "an edit leaves the portal alone");
        idle(&test, |staff| staff.edit_project(site.project, &anew));
        assert_eq!(test.operator().project_detail(other).unwrap().project.name, "Mill Lane");

        // What is left out is taken away.
        done(&test, |staff| staff.edit_project(site.project, &named("Harbour Tower")));
        let project = test.operator().project_detail(site.project).unwrap().project;
        assert_eq!((project.client, project.client_name.as_deref()), (None, Some("Somebody")));
        assert_eq!((project.number, project.time_zone, project.address), (None, None, None));
    }

    async fn the_portal_shows_the_new_name_at_once(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        test.operator().edit_project(site.project, &named("Pier")).unwrap();
        let store::SessionCheck::Live(scope) = test.database().check_session(&session).await.unwrap() else {
            panic!("an edit ends no session");
        };
        assert_eq!(scope.project_name(), "Pier");
    }

    async fn what_cannot_be_said_of_a_project_is_refused(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let edit = |anew: NewProject| refused(&test, |staff| staff.edit_project(project, &anew));
        assert_eq!(field(&edit(named(""))), "name");
        let number = "x".repeat(121);
        assert_eq!(field(&edit(NewProject { number: Some(number), ..named("X") })), "number");
        let zone = Some("Mars/Olympus".to_owned());
        assert_eq!(field(&edit(NewProject { time_zone: zone, ..named("X") })), "time_zone");
        let address = Some("two\nlines".to_owned());
        assert_eq!(field(&edit(NewProject { address, ..named("X") })), "address");
        let client = ProjectClient::Named(" ".to_owned());
        assert_eq!(field(&edit(NewProject { client, ..named("X") })), "client_name");
        let client = ProjectClient::Client(ClientId::from_bytes([3; 16]));
        let error = edit(NewProject { client, ..named("X") });
        assert!(matches!(error, OperatorError::NotFound { kind: "client", .. }));

        let nothing = ProjectId::from_bytes([9; 16]);
        let error = refused(&test, |staff| staff.edit_project(nothing, &named("X")));
        assert!(matches!(error, OperatorError::NotFound { kind: "project", .. }));
        test.operator().set_status(project, ProjectStatus::Deleted).unwrap();
        assert!(conflict(edit(named("X"))).contains("deleted: set its status to active first"));
    }
}
