//! Every act is on the record once, and noticed by the projects it touches and by no other.

#![cfg(test)]

use auth::Password;
use domain::{ProjectId, ProjectStatus};
use store_operator::{NewProject, NewUnit, Operator, OperatorError, ProjectClient};
use testkit::{TestDatabase, at, cheap_hash, on_both_engines, unit_id};

fn records(test: &TestDatabase) -> i64 {
    test.raw().number("SELECT count(*) FROM audit_log")
}

fn revision(test: &TestDatabase, project: ProjectId) -> i64 {
    test.raw().number(&format!(
        "SELECT revision FROM projects WHERE id = '{project}'"
    ))
}

/// Does an act, and says which of the projects have noticed.
fn noticed<T>(
    test: &TestDatabase,
    projects: &[ProjectId],
    act: impl FnOnce(&Operator) -> Result<T, OperatorError>,
) -> Vec<usize> {
    let before: Vec<_> = projects
        .iter()
        .map(|project| revision(test, *project))
        .collect();
    let written = records(test);
    act(&test.operator()).unwrap();
    assert_eq!(records(test), written + 1, "one act, one record");
    let grown = |(index, project)| {
        let by = revision(test, project) - before[index];
        assert!(by == 0 || by == 1, "by {by}");
        (by == 1).then_some(index)
    };
    projects
        .iter()
        .copied()
        .enumerate()
        .filter_map(grown)
        .collect()
}

