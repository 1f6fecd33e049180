//! What is not told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use auth::{LockoutKey, LockoutPolicy};
use domain::{Clock, ProcessId, ProjectId, Timestamp};
use store::{ProcessReport, Watching};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{LOOK, has_news, looked_at, settled, told, until, watching};

/// How often somebody who waits was woken.
#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

on_both_engines! {
    async fn changes_that_nobody_waited_for_are_told_as_one(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let mut watch = settled(&watching(&test, Duration::ZERO)).await;
        for _ in 0..5 {
            test.operator().portal_rotate_link(site.project).unwrap();
        }
        looked_at(&watch).await;
        assert!(has_news(&mut watch).await);
        assert!(!has_news(&mut watch).await);
    }

    /// Of one change there is a notice, and the re-check would find it too.
    async fn what_a_notice_has_told_is_not_told_by_the_re_check(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let mut watch = settled(&watching(&test, 40 * LOOK)).await;
        // The re-check is far off, and falls between commit and notice by no mischance.
        until("a re-check is over", || watch.counters().looks % 40 == 5).await;
        let before = watch.counters();
        test.operator().portal_rotate_link(site.project).unwrap();
        told(&mut watch).await;
        until("two more", || watch.counters().looks > before.looks + 80).await;
        assert_eq!(watch.counters().changes, before.changes + 1);
    }

    /// The re-check is on at every look: it must not mistake anything either.
    async fn nobody_is_woken_while_nothing_changes(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let database = watching(&test, Duration::ZERO);
        let mut watch = settled(&database).await;
        let observer = watch.clone();
        let before = observer.counters();
        let wakes = Arc::new(Wakes::default());
        let waker = Waker::from(wakes.clone());
        let mut wait = Box::pin(watch.changed());
        assert!(wait.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());

        until("ten looks", || observer.counters().looks >= before.looks + 10).await;
        // What was rolled back never happened.
        let mut raw = test.raw();
        raw.execute("BEGIN");
        raw.execute("UPDATE projects SET revision = revision + 1");
        raw.execute("ROLLBACK");
        looked_at(&observer).await;
        assert_eq!(wakes.0.load(Ordering::SeqCst), 0);
        assert_eq!(observer.counters().changes, before.changes);

        test.operator().portal_rotate_link(site.project).unwrap();
        looked_at(&observer).await;
        assert_eq!(wakes.0.load(Ordering::SeqCst), 1);
        assert_eq!(wait.as_mut().poll(&mut Context::from_waker(&waker)), Poll::Ready(()));
    }

    /// Nobody's socket is checked anew because a process reports, or somebody came in.
    async fn what_the_portal_itself_writes_wakes_nobody(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let portal = watching(&test, Duration::ZERO);
        let mut watch = settled(&portal).await;
        let now = test.clock().now();
        let gate = portal.gate_by_link(&site.portal.link).await.unwrap().unwrap();
        portal.record_opening(&gate, [203, 0, 113, 1].into(), now).await.unwrap();
        let harder = cheap_hash(&site.portal.password, &**test.random());
        portal.renew_password_hash(&gate, &harder).await.unwrap();
        let ticket = test.operator().issue_preview_ticket(site.project).unwrap();
        portal.redeem_ticket(&ticket, now).await.unwrap().unwrap();
        let key = LockoutKey::portal(&site.portal.link.fingerprint(), [203, 0, 113, 1].into());
        let policy = LockoutPolicy {
            attempts: 5,
            lock_for: Duration::from_mins(15),
        };
        portal.admit_attempt(&key, &policy, now).await.unwrap();
        portal.report_process(&report(site.project, now)).unwrap();
        test.another().report_process(&report(site.project, now)).unwrap();
        looked_at(&watch).await;
        assert!(!has_news(&mut watch).await);

        test.operator().portal_rotate_link(site.project).unwrap();
        told(&mut watch).await;
        portal.end_process(ProcessId::from_bytes([1; 16])).unwrap();
        looked_at(&watch).await;
        assert!(!has_news(&mut watch).await);
    }
}

fn report(project: ProjectId, at: Timestamp) -> ProcessReport {
    ProcessReport {
        process: ProcessId::from_bytes([1; 16]),
        address: "127.0.0.1:8000".to_owned(),
        version: "0.1.0".to_owned(),
        started_at: at,
        at,
        feeds: 0,
        viewers: 1,
        people: 1,
        warnings: 0,
        errors: 0,
        recent: "[]".to_owned(),
        watching: vec![Watching {
            project,
            epoch: 0,
            people: 1,
        }],
    }
}
