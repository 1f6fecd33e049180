//! What a link leads to, and what is written down of those who come in.

#![cfg(test)]

use auth::{LinkToken, Password};
use domain::{Clock, ProjectStatus};
use store::SessionCheck;
use testkit::{TestDatabase, at, cheap_hash, on_both_engines};

on_both_engines! {
    async fn a_link_leads_to_its_project_and_password(test: TestDatabase) {
        let (ours, theirs) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let gate = test.database().gate_by_link(&ours.portal.link).await.unwrap().unwrap();
        assert_eq!(gate.project_name(), "Harbour Tower");
        let stored = test.raw().text(&format!(
            "SELECT portal_password_hash FROM projects WHERE id = '{}'", ours.project
        ));
        assert_eq!(Some(gate.password_hash().as_str()), stored.as_deref());
        let session = gate.session(test.clock().now());
        assert_eq!((session.project, session.issued_at), (ours.project, test.clock().now()));
        assert!(session.link == ours.portal.link.fingerprint());
        let other = test.database().gate_by_link(&theirs.portal.link).await.unwrap().unwrap();
        assert_eq!(other.project_name(), "Mill Lane");
    }

    async fn links_that_lead_nowhere_are_all_the_same(test: TestDatabase) {
        let database = test.database();
        let unknown = LinkToken::generate(&**test.random()).unwrap();
        assert!(database.gate_by_link(&unknown).await.unwrap().is_none());

        let rotated = test.site("Rotated", "SLM-1");
        test.operator().portal_rotate_link(rotated.project).unwrap();
        assert!(database.gate_by_link(&rotated.portal.link).await.unwrap().is_none());

        let closed = test.site("Closed", "SLM-2");
        test.operator().portal_disable(closed.project).unwrap();
        assert!(database.gate_by_link(&closed.portal.link).await.unwrap().is_none());
        let hidden = test.operator().portal_show(closed.project).unwrap().link.unwrap();
        assert!(database.gate_by_link(&hidden).await.unwrap().is_none());

        let deleted = test.site("Deleted", "SLM-3");
        test.operator().set_status(deleted.project, ProjectStatus::Deleted).unwrap();
        assert!(database.gate_by_link(&deleted.portal.link).await.unwrap().is_none());
    }

    async fn a_link_without_a_password_leads_nowhere(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let link = test.operator().portal_rotate_link(project).unwrap();
        assert!(test.database().gate_by_link(&link).await.unwrap().is_none());
    }

    async fn letter_case_of_a_link_counts(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let swapped: String = site.portal.link.as_str().chars()
            .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
            .collect();
        let swapped = LinkToken::parse(&swapped).unwrap();
        assert!(test.database().gate_by_link(&swapped).await.unwrap().is_none());
    }

    async fn an_opening_is_remembered_and_revokes_nothing(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let gate = test.database().gate_by_link(&site.portal.link).await.unwrap().unwrap();
        let session = gate.session(test.clock().now());
        test.database().record_opening(&gate, [203, 0, 113, 9].into(), at("2026-11-21T04:00:07.125Z")).await.unwrap();
        let access = test.operator().portal_show(site.project).unwrap();
        assert_eq!(access.last_opened_at, Some(at("2026-11-21T04:00:07.125Z")));
        let check = test.database().check_session(&session).await.unwrap();
        assert!(matches!(check, SessionCheck::Live(_)));
    }

    async fn a_harder_hash_takes_the_place_of_the_one_that_was_checked(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let gate = test.database().gate_by_link(&site.portal.link).await.unwrap().unwrap();
        let session = gate.session(test.clock().now());
        let harder = cheap_hash(&site.portal.password, &**test.random());
        test.database().renew_password_hash(&gate, &harder).await.unwrap();
        let renewed = test.database().gate_by_link(&site.portal.link).await.unwrap().unwrap();
        assert_eq!(renewed.password_hash().as_str(), harder.as_str());
        let check = test.database().check_session(&session).await.unwrap();
        assert!(matches!(check, SessionCheck::Live(_)));
    }

    async fn a_password_that_was_replaced_meanwhile_stays_replaced(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let gate = test.database().gate_by_link(&site.portal.link).await.unwrap().unwrap();
        let replacement = Password::generate(&**test.random()).unwrap();
        let replacement = cheap_hash(&replacement, &**test.random());
        test.operator().portal_password(site.project, &replacement).unwrap();
        let harder = cheap_hash(&site.portal.password, &**test.random());
        test.database().renew_password_hash(&gate, &harder).await.unwrap();
        let stored = test.database().gate_by_link(&site.portal.link).await.unwrap().unwrap();
        assert_eq!(stored.password_hash().as_str(), replacement.as_str());
    }

    async fn a_session_made_with_a_password_that_was_replaced_meanwhile_is_dead(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let gate = test.database().gate_by_link(&site.portal.link).await.unwrap().unwrap();
        let replacement = Password::generate(&**test.random()).unwrap();
        let replacement = cheap_hash(&replacement, &**test.random());
        test.operator().portal_password(site.project, &replacement).unwrap();
        let check = test.database().check_session(&gate.session(test.clock().now())).await.unwrap();
        assert!(matches!(check, SessionCheck::Dead { .. }));
    }
}