on_both_engines! {
    async fn every_act_is_recorded_once_and_noticed_where_it_matters(test: TestDatabase) {
        let (a, b) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let client = test.client("Harbour Ltd");
        let spare = test.location(b.project, "Spare");
        let projects = [a.project, b.project];
        let password = Password::generate(&**test.random()).unwrap();
        let hash = cheap_hash(&password, &**test.random());
        let none: [usize; 0] = [];

        assert_eq!(noticed(&test, &projects, |staff| staff.create_client(
            &store_operator::NewClient { name: "Mill & Co".to_owned(), contact_email: None }
        )), none);
        assert_eq!(noticed(&test, &projects, |staff| staff.create_project(
            &NewProject { name: "Third".to_owned(), ..NewProject::default() }
        )), none);
        assert_eq!(noticed(&test, &projects, |staff| staff.add_unit(&NewUnit {
            id: unit_id("SLM-3"), kind: domain::DeviceKind::SoundLevelMeter, serial: None, model: None, calibration_due: None,
        })), none);
        assert_eq!(noticed(&test, &projects, |staff| staff.link_project(a.project, client)), [0]);
        assert_eq!(
            noticed(&test, &projects, |staff| staff.set_status(b.project, ProjectStatus::Completed)),
            [1]
        );
        assert_eq!(noticed(&test, &projects, |staff| staff.portal_password(a.project, &hash)), [0]);
        assert_eq!(noticed(&test, &projects, |staff| staff.portal_rotate_link(a.project)), [0]);
        assert_eq!(noticed(&test, &projects, |staff| staff.portal_disable(a.project)), [0]);
        assert_eq!(noticed(&test, &projects, |staff| staff.portal_enable(a.project, &hash)), [0]);
        // A ticket changes nothing that is shown.
        assert_eq!(noticed(&test, &projects, |staff| staff.issue_preview_ticket(a.project)), none);
        // A meter that moves leaves one project and reaches another.
        assert_eq!(
            noticed(&test, &projects, |staff| staff.assign_unit(&a.unit, spare, None, None)),
            [0, 1]
        );
        // It displaces the meter that stands there, which matters where that one ever stood.
        assert_eq!(
            noticed(&test, &projects, |staff| {
                test.clock().advance(std::time::Duration::from_mins(1));
                staff.assign_unit(&unit_id("SLM-3"), spare, None, None)
            }),
            [0, 1]
        );
        assert_eq!(noticed(&test, &projects, |staff| staff.end_assignment(&b.unit)), [1]);
        // Of history too: where a meter stood before decides what a later place may show.
        let early = at("2026-11-13T00:00:00Z");
        assert_eq!(
            noticed(&test, &projects, |staff| {
                staff.assign_unit(&b.unit, a.location, Some(early), Some(at("2026-11-13T01:00:00Z")))
            }),
            [0, 1]
        );
        assert_eq!(noticed(&test, &projects, |staff| staff.remove_location(spare)), [1]);
        assert_eq!(
            noticed(&test, &projects, |staff| staff.set_status(b.project, ProjectStatus::Deleted)),
            [1]
        );
        assert_eq!(noticed(&test, &projects, |staff| staff.add_location(
            a.project,
            &store_operator::NewLocation {
                name: "Roof".to_owned(), kind: domain::LocationKind::Sound, description: None,
                latitude: None, longitude: None,
            },
        )), [0]);
    }

    async fn what_was_so_already_is_no_act(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let client = test.client("Harbour Ltd");
        let staff = test.operator();
        staff.link_project(site.project, client).unwrap();
        let hash = cheap_hash(&site.portal.password, &**test.random());
        let (written, noticed) = (records(&test), revision(&test, site.project));
        staff.link_project(site.project, client).unwrap();
        staff.set_status(site.project, ProjectStatus::Active).unwrap();
        assert!(!staff.portal_enable(site.project, &hash).unwrap().password_taken);
        assert_eq!((records(&test), revision(&test, site.project)), (written, noticed));
    }

    async fn an_act_that_is_refused_leaves_nothing(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let (written, noticed) = (records(&test), revision(&test, site.project));
        let staff = test.operator();
        assert!(staff.assign_unit(&site.unit, site.location, None, None).is_err());
        assert!(staff.add_unit(&NewUnit {
            id: site.unit.clone(), kind: domain::DeviceKind::SoundLevelMeter, serial: None, model: None, calibration_due: None,
        }).is_err());
        let nobody = domain::ClientId::from_bytes([3; 16]);
        assert!(staff.create_project(&NewProject {
            name: "X".to_owned(), client: ProjectClient::Client(nobody), ..NewProject::default()
        }).is_err());
        assert!(staff.link_project(site.project, nobody).is_err());
        assert_eq!((records(&test), revision(&test, site.project)), (written, noticed));
        assert_eq!(staff.list_projects().unwrap().len(), 1);
    }

    async fn the_record_says_who_what_and_from_where(test: TestDatabase) {
        let project = test.project("Harbour \"Tower\"; status=\"x\"");
        test.clock().advance(std::time::Duration::from_millis(1));
        test.operator().set_status(project, ProjectStatus::Archived).unwrap();
        let log = test.operator().audit_log(10).unwrap();
        let [archived, created] = log.as_slice() else { panic!("{log:?}") };
        assert_eq!((archived.actor.name.as_str(), archived.actor.origin.as_str()), ("tester", "test"));
        assert_eq!(archived.at, at("2026-11-21T04:00:00.001Z"));
        assert_eq!((archived.action.as_str(), archived.subject_kind.as_str()), ("project.status", "project"));
        assert_eq!(archived.subject_id, project.to_string());
        assert_eq!(archived.before.as_deref(), Some("status=\"active\""));
        assert_eq!(archived.after.as_deref(), Some("status=\"archived\""));
        assert_eq!(created.before, None);
        assert_eq!(
            created.after.as_deref(),
            Some("name=\"Harbour \\\"Tower\\\"; status=\\\"x\\\"\"; client_name=\"Somebody\"")
        );
        assert_eq!(test.operator().audit_log(1).unwrap().len(), 1);
    }

    async fn no_secret_is_on_the_record(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let staff = test.operator();
        let password = Password::generate(&**test.random()).unwrap();
        let hash = cheap_hash(&password, &**test.random());
        staff.portal_password(site.project, &hash).unwrap();
        let link = staff.portal_rotate_link(site.project).unwrap();
        let ticket = staff.issue_preview_ticket(site.project).unwrap();
        staff.portal_disable(site.project).unwrap();
        let hidden = staff.portal_show(site.project).unwrap().link.unwrap();
        let log = format!("{:?}", staff.audit_log(1000).unwrap());
        assert!(log.contains("portal.password") && log.contains("portal.disable"));
        for secret in [
            password.reveal(), site.portal.password.reveal(), hash.as_str(), "argon2",
            link.as_str(), hidden.as_str(), site.portal.link.as_str(), &ticket.id.to_string(),
        ] {
            assert!(!log.contains(secret), "{secret}");
        }
    }
}
