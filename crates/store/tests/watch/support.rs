//! Watching in a test.

use std::time::Duration;

use store::{ChangeWatch, Database, DatabaseOptions};
use testkit::TestDatabase;

/// The promise is that open sockets end within 2 s; 250 ms of them are the default's look.
pub(crate) const TOLD_WITHIN: Duration = Duration::from_secs(2);
/// How often the watches of these tests look.
pub(crate) const LOOK: Duration = Duration::from_millis(5);
pub(crate) const NEVER: Duration = Duration::from_hours(24);

/// A handle of another process that looks so often that a test need not wait.
///
/// With a `recheck_every` of nothing it asks PostgreSQL at every look, and the answer brings all
/// notices of what was committed before: only then does a look leave nothing to be told later.
pub(crate) fn watching(test: &TestDatabase, recheck_every: Duration) -> Database {
    let mut options = DatabaseOptions::new(test.clock().clone());
    options.watch_every = LOOK;
    options.recheck_every = recheck_every;
    test.another_with(options)
}

/// A watch that has told of its own beginning.
pub(crate) async fn settled(database: &Database) -> ChangeWatch {
    let mut watch = database.watch_changes().unwrap();
    until("the watch has begun", || watch.counters().in_sight).await;
    quiet(&mut watch).await;
    watch
}

/// Lets the watch tell of all that was committed before.
pub(crate) async fn quiet(watch: &mut ChangeWatch) {
    looked_at(watch).await;
    has_news(watch).await;
}

/// The next change is told in time.
pub(crate) async fn told(watch: &mut ChangeWatch) {
    tokio::time::timeout(TOLD_WITHIN, watch.changed())
        .await
        .unwrap_or_else(|_late| panic!("nothing was told: {watch:?}"));
}

/// Waits for a whole look: one may have been under way.
pub(crate) async fn looked_at(watch: &ChangeWatch) {
    let enough = watch.counters().looks + 2;
    until("the watch looks", || watch.counters().looks >= enough).await;
}

/// Waits for what nobody announces.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait)
        .await
        .unwrap_or_else(|_late| panic!("not so after a long time: {what}"));
}

/// Whether a wait would be over at once.
pub(crate) async fn has_news(watch: &mut ChangeWatch) -> bool {
    tokio::time::timeout(Duration::ZERO, watch.changed())
        .await
        .is_ok()
}

/// Connections to a PostgreSQL server on which somebody listens and does nothing else.
pub(crate) fn listeners(test: &TestDatabase) -> i64 {
    test.raw().number(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
         AND (query LIKE 'LISTEN%' OR query LIKE '%AS mark FROM projects')",
    )
}
