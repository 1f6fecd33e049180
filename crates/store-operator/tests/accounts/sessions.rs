//! Which sessions live, and that those who hold something open hear of it when they do not.

use std::time::Duration;

use auth::{OperatorSession, Role};
use domain::{Clock, OperatorUserId};
use store::{ChangeWatch, Database, DatabaseOptions};
use store_operator::{Asker, Authority, LiveAccount, Operator, OperatorError, SecondFactorThen};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{come_in, is_live, live, wrong};

const ROOT: Authority = Authority::CommandLine;

type Act = fn(&TestDatabase, &Operator, OperatorUserId) -> Result<(), OperatorError>;

/// Everything that ends sessions.
const ENDING: [(&str, Act); 5] = [
    ("reset", |test, staff, id| {
        let hash = cheap_hash(&wrong(), &**test.random());
        staff.reset_password(ROOT, id, &hash, SecondFactorThen::Kept)
    }),
    ("role", |_, staff, id| {
        staff.set_role(ROOT, id, Role::Operator)
    }),
    ("sign out", |_, staff, id| {
        staff.sign_out_everywhere(ROOT, id).map(drop)
    }),
    ("sign out oneself", |test, staff, id| {
        let by = Authority::Account(test.asker(id));
        staff.sign_out_everywhere(by, id).map(drop)
    }),
    ("disable", |_, staff, id| staff.disable_account(ROOT, id)),
];

on_both_engines! {
    async fn a_session_is_of_its_account_as_it_is_now(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let session = come_in(&test, &anna).await;
        let expected = LiveAccount {
            id: anna.id,
            email: "anna@firm.example".to_owned(),
            display_name: "Owner of anna@firm.example".to_owned(),
            role: Role::Admin,
            has_second_factor: false,
            valid_from: session.valid_from,
        };
        let now = test.clock().now();
        assert_eq!(live(test.database(), &session, now).await, Some(expected.clone()));
        test.operator().rename_account(ROOT, anna.id, "Anna").unwrap();
        let renamed = LiveAccount { display_name: "Anna".to_owned(), ..expected };
        assert_eq!(live(&test.another(), &session, now).await, Some(renamed));
        let stranger = OperatorSession { user: OperatorUserId::from_bytes([1; 16]), ..session };
        assert!(!is_live(&test, &stranger).await);
    }

    async fn a_session_ends_with_its_time(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let session = come_in(&test, &anna).await;
        test.clock().step_to(session.issued_at + OperatorSession::IDLE - Duration::from_millis(1));
        assert!(is_live(&test, &session).await);
        test.clock().advance(Duration::from_millis(1));
        assert!(!is_live(&test, &session).await);
    }

    /// All in one and the same millisecond: sessions are told apart all the same.
    async fn every_revoking_act_ends_what_was_before_it_and_nothing_after(test: TestDatabase) {
        let staff = test.operator();
        for (name, act) in ENDING {
            let account = test.account(&format!("{}@firm.example", name.replace(' ', ".")), Role::Admin);
            let other = test.account(&format!("other.{}@firm.example", name.replace(' ', ".")), Role::Admin);
            let (before, unconcerned) = (come_in(&test, &account).await, come_in(&test, &other).await);
            act(&test, &staff, account.id).unwrap();
            assert!(!is_live(&test, &before).await, "{name}");
            assert!(is_live(&test, &unconcerned).await, "{name}");
            if name == "reset" || name == "disable" {
                continue;
            }
            let after = come_in(&test, &account).await;
            assert_eq!(after.issued_at, before.issued_at);
            assert!(is_live(&test, &after).await, "{name}");
            staff.sign_out_everywhere(ROOT, account.id).unwrap();
            assert!(!is_live(&test, &after).await, "{name}, once more");
        }
    }

    async fn enabling_again_brings_no_session_back(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let before = come_in(&test, &anna).await;
        test.operator().disable_account(ROOT, anna.id).unwrap();
        test.operator().enable_account(ROOT, anna.id).unwrap();
        assert!(!is_live(&test, &before).await);
        let after = come_in(&test, &anna).await;
        assert!(is_live(&test, &after).await);
    }

    /// A server whose clock is ahead has made the session: it dies all the same.
    async fn no_clock_saves_a_session(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        test.clock().advance(Duration::from_mins(4));
        let ahead = come_in(&test, &anna).await;
        test.clock().step_to(ahead.issued_at - Duration::from_mins(4));
        assert!(is_live(&test, &ahead).await);
        test.operator().sign_out_everywhere(ROOT, anna.id).unwrap();
        assert!(!is_live(&test, &ahead).await);
    }

    async fn the_session_that_asked_goes_on(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let (own, elsewhere) = (come_in(&test, &anna).await, come_in(&test, &anna).await);
        let by = Authority::Account(Asker::of(&own));
        let valid_from = test.operator().sign_out_everywhere(by, anna.id).unwrap();
        assert!(!is_live(&test, &elsewhere).await);
        assert!(is_live(&test, &OperatorSession { valid_from, ..own }).await);
    }

    async fn every_revoking_act_is_told_to_other_processes(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let staff = test.operator();
        let mut options = DatabaseOptions::new(test.clock().clone());
        options.watch_every = Duration::from_millis(5);
        // Nothing but the notice can tell.
        options.recheck_every = Duration::from_hours(24);
        let other = test.another_with(options);
        let mut watch = begun(&other).await;
        for (name, act) in ENDING {
            let before = test.clock().now();
            let session = OperatorSession::new(anna.id, current(&test), before);
            assert!(live(&other, &session, before).await.is_some(), "{name}");
            act(&test, &staff, anna.id).unwrap();
            let told = tokio::time::timeout(Duration::from_secs(2), watch.changed());
            told.await.unwrap_or_else(|_| panic!("{name} was not told"));
            assert!(live(&other, &session, before).await.is_none(), "{name}");
        }
    }

    /// As when a notice was lost, or somebody disables an account by hand.
    async fn an_end_without_notice_is_found(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        let mut options = DatabaseOptions::new(test.clock().clone());
        options.watch_every = Duration::from_millis(5);
        options.recheck_every = Duration::from_millis(20);
        let other = test.another_with(options);
        let mut watch = begun(&other).await;
        test.raw().execute("UPDATE operator_users SET active = '0'");
        let told = tokio::time::timeout(Duration::from_secs(2), watch.changed());
        told.await.expect("it is found");
        let session = OperatorSession::new(anna.id, current(&test), test.clock().now());
        assert!(!is_live(&test, &session).await);
    }
}

fn current(test: &TestDatabase) -> domain::Timestamp {
    let millis = test
        .raw()
        .number("SELECT max(sessions_valid_from) FROM operator_users");
    domain::Timestamp::from_millisecond(millis).unwrap()
}

/// A watch that has told of its own beginning.
async fn begun(database: &Database) -> ChangeWatch {
    let mut watch = database.watch_changes().unwrap();
    let looked = async {
        while watch.counters().looks < 2 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, looked)
        .await
        .expect("it looks");
    let _told = tokio::time::timeout(Duration::ZERO, watch.changed()).await;
    watch
}
