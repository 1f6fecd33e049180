//! On PostgreSQL the portal needs no more rights than `docs/portal-role.sql` gives.

#![cfg(test)]

use std::time::Duration;

use auth::{Admission, LinkFingerprint, LockoutKey, LockoutPolicy, OperatorSession};
use domain::{Clock, ProcessId};
use store::{Database, DatabaseOptions, ProcessReport};
use store::{SchemaStatus, SessionCheck, Watching};
use store_operator::{Actor, Authority, Operator, check_operator_session};
use testkit::{PORTAL_ROLE, TestDatabase, cheap_hash};

fn restricted(test: &TestDatabase) -> Database {
    let options = DatabaseOptions::new(test.clock().clone());
    Database::open(&test.url_of_portal_role(), options).unwrap()
}

#[tokio::test]
async fn the_portal_does_all_it_has_to_with_the_rights_of_its_role() {
    let test = TestDatabase::postgresql();
    let site = test.site("Harbour Tower", "SLM-1");
    let portal = restricted(&test);
    let now = test.clock().now();
    assert_eq!(portal.schema_status().unwrap(), SchemaStatus::Current);
    portal.ping().await.unwrap();

    let gate = portal
        .gate_by_link(&site.portal.link)
        .await
        .unwrap()
        .unwrap();
    let policy = LockoutPolicy {
        attempts: 5,
        lock_for: Duration::from_mins(15),
    };
    for visitor in [1, 2] {
        let link = LinkFingerprint::from_bytes([1; 16]);
        let key = LockoutKey::portal(&link, [203, 0, 113, visitor].into());
        let admission = portal.admit_attempt(&key, &policy, now).await.unwrap();
        assert!(matches!(admission, Admission::Admitted(_)));
        portal.refund_attempt(&key, &policy).await.unwrap();
        portal.admit_attempt(&key, &policy, now).await.unwrap();
        portal.clear_failures(&key).await.unwrap();
    }
    portal
        .record_opening(&gate, [203, 0, 113, 1].into(), now)
        .await
        .unwrap();
    let harder = cheap_hash(&site.portal.password, &**test.random());
    portal.renew_password_hash(&gate, &harder).await.unwrap();
    let check = portal.check_session(&gate.session(now)).await.unwrap();
    assert!(matches!(check, SessionCheck::Live(_)));

    let ticket = test.operator().issue_preview_ticket(site.project).unwrap();
    assert!(portal.redeem_ticket(&ticket, now).await.unwrap().is_some());

    let report = ProcessReport {
        process: ProcessId::from_bytes([1; 16]),
        address: "127.0.0.1:8000".to_owned(),
        version: "0.1.0".to_owned(),
        started_at: now,
        at: now,
        feeds: 0,
        viewers: 0,
        people: 1,
        warnings: 0,
        errors: 0,
        recent: "[]".to_owned(),
        watching: vec![Watching {
            project: site.project,
            epoch: 0,
            people: 1,
        }],
    };
    portal.report_process(&report).unwrap();
    portal.report_process(&report).unwrap();
    portal.end_process(report.process).unwrap();

    // It tells of its beginning once it listens and has read what it compares.
    let mut watch = portal.watch_changes().unwrap();
    tokio::time::timeout(Duration::from_secs(20), watch.changed())
        .await
        .expect("the portal may watch");
}

#[tokio::test]
async fn the_role_of_the_portal_cannot_manage_anything() {
    let test = TestDatabase::postgresql();
    let site = test.site("Harbour Tower", "SLM-1");
    let intruder = Operator::new(
        restricted(&test),
        test.clock().clone(),
        test.random().clone(),
        Actor {
            name: "intruder".to_owned(),
            origin: "the portal".to_owned(),
        },
    );
    assert!(intruder.portal_rotate_link(site.project).is_err());
    assert!(
        intruder
            .set_status(site.project, domain::ProjectStatus::Deleted)
            .is_err()
    );
    assert!(intruder.remove_location(site.location).is_err());
    assert!(intruder.end_assignment(&site.unit).is_err());
    assert!(intruder.issue_preview_ticket(site.project).is_err());
    assert!(intruder.list_clients().is_err());
    assert!(intruder.list_units().is_err());
    assert!(intruder.audit_log(1).is_err());
}

#[tokio::test]
async fn the_role_of_the_portal_sees_nothing_of_staffs_accounts() {
    let test = TestDatabase::postgresql();
    let anna = test.account("anna@firm.example", auth::Role::Superadmin);
    let portal = restricted(&test);
    let now = test.clock().now();
    let session = OperatorSession::new(anna.id, now, now);
    assert!(
        check_operator_session(&test.another(), &session, now)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        check_operator_session(&portal, &session, now)
            .await
            .is_err()
    );
    for table in [
        "operator_users",
        "operator_recovery_codes",
        "operator_unknown_logins",
    ] {
        let right = format!(
            "has_table_privilege('{PORTAL_ROLE}', '{table}', 'SELECT, INSERT, UPDATE, DELETE')"
        );
        assert_eq!(
            test.raw()
                .number(&format!("SELECT CAST({right} AS INTEGER)")),
            0,
            "{table}"
        );
    }
    let intruder = test.operator_of(portal, "intruder");
    assert!(intruder.list_accounts().is_err());
    assert!(intruder.begin_sign_in(&anna.email).is_err());
    assert!(
        intruder
            .disable_account(Authority::CommandLine, anna.id)
            .is_err()
    );
}
