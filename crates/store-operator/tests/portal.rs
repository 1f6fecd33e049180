//! Opening and closing a portal.

#![cfg(test)]

use auth::Password;
use domain::ProjectStatus;
use store_operator::OperatorError;
use testkit::{TestDatabase, cheap_hash, on_both_engines};

fn epoch(test: &TestDatabase, project: domain::ProjectId) -> i64 {
    test.raw().number(&format!(
        "SELECT portal_epoch FROM projects WHERE id = '{project}'"
    ))
}

on_both_engines! {
    async fn a_portal_gets_its_link_and_password_once(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let staff = test.operator();
        let before = staff.portal_show(project).unwrap();
        assert!(!before.enabled && !before.has_password && before.link.is_none());
        assert!(before.last_opened_at.is_none());

        let first = cheap_hash(&Password::generate(&**test.random()).unwrap(), &**test.random());
        let second = cheap_hash(&Password::generate(&**test.random()).unwrap(), &**test.random());
        let opened = staff.portal_enable(project, &first).unwrap();
        assert!(opened.password_taken);
        let again = staff.portal_enable(project, &second).unwrap();
        assert!(!again.password_taken);
        assert_eq!(again.link.as_str(), opened.link.as_str());
        let after = staff.portal_show(project).unwrap();
        assert!(after.enabled && after.has_password);
        assert_eq!(after.link.unwrap().as_str(), opened.link.as_str());
        let stored = test.raw().text("SELECT portal_password_hash FROM projects");
        assert_eq!(stored.as_deref(), Some(first.as_str()));
    }

    async fn every_revoking_act_adds_one_to_the_epoch_and_no_other_does(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let staff = test.operator();
        let hash = cheap_hash(&site.portal.password, &**test.random());
        assert_eq!(epoch(&test, site.project), 0, "opening revokes nothing");
        staff.portal_password(site.project, &hash).unwrap();
        assert_eq!(epoch(&test, site.project), 1);
        staff.portal_rotate_link(site.project).unwrap();
        assert_eq!(epoch(&test, site.project), 2);
        staff.portal_disable(site.project).unwrap();
        assert_eq!(epoch(&test, site.project), 3);
        staff.portal_disable(site.project).unwrap();
        staff.portal_enable(site.project, &hash).unwrap();
        staff.issue_preview_ticket(site.project).unwrap();
        staff.set_status(site.project, ProjectStatus::Archived).unwrap();
        assert_eq!(epoch(&test, site.project), 3);
        staff.set_status(site.project, ProjectStatus::Deleted).unwrap();
        assert_eq!(epoch(&test, site.project), 4);
        staff.set_status(site.project, ProjectStatus::Active).unwrap();
        assert_eq!(epoch(&test, site.project), 4);
    }

    async fn what_was_asked_of_an_earlier_epoch_is_not_done_again(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let staff = test.operator();
        let hash = cheap_hash(&site.portal.password, &**test.random());
        let link = staff.portal_password_once(site.project, &hash, Some(0)).unwrap().unwrap();
        assert_eq!(link.as_str(), site.portal.link.as_str());
        let stale = |answer: Result<(), OperatorError>| matches!(answer, Err(OperatorError::Stale(_)));
        assert!(stale(staff.portal_password_once(site.project, &hash, Some(0)).map(drop)));
        assert!(stale(staff.portal_rotate_link_once(site.project, Some(0)).map(drop)));
        assert!(stale(staff.portal_disable_once(site.project, Some(0))));
        assert_eq!(epoch(&test, site.project), 1);
        staff.portal_disable_once(site.project, Some(1)).unwrap();
        assert!(staff.portal_password_once(site.project, &hash, Some(2)).unwrap().is_none());
    }

    async fn closing_replaces_the_link_and_keeps_the_password(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let staff = test.operator();
        staff.portal_disable(site.project).unwrap();
        let closed = staff.portal_show(site.project).unwrap();
        assert!(!closed.enabled && closed.has_password);
        let link = closed.link.unwrap();
        assert_ne!(link.as_str(), site.portal.link.as_str());
        let hash = cheap_hash(&site.portal.password, &**test.random());
        let reopened = staff.portal_enable(site.project, &hash).unwrap();
        assert!(!reopened.password_taken);
        assert_eq!(reopened.link.as_str(), link.as_str());
    }

    async fn the_portal_of_a_deleted_project_is_not_opened_but_can_be_closed(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let staff = test.operator();
        let hash = cheap_hash(&site.portal.password, &**test.random());
        staff.set_status(site.project, ProjectStatus::Deleted).unwrap();
        assert!(!staff.portal_show(site.project).unwrap().enabled);
        assert!(matches!(staff.portal_enable(site.project, &hash), Err(OperatorError::Conflict(_))));
        assert!(matches!(staff.issue_preview_ticket(site.project), Err(OperatorError::Conflict(_))));
        staff.portal_disable(site.project).unwrap();
        assert!(!staff.portal_show(site.project).unwrap().enabled);
    }

    async fn a_closed_portal_issues_no_tickets(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let refusal = test.operator().issue_preview_ticket(project).unwrap_err();
        assert_eq!(refusal.to_string(), "the portal of project \"Harbour Tower\" is closed: open it first");
    }

    async fn old_tickets_are_forgotten(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.operator().issue_preview_ticket(site.project).unwrap();
        test.clock().advance(std::time::Duration::from_hours(25));
        test.operator().issue_preview_ticket(site.project).unwrap();
        assert_eq!(test.raw().number("SELECT count(*) FROM preview_tickets"), 1);
    }

    async fn a_project_that_never_was_has_no_portal(test: TestDatabase) {
        let nothing = domain::ProjectId::from_bytes([9; 16]);
        let staff = test.operator();
        let missing = |error| matches!(error, OperatorError::NotFound { kind: "project", .. });
        assert!(missing(staff.portal_show(nothing).unwrap_err()));
        assert!(missing(staff.portal_disable(nothing).unwrap_err()));
        assert!(missing(staff.portal_rotate_link(nothing).unwrap_err()));
        assert!(missing(staff.issue_preview_ticket(nothing).unwrap_err()));
    }
}
