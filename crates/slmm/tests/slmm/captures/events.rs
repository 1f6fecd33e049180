//! Alert events.

use domain::{AlertEvent, EventKind, Metric};

use super::{at, captured, db};
use crate::support::{Bench, Reply, expect_fresh, unit};

async fn events(name: &str, of: &str) -> Vec<AlertEvent> {
    let answer = captured(name);
    let bench = Bench::new(move |_| answer.clone()).await;
    expect_fresh(bench.slmm.events(&unit(of)).await).to_vec()
}

fn breach() -> AlertEvent {
    AlertEvent {
        id: 2,
        rule: 3,
        name: "Daytime limit".to_owned(),
        kind: EventKind::Breach {
            metric: Metric::Lp,
            threshold: 80.0,
        },
        onset_at: at("2026-11-21T04:22:48Z"),
        onset: db(90.1),
        peak: db(90.1),
        clear_at: None,
        active: true,
    }
}

#[tokio::test]
async fn a_breach_from_onset_to_end() {
    assert_eq!(events("events_active.json", "SLM-102").await, [breach()]);
    assert_eq!(
        events("events_acked_active.json", "SLM-102").await,
        [breach()]
    );
    let cleared = AlertEvent {
        peak: db(96.0),
        clear_at: Some(at("2026-11-21T04:23:09.822208Z")),
        active: false,
        ..breach()
    };
    assert_eq!(events("events_cleared.json", "SLM-102").await, [cleared]);
    let window = events("events_closed_by_delete.json", "SLM-106").await;
    assert_eq!(
        window
            .first()
            .map(|event| (event.active, event.clear_at.is_some())),
        Some((false, true))
    );
    let stuck = events("events_stuck_active.json", "SLM-106").await;
    assert_eq!(
        stuck.first().map(|event| (event.active, event.clear_at)),
        Some((true, None))
    );
}

#[tokio::test]
async fn lost_contact_is_no_breach() {
    let lost = |id, onset: &str, clear: Option<&str>| AlertEvent {
        id,
        rule: 0,
        name: "Device unreachable".to_owned(),
        kind: EventKind::Connectivity,
        onset_at: at(onset),
        onset: None,
        peak: None,
        clear_at: clear.map(at),
        active: clear.is_none(),
    };
    let (first, second) = (
        lost(
            1,
            "2026-11-21T04:16:57Z",
            Some("2026-11-21T04:17:52.801816Z"),
        ),
        lost(3, "2026-11-21T04:23:02Z", None),
    );
    assert_eq!(
        events("events_connectivity.json", "SLM-103").await,
        [second, first]
    );
    let (ended, stuck) = (
        lost(
            3,
            "2026-11-21T04:23:02Z",
            Some("2026-11-21T04:24:39.850088Z"),
        ),
        lost(15, "2026-11-21T04:49:42Z", None),
    );
    assert_eq!(
        events("events_connectivity_stuck.json", "SLM-103").await,
        [stuck, ended]
    );
    let unknown = lost(10, "2026-11-21T04:35:33Z", None);
    assert_eq!(
        events("events_connectivity_unknown_unit.json", "NOPE-1").await,
        [unknown]
    );
}

#[tokio::test]
async fn events_come_newest_first_and_those_that_cannot_be_read_not_at_all() {
    let event = |id: u8, metric: &str, onset: &str| {
        format!(
            r#"{{"id":{id},"rule_id":1,"metric":{metric},"threshold_db":60.0,"onset_at":{onset}}}"#
        )
    };
    let rows = [
        event(1, r#""lp""#, r#""2026-11-21T04:00:01""#),
        event(2, r#""lp""#, r#""2026-11-21T04:00:02""#),
        event(3, r#""lp""#, r#""2026-11-21T04:00:02""#),
        event(4, r#""bogus""#, r#""2026-11-21T04:00:02""#),
        event(5, "null", r#""2026-11-21T04:00:02""#),
        event(6, r#""lp""#, r#""yesterday""#),
        event(7, r#""lp""#, "null"),
        "null".to_owned(),
    ];
    let body = format!(r#"{{"events":[{}]}}"#, rows.join(","));
    let bench = Bench::new(move |_| Reply::ok(body.clone())).await;
    let events = expect_fresh(bench.slmm.events(&unit("SLM-101")).await);
    assert_eq!(
        events.iter().map(|event| event.id).collect::<Vec<_>>(),
        [3, 2, 1]
    );
}
