//! Handles, and the one watch behind them.

use std::time::Duration;

use store::ChangeWatch;
use testkit::{Engine, TestDatabase, on_both_engines};

use crate::support::{NEVER, has_news, listeners, looked_at, settled, told, until, watching};

on_both_engines! {
    async fn each_handle_tells_of_each_change_that_came_after_it(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let database = watching(&test, Duration::ZERO);
        let mut early = settled(&database).await;
        test.operator().portal_rotate_link(site.project).unwrap();
        looked_at(&early).await;
        let mut cloned = early.clone();
        let mut late = database.watch_changes().unwrap();
        assert!(has_news(&mut early).await);
        assert!(has_news(&mut cloned).await, "a clone has not told of it yet");
        assert!(!has_news(&mut late).await, "it was before its time");
        test.operator().portal_rotate_link(site.project).unwrap();
        for watch in [&mut early, &mut cloned, &mut late] {
            told(watch).await;
        }
    }

    async fn a_database_has_one_watch_however_often_it_is_asked_for(test: TestDatabase) {
        let database = watching(&test, NEVER);
        let mut watches = vec![settled(&database).await];
        for handle in [database.clone(), database.clone()] {
            watches.push(handle.watch_changes().unwrap());
        }
        looked_at(&watches[0]).await;
        let counters: Vec<_> = watches.iter().map(ChangeWatch::counters).collect();
        assert!(counters.iter().all(|of| of.changes == 1 && of.looks >= counters[0].looks), "{counters:?}");
        if test.engine() == Engine::PostgreSql {
            assert_eq!(listeners(&test), 1);
        }
    }

    async fn a_watch_that_outlives_its_database_goes_on(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let mut watch = {
            let database = watching(&test, NEVER);
            settled(&database).await
        };
        test.operator().portal_rotate_link(site.project).unwrap();
        told(&mut watch).await;
    }
}

#[tokio::test]
async fn the_watch_ends_with_its_last_handle() {
    let test = TestDatabase::postgresql();
    let database = watching(&test, NEVER);
    let watch = settled(&database).await;
    assert_eq!(listeners(&test), 1);
    drop(watch);
    let watch = settled(&database).await;
    assert_eq!(watch.counters().losses, 0);
    assert_eq!(listeners(&test), 1);
    drop((database, watch));
    until("the connection is closed", || listeners(&test) == 0).await;
}
