//! What somebody else has said anew meanwhile is not said over.

use store_operator::{
    ClientEdit, LocationEdit, NewProject, OperatorError, ProjectClient, Seen, UnitEdit,
};
use testkit::{TestDatabase, on_both_engines};

use crate::support::{done, refused};

fn is_stale(error: &OperatorError) -> bool {
    matches!(error, OperatorError::Stale(words) if words.contains("changed"))
}

on_both_engines! {
    async fn an_edit_of_what_was_changed_meanwhile_is_refused(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let client = test.client("Harbour");
        let staff = test.operator();

        let of_project = |name: &str| NewProject {
            name: name.to_owned(),
            client: ProjectClient::Client(client),
            ..NewProject::default()
        };
        let seen = || Some(staff.project_detail(site.project).unwrap().project.seen());
        let first = seen();
        done(&test, |staff| staff.edit_project_as_seen(site.project, &of_project("A"), first));
        let late = |staff: &store_operator::Operator| {
            staff.edit_project_as_seen(site.project, &of_project("B"), first)
        };
        assert!(is_stale(&refused(&test, late)));
        // What its client is called is none of what is said of the project.
        let second = seen();
        let named = |name: &str| ClientEdit { name: name.to_owned(), contact_email: None };
        let as_client = staff.client_detail(client).unwrap().client.seen();
        staff.edit_client_as_seen(client, &named("Pier"), Some(as_client)).unwrap();
        done(&test, |staff| staff.edit_project_as_seen(site.project, &of_project("B"), second));
        let late = refused(&test, |staff| {
            staff.edit_client_as_seen(client, &named("Quay"), Some(as_client))
        });
        assert!(is_stale(&late));

        let seen = staff.unit_detail(&site.unit).unwrap().unit.seen();
        let edit = UnitEdit { serial: Some("1".to_owned()), ..UnitEdit::default() };
        staff.edit_unit_as_seen(&site.unit, &edit, Some(seen)).unwrap();
        let late = |staff: &store_operator::Operator| {
            staff.edit_unit_as_seen(&site.unit, &UnitEdit::default(), Some(seen))
        };
        assert!(is_stale(&refused(&test, late)));

        let seen = staff.list_locations(None).unwrap().remove(0).seen();
        let edit = |latitude| LocationEdit {
            name: "North gate".to_owned(),
            latitude: Some(latitude),
            longitude: Some(-74.0),
            ..LocationEdit::default()
        };
        staff.edit_location_as_seen(site.location, &edit(40.8), Some(seen)).unwrap();
        let late = refused(&test, |staff| {
            staff.edit_location_as_seen(site.location, &edit(40.9), Some(seen))
        });
        assert!(is_stale(&late));
    }

    async fn an_edit_leaves_whether_a_client_is_in_work(test: TestDatabase) {
        let client = test.client("Harbour");
        let seen = test.operator().client_detail(client).unwrap().client.seen();
        test.operator().archive_client(client).unwrap();
        let edit = ClientEdit { name: "Pier".to_owned(), contact_email: None };
        test.operator().edit_client_as_seen(client, &edit, Some(seen)).unwrap();
        assert!(!test.operator().client_detail(client).unwrap().client.active);
    }
}

#[test]
fn what_was_seen_is_read_as_it_is_written() {
    let seen: Seen = "00ff00ff00ff00ff".parse().unwrap();
    assert_eq!(seen.to_string(), "00ff00ff00ff00ff");
    assert!("x".parse::<Seen>().is_err());
}
