//! A session lives exactly as long as nothing revoked it, whoever did and wherever.

#![cfg(test)]

use auth::{LinkToken, Password, PortalSession};
use domain::{ProjectStatus, Timestamp};
use store::{Database, SessionCheck};
use testkit::{TestDatabase, at, cheap_hash, on_both_engines};

/// `Ok` for a live session, else the prompt that its holder is sent to.
async fn check(database: &Database, session: &PortalSession) -> Result<(), Option<String>> {
    match database.check_session(session).await.unwrap() {
        SessionCheck::Live(_) => Ok(()),
        SessionCheck::Dead { prompt } => Err(words(prompt)),
    }
}

fn words(prompt: Option<LinkToken>) -> Option<String> {
    prompt.map(|link| link.as_str().to_owned())
}

on_both_engines! {
    async fn a_new_password_ends_sessions_at_once_and_sends_them_to_the_same_link(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let elsewhere = test.another();
        assert_eq!(check(&elsewhere, &session).await, Ok(()));
        let password = Password::generate(&**test.random()).unwrap();
        let hash = cheap_hash(&password, &**test.random());
        test.operator().portal_password(site.project, &hash).unwrap();
        let link = Some(site.portal.link.as_str().to_owned());
        assert_eq!(check(&elsewhere, &session).await, Err(link.clone()));
        assert_eq!(check(test.database(), &session).await, Err(link.clone()));
        assert_eq!(words(elsewhere.prompt_for(&session).await.unwrap()), link);
    }

    async fn who_held_a_replaced_link_never_learns_the_new_one(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let elsewhere = test.another();
        assert_eq!(check(&elsewhere, &session).await, Ok(()));
        test.operator().portal_rotate_link(site.project).unwrap();
        assert_eq!(check(&elsewhere, &session).await, Err(None));
        assert_eq!(words(elsewhere.prompt_for(&session).await.unwrap()), None);
    }

    async fn a_right_epoch_does_not_make_up_for_a_replaced_link(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        test.operator().portal_rotate_link(site.project).unwrap();
        let forward_dated = PortalSession { epoch: session.epoch + 1, ..session };
        assert_eq!(check(test.database(), &forward_dated).await, Err(None));
    }

    async fn a_closed_portal_ends_sessions_for_good(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let elsewhere = test.another();
        assert_eq!(check(&elsewhere, &session).await, Ok(()));
        test.operator().portal_disable(site.project).unwrap();
        assert_eq!(check(&elsewhere, &session).await, Err(None));
        let reopened = test.portal(site.project);
        assert_ne!(reopened.link.as_str(), site.portal.link.as_str());
        assert_eq!(check(&elsewhere, &session).await, Err(None));
    }

    /// Rescue by hand, in the database itself, closes a portal too.
    async fn a_portal_that_is_marked_closed_is_closed(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        assert_eq!(check(test.database(), &session).await, Ok(()));
        test.raw().execute("UPDATE projects SET portal_enabled = '0'");
        assert_eq!(check(test.database(), &session).await, Err(None));
        assert!(test.database().gate_by_link(&site.portal.link).await.unwrap().is_none());
    }

    async fn a_deleted_project_ends_sessions_for_good(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let elsewhere = test.another();
        assert_eq!(check(&elsewhere, &session).await, Ok(()));
        test.operator().set_status(site.project, ProjectStatus::Deleted).unwrap();
        assert_eq!(check(&elsewhere, &session).await, Err(None));
        test.operator().set_status(site.project, ProjectStatus::Active).unwrap();
        let link = Some(site.portal.link.as_str().to_owned());
        assert_eq!(check(&elsewhere, &session).await, Err(link));
    }

    async fn a_project_that_is_finished_can_still_be_seen(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        for status in [ProjectStatus::Completed, ProjectStatus::Archived] {
            test.operator().set_status(site.project, status).unwrap();
            assert_eq!(check(test.database(), &session).await, Ok(()), "{status}");
        }
    }

    async fn a_session_of_a_project_that_never_was_is_dead(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let nowhere = PortalSession { project: domain::ProjectId::from_bytes([7; 16]), ..session };
        assert_eq!(check(test.database(), &nowhere).await, Err(None));
        assert_eq!(words(test.database().prompt_for(&nowhere).await.unwrap()), None);
    }

    async fn a_session_of_another_projects_link_is_dead(test: TestDatabase) {
        let (ours, theirs) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let session = test.session(&ours.portal).await;
        let crossed = PortalSession { project: theirs.project, ..session };
        assert_eq!(check(test.database(), &crossed).await, Err(None));
    }

    async fn an_expired_session_is_sent_to_its_link_while_that_leads_in(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let link = Some(site.portal.link.as_str().to_owned());
        assert_eq!(words(test.database().prompt_for(&session).await.unwrap()), link);
        test.operator().portal_disable(site.project).unwrap();
        assert_eq!(words(test.database().prompt_for(&session).await.unwrap()), None);
    }

    /// Every thread reads through a connection and a memory of its own.
    async fn what_was_revoked_is_noticed_on_every_thread(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let database = test.another();
        let everywhere = || async {
            let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(16));
            let checks = (0..16).map(|_| {
                let (database, barrier) = (database.clone(), barrier.clone());
                tokio::spawn(async move {
                    barrier.wait().await;
                    check(&database, &session).await.is_ok()
                })
            });
            let mut live = 0;
            for check in checks.collect::<Vec<_>>() {
                live += usize::from(check.await.unwrap());
            }
            live
        };
        assert_eq!(everywhere().await, 16);
        test.operator().portal_disable(site.project).unwrap();
        assert_eq!(everywhere().await, 0);
    }

    /// What is remembered of a project is not confused by writes that do not concern it.
    async fn a_commit_elsewhere_changes_nothing_for_a_live_session(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let database = test.another();
        for name in ["One", "Two", "Three"] {
            assert_eq!(check(&database, &session).await, Ok(()));
            test.project(name);
        }
        assert_eq!(check(&database, &session).await, Ok(()));
    }

    async fn a_moved_meter_is_seen_on_the_next_check(test: TestDatabase) {
        let (ours, theirs) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let (our_session, their_session) =
            (test.session(&ours.portal).await, test.session(&theirs.portal).await);
        let database = test.another();
        let now: Timestamp = at("2026-11-21T04:00:00Z");
        let meter = |session: PortalSession, location| {
            let database = database.clone();
            async move {
                let SessionCheck::Live(scope) = database.check_session(&session).await.unwrap() else {
                    panic!("nothing was revoked")
                };
                let location = scope.location(location).unwrap();
                location.current(now).map(|stay| stay.unit().to_string())
            }
        };
        assert_eq!(meter(our_session, ours.location).await.as_deref(), Some("SLM-1"));
        assert_eq!(meter(their_session, theirs.location).await.as_deref(), Some("SLM-2"));
        test.assign(&ours.unit, theirs.location);
        assert_eq!(meter(our_session, ours.location).await, None);
        assert_eq!(meter(their_session, theirs.location).await.as_deref(), Some("SLM-1"));
    }
}
