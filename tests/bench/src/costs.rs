//! What single steps of a request cost, one after the other on one thread.

use std::hint::black_box;
use std::sync::Arc;

use auth::{PortalSession, Signer, Token};
use domain::{Clock, SystemClock};
use store::{DatabaseOptions, SessionCheck};
use testkit::TestDatabase;
use testkit::apps::test_key;

/// Times each step is taken.
const TIMES: u32 = 100_000;

/// Prints what the proof of a session costs, and the reading of a row.
pub async fn measure() {
    let data = TestDatabase::sqlite();
    let site = data.site("Harbour Tower", "SLM-101");
    let session = data.session(&site.portal).await;
    let signer = Signer::new(&test_key(), &[]);
    let token = session.seal(&signer);
    let database = data.another_with(DatabaseOptions::new(Arc::new(SystemClock)));

    let begun = SystemClock.elapsed();
    for _ in 0..TIMES {
        black_box(PortalSession::open(&signer, black_box(&token))).expect("a session");
    }
    tell("the cookie's signature", begun);

    let begun = SystemClock.elapsed();
    for _ in 0..TIMES {
        let check = database.check_session(black_box(&session)).await;
        assert!(matches!(check, Ok(SessionCheck::Live(_))), "{check:?}");
    }
    tell(
        "the session against the database (`PRAGMA data_version`)",
        begun,
    );

    let begun = SystemClock.elapsed();
    for _ in 0..TIMES {
        let gate = database.gate_by_link(black_box(&site.portal.link)).await;
        assert!(matches!(gate, Ok(Some(_))));
    }
    tell("a project's row by its link (an indexed read)", begun);
}

fn tell(what: &str, begun: std::time::Duration) {
    let took = SystemClock.elapsed().saturating_sub(begun) / TIMES;
    println!("{what}: {:.2} µs", took.as_secs_f64() * 1e6);
}
