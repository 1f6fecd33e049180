//! A server that ends connections, goes away and comes back.

use std::time::Duration;

use diesel::{Connection, PgConnection};
use store_operator::{Actor, Operator};
use testkit::{Engine, RawConnection, TestDatabase};

use crate::support::{NEVER, has_news, settled, told, until, watching};

/// Ends every connection to the test's database but the caller's.
fn terminate_all(raw: &mut RawConnection) {
    let ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert!(raw.number(ended) > 0);
}

/// Staff with connections that nobody ended.
fn staff_anew(test: &TestDatabase) -> Operator {
    let actor = Actor {
        name: "tester".to_owned(),
        origin: "test".to_owned(),
    };
    Operator::new(
        test.another(),
        test.clock().clone(),
        test.random().clone(),
        actor,
    )
}

#[tokio::test]
async fn a_connection_that_the_server_ended_is_replaced_and_told_of() {
    let test = TestDatabase::postgresql();
    let site = test.site("Harbour Tower", "SLM-1");
    let database = watching(&test, NEVER);
    let mut watch = settled(&database).await;
    for losses in 1..=3 {
        terminate_all(&mut test.raw());
        // Something may have been committed meanwhile…
        told(&mut watch).await;
        assert_eq!(watch.counters().losses, losses);
        // …and what is committed from now on gives notice again.
        let staff = staff_anew(&test);
        staff.portal_rotate_link(site.project).unwrap();
        told(&mut watch).await;
    }
}

#[tokio::test]
async fn a_server_that_stays_away_for_a_while_is_found_again() {
    let test = TestDatabase::postgresql();
    let database = watching(&test, NEVER);
    let mut watch = settled(&database).await;
    let name = test.raw().text("SELECT current_database()").unwrap();
    let server = std::env::var("TEST_POSTGRES_URL").unwrap();
    let mut server = RawConnection::PostgreSql(PgConnection::establish(&server).unwrap());
    let mut inside = test.raw();

    server.execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
    terminate_all(&mut inside);
    until("the watch sees nothing", || !watch.counters().in_sight).await;
    let missed = watch.counters().looks;
    until("it tries again", || watch.counters().looks > missed + 1).await;
    assert!(!has_news(&mut watch).await, "nothing can be known");
    inside.execute("UPDATE projects SET revision = revision + 1");

    server.execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    // The longest wait between two attempts is two seconds.
    tokio::time::timeout(Duration::from_secs(10), watch.changed())
        .await
        .expect("it is found");
    assert!(watch.counters().in_sight);
}

/// The portal may be there before its tables are.
#[tokio::test]
async fn a_database_without_tables_is_watched_as_soon_as_it_has_them() {
    let test = TestDatabase::unmigrated(Engine::PostgreSql);
    let database = watching(&test, NEVER);
    let mut watch = database.watch_changes().unwrap();
    until("it tries", || watch.counters().looks > 1).await;
    assert!(!watch.counters().in_sight);
    test.database().migrate().unwrap();
    tokio::time::timeout(Duration::from_secs(10), watch.changed())
        .await
        .expect("it is found");
}
