//! Preview tickets open a portal once.

#![cfg(test)]

use std::sync::Arc;
use std::time::Duration;

use auth::{PreviewTicket, TICKET_LIFETIME};
use domain::{Clock, ProjectStatus, TicketId};
use store::SessionCheck;
use testkit::{Site, TestDatabase, on_both_engines};
use tokio::sync::Barrier;

async fn opens(test: &TestDatabase, ticket: &PreviewTicket) -> bool {
    let now = test.clock().now();
    test.database()
        .redeem_ticket(ticket, now)
        .await
        .unwrap()
        .is_some()
}

fn issue(test: &TestDatabase, site: &Site) -> PreviewTicket {
    test.operator().issue_preview_ticket(site.project).unwrap()
}

on_both_engines! {
    async fn a_ticket_opens_a_session_that_lives(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let ticket = issue(&test, &site);
        let now = test.clock().now();
        let session = test.database().redeem_ticket(&ticket, now).await.unwrap().unwrap();
        assert_eq!((session.project, session.issued_at), (site.project, now));
        let check = test.database().check_session(&session).await.unwrap();
        assert!(matches!(check, SessionCheck::Live(_)));
    }

    async fn of_fifty_uses_at_once_on_two_servers_one_opens(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let ticket = issue(&test, &site);
        let servers = [test.another(), test.another()];
        let start = Arc::new(Barrier::new(50));
        let now = test.clock().now();
        let uses: Vec<_> = (0..50)
            .map(|use_: usize| {
                let (server, start) = (servers[use_ % 2].clone(), start.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    server.redeem_ticket(&ticket, now).await.unwrap().is_some()
                })
            })
            .collect();
        let mut opened = 0;
        for one in uses {
            opened += usize::from(one.await.unwrap());
        }
        assert_eq!(opened, 1);
        assert!(!opens(&test, &ticket).await);
    }

    async fn an_expired_ticket_opens_nothing(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let (early, late) = (issue(&test, &site), issue(&test, &site));
        let last_moment = Duration::from_millis(59_999);
        test.clock().advance(last_moment);
        assert!(opens(&test, &early).await);
        test.clock().step_to(early.expires_at);
        assert!(!opens(&test, &late).await);
    }

    async fn what_the_ticket_says_of_its_end_does_not_outweigh_what_was_written_down(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let ticket = issue(&test, &site);
        test.clock().advance(TICKET_LIFETIME);
        let prolonged = PreviewTicket { expires_at: test.clock().now() + TICKET_LIFETIME, ..ticket };
        assert!(!opens(&test, &prolonged).await);
    }

    async fn a_ticket_that_was_never_issued_opens_nothing(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let ticket = issue(&test, &site);
        let unknown = PreviewTicket { id: TicketId::from_bytes([9; 16]), ..ticket };
        assert!(!opens(&test, &unknown).await);
        assert!(opens(&test, &ticket).await);
    }

    async fn a_ticket_opens_its_own_project_only(test: TestDatabase) {
        let (ours, theirs) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let ticket = issue(&test, &ours);
        let crossed = PreviewTicket { project: theirs.project, ..ticket };
        assert!(!opens(&test, &crossed).await);
        assert!(opens(&test, &ticket).await);
    }

    async fn a_ticket_does_not_outlive_its_portal(test: TestDatabase) {
        let closed = test.site("Harbour Tower", "SLM-1");
        let ticket = issue(&test, &closed);
        test.operator().portal_disable(closed.project).unwrap();
        assert!(!opens(&test, &ticket).await);

        let deleted = test.site("Mill Lane", "SLM-2");
        let ticket = issue(&test, &deleted);
        test.operator().set_status(deleted.project, ProjectStatus::Deleted).unwrap();
        assert!(!opens(&test, &ticket).await);
    }
}
