//! What is told, and when.

use std::sync::Arc;
use std::time::Duration;

use auth::PortalSession;
use domain::{LocationKind, ProjectStatus};
use store::{Database, SessionCheck};
use store_operator::NewLocation;
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{NEVER, TOLD_WITHIN, quiet, settled, told, watching};

/// How many locations a session may see; none once it is over.
async fn locations_shown(database: &Database, session: &PortalSession) -> Option<usize> {
    match database.check_session(session).await.unwrap() {
        SessionCheck::Live(scope) => Some(scope.locations().len()),
        SessionCheck::Dead { .. } => None,
    }
}

fn a_location() -> NewLocation {
    NewLocation {
        name: "South gate".to_owned(),
        kind: LocationKind::Sound,
        description: None,
        latitude: None,
        longitude: None,
    }
}

on_both_engines! {
    async fn a_revocation_of_another_process_is_told_in_time_as_things_are_set_by_default(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let portal = test.another();
        let mut watch = settled(&portal).await;
        test.operator().portal_rotate_link(site.project).unwrap();
        told(&mut watch).await;
    }

    async fn a_revocation_of_this_process_is_told_too(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let mut watch = settled(test.database()).await;
        test.operator().portal_disable(site.project).unwrap();
        told(&mut watch).await;
    }

    /// Without the re-check, so that nothing but the notice can have told.
    async fn every_kind_of_change_gives_notice(test: TestDatabase) {
        let (site, other) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let mut watch = settled(&watching(&test, NEVER)).await;
        let staff = test.operator();
        let hash = cheap_hash(&site.portal.password, &**test.random());
        let client = test.client("Harbour Ltd");
        let acts: [(&str, &dyn Fn()); 7] = [
            ("password", &|| staff.portal_password(site.project, &hash).unwrap()),
            ("client", &|| staff.link_project(site.project, client).unwrap()),
            ("location", &|| {
                test.location(site.project, "South gate");
            }),
            ("move", &|| test.assign(&site.unit, other.location)),
            ("end", &|| {
                staff.end_assignment(&site.unit).unwrap();
            }),
            ("removal", &|| staff.remove_location(site.location).unwrap()),
            ("deletion", &|| staff.set_status(site.project, ProjectStatus::Deleted).unwrap()),
        ];
        for (name, act) in acts {
            quiet(&mut watch).await;
            act();
            let told = tokio::time::timeout(TOLD_WITHIN, watch.changed()).await;
            assert!(told.is_ok(), "{name}");
        }
    }

    /// What every socket does when it is told: nobody may be let in again by what a thread or the
    /// process remembers.
    async fn when_a_revocation_is_told_no_check_lets_the_session_live(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let portal = watching(&test, NEVER);
        let watch = settled(&portal).await;
        let remembered = Arc::new(tokio::sync::Barrier::new(17));
        let sockets: Vec<_> = (0..16)
            .map(|_| {
                let (portal, mut watch) = (portal.clone(), watch.clone());
                let remembered = remembered.clone();
                tokio::spawn(async move {
                    assert!(locations_shown(&portal, &session).await.is_some());
                    remembered.wait().await;
                    told(&mut watch).await;
                    locations_shown(&portal, &session).await
                })
            })
            .collect();
        remembered.wait().await;
        test.operator().portal_disable(site.project).unwrap();
        for socket in sockets {
            assert_eq!(socket.await.unwrap(), None);
        }
    }

    async fn no_change_is_lost_between_two_waits(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let portal = watching(&test, NEVER);
        let mut watch = settled(&portal).await;
        let mut expected = 1;
        for burst in [1, 2, 1, 5, 1, 3, 1, 8, 1, 4] {
            let staff = test.operator();
            let writer = tokio::task::spawn_blocking(move || {
                for _ in 0..burst {
                    staff.add_location(site.project, &a_location()).unwrap();
                }
            });
            expected += burst;
            // Were the last one missed, nobody would tell again.
            while locations_shown(&portal, &session).await != Some(expected) {
                told(&mut watch).await;
            }
            writer.await.unwrap();
        }
    }

    /// As when a notice was lost, or somebody closes a portal by hand.
    async fn a_change_without_notice_is_found(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        let portal = watching(&test, Duration::from_millis(20));
        let mut watch = settled(&portal).await;
        test.raw().execute("UPDATE projects SET revision = revision + 1");
        told(&mut watch).await;
        test.raw().execute("UPDATE projects SET portal_enabled = '0'");
        told(&mut watch).await;
        assert_eq!(locations_shown(&portal, &session).await, None);
    }
}
