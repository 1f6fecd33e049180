//! Answers captured from a real SLMM 0.4.0, and what each of them means.

use std::path::PathBuf;

use domain::{
    AlertEvent, Comparison, Decibel, EventKind, Levels, Limit, LocalTime, MeterStatus, Metric,
    Reading, RunState, Schedule, Timestamp, TrailPoint,
};
use slmm::{Answer, TrailSpan};

use crate::support::{Bench, Reply, expect_fresh, unit};

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/fixtures/slmm"
    ))
}

/// The captured answer, with the status it came under.
fn captured(name: &str) -> Reply {
    let index = std::fs::read(folder().join("index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
    let status = index[name]["status"].as_u64().unwrap();
    let body = std::fs::read(folder().join(name)).unwrap();
    Reply::Whole(u16::try_from(status).unwrap(), body)
}

fn with_monitors(name: &str, monitors: &str) -> impl Fn(&str) -> Reply + Send + 'static {
    let (answer, monitors) = (captured(name), captured(monitors));
    move |path| {
        if path.ends_with("_monitor/status") {
            monitors.clone()
        } else {
            answer.clone()
        }
    }
}

async fn status(name: &str, of: &str) -> MeterStatus {
    let bench = Bench::new(with_monitors(name, "monitor_status_empty.json")).await;
    expect_fresh(bench.slmm.status(&unit(of)).await)
}

async fn limits(body: Reply, of: &str) -> Vec<Limit> {
    let bench = Bench::new(move |_| body.clone()).await;
    expect_fresh(bench.slmm.limits(&unit(of)).await).to_vec()
}

async fn events(name: &str, of: &str) -> Vec<AlertEvent> {
    let answer = captured(name);
    let bench = Bench::new(move |_| answer.clone()).await;
    expect_fresh(bench.slmm.events(&unit(of)).await).to_vec()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn db(value: f64) -> Option<Decibel> {
    Decibel::new(value)
}

fn reading(time: &str, levels: Levels) -> Reading {
    Reading {
        at: at(time),
        levels,
    }
}

#[tokio::test]
async fn a_measuring_meter() {
    let expected = MeterStatus {
        run: RunState::Measuring,
        measuring_since: Some(at("2026-11-21T04:05:12.671305Z")),
        reading: Some(reading(
            "2026-11-21T04:25:45.458256Z",
            Levels {
                lp: db(65.4),
                leq: db(67.6),
                lmax: db(79.2),
                lmin: db(47.9),
                lpeak: db(92.6),
                ln1: db(75.5),
                ln2: db(72.5),
            },
        )),
        reachable: true,
    };
    assert_eq!(status("status_measuring.json", "SLM-104").await, expected);
}

#[tokio::test]
async fn a_stopped_meter_holds_the_results_of_its_last_measurement() {
    let status = status("status_stopped.json", "SLM-105").await;
    assert_eq!(
        (status.run, status.measuring_since),
        (RunState::Stopped, None)
    );
    let levels = status.reading.unwrap().levels;
    assert_eq!(
        (levels.lp, levels.leq, levels.lpeak),
        (db(60.2), db(64.2), db(89.8))
    );
}

#[tokio::test]
async fn a_stopped_meter_without_results_has_only_an_instantaneous_level() {
    let status = status("status_stopped_no_results.json", "SLM-105").await;
    let only_lp = Levels {
        lp: db(71.7),
        ..Levels::default()
    };
    assert_eq!(
        status.reading,
        Some(reading("2026-11-21T04:29:40.725644Z", only_lp))
    );
}

#[tokio::test]
async fn blanked_values_are_no_values() {
    let some = status("status_missing_some.json", "SLM-104")
        .await
        .reading
        .unwrap()
        .levels;
    let expected = Levels {
        lp: db(66.9),
        lmin: db(47.9),
        lpeak: db(92.6),
        ln2: db(72.5),
        ..Levels::default()
    };
    assert_eq!(some, expected);
    let none = status("status_missing_values.json", "SLM-104").await;
    assert_eq!(
        none.reading,
        Some(reading("2026-11-21T04:25:53.199838Z", Levels::default()))
    );
}

#[tokio::test]
async fn markup_is_no_level_and_spoils_no_other() {
    let levels = status("status_raw_text.json", "SLM-104")
        .await
        .reading
        .unwrap()
        .levels;
    assert_eq!(
        (levels.lp, levels.leq, levels.ln1),
        (None, db(67.6), db(75.4))
    );
}

#[tokio::test]
async fn values_under_wrong_names_are_not_believed() {
    let status = status("status_shifted_fields.json", "SLM-104").await;
    assert_eq!(
        status.reading,
        Some(reading("2026-11-21T04:25:59.434062Z", Levels::default()))
    );
    assert_eq!(status.run, RunState::Measuring);
}

#[tokio::test]
async fn a_meter_that_never_answered_has_no_reading() {
    let expected = MeterStatus {
        run: RunState::Unknown,
        measuring_since: None,
        reading: None,
        reachable: true,
    };
    assert_eq!(
        status("status_never_reached.json", "SLM-198").await,
        expected
    );
    assert_eq!(status("status_404.json", "SLM-999").await, expected);
}

#[tokio::test]
async fn a_lost_meter_is_known_by_its_monitor_or_else_by_its_row() {
    let lost = Bench::new(with_monitors(
        "status_offline.json",
        "monitor_status_offline.json",
    ))
    .await;
    let status_of_lost = expect_fresh(lost.slmm.status(&unit("SLM-103")).await);
    assert!(!status_of_lost.reachable);
    assert_eq!(
        status_of_lost.reading.unwrap().at,
        at("2026-11-21T04:22:58.421911Z")
    );

    let polled = status("status_poller_unreachable.json", "SLM-106").await;
    assert!(!polled.reachable && polled.reading.is_some());
    let found = Bench::new(with_monitors(
        "status_poller_unreachable.json",
        "monitor_status.json",
    ))
    .await;
    assert!(expect_fresh(found.slmm.status(&unit("SLM-106")).await).reachable);
}

#[tokio::test]
async fn the_meters_own_fields_in_place_are_believed_and_no_others() {
    let row = |raw: &str, named: &str| {
        Reply::ok(format!(
            r#"{{"data":{{"last_seen":"2026-11-21T04:00:00",{named},"raw_payload":{raw}}}}}"#
        ))
    };
    let named = r#""lp":"1.0","leq":"2.0","lmax":"4.0","lmin":"5.0","ln1":"6.0","ln2":"7.0","lpeak":"11.0""#;
    for (raw, believed) in [
        (r#""1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0,10.0,11.0""#, true),
        (
            r#"" 1.0, 2.0, -.-, 4.0, 5.0, 6.0, 7.0, -.-, -.-, -.-, 11.0,,,""#,
            true,
        ),
        ("null", true),
        (r#""1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0,10.0""#, false),
        (r#""1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,,10.0,11.0""#, false),
        (r#""1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0, ,10.0,11.0""#, false),
        (r#""9.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0,10.0,11.0""#, false),
        (r#""1.0,9.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0,10.0,11.0""#, false),
        (r#""1.0,2.0,3.0,9.0,5.0,6.0,7.0,8.0,9.0,10.0,11.0""#, false),
        (r#""1.0,2.0,3.0,4.0,9.0,6.0,7.0,8.0,9.0,10.0,11.0""#, false),
        (r#""1.0,2.0,3.0,4.0,5.0,9.0,7.0,8.0,9.0,10.0,11.0""#, false),
        (r#""1.0,2.0,3.0,4.0,5.0,6.0,9.0,8.0,9.0,10.0,11.0""#, false),
        (r#""1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0,10.0,9.0""#, false),
        (r#""""#, false),
    ] {
        let body = row(raw, named);
        let bench = Bench::new(move |path| match path {
            path if path.ends_with("_monitor/status") => Reply::no_monitors(),
            _ => body.clone(),
        })
        .await;
        let status = expect_fresh(bench.slmm.status(&unit("SLM-101")).await);
        let levels = status.reading.unwrap().levels;
        assert_eq!(!levels.is_empty(), believed, "{raw}");
        assert!(levels.is_empty() || levels.lpeak == db(11.0));
    }
}

#[tokio::test]
async fn a_trail() {
    let answer = captured("history.json");
    let bench = Bench::new(move |_| answer.clone()).await;
    let trail = expect_fresh(
        bench
            .slmm
            .trail(&unit("SLM-101"), TrailSpan::TwoHours)
            .await,
    );
    assert_eq!(trail.len(), 8);
    let first = TrailPoint {
        at: at("2026-11-21T04:06:24.496230Z"),
        lp: db(48.2),
        leq: db(61.9),
        lmax: db(74.1),
        ln1: db(72.5),
        ln2: db(67.0),
    };
    assert_eq!(trail.first(), Some(&first));
    assert!(trail.is_sorted_by_key(|point| point.at));
}

#[tokio::test]
async fn a_trail_of_odd_rows_is_what_can_be_read_of_it_oldest_first() {
    let body = r#"{"readings":[null,7,[1,2],{"lp":"50.0"},{"timestamp":17,"lp":"50.0"},
        {"timestamp":"2026-11-21T04:02:00","lp":-1e3,"leq":{"a":[]},"lmax":"80.0","new":{"x":1}},
        {"timestamp":"2026-11-21T04:01:00","lp":50.5}]}"#;
    let bench = Bench::new(move |_| Reply::ok(body)).await;
    let trail = expect_fresh(bench.slmm.trail(&unit("SLM-101"), TrailSpan::Day).await);
    let values: Vec<_> = trail
        .iter()
        .map(|point| (point.at, point.lp, point.leq, point.lmax))
        .collect();
    assert_eq!(
        values,
        [
            (at("2026-11-21T04:01:00Z"), db(50.5), None, None),
            (at("2026-11-21T04:02:00Z"), None, None, db(80.0)),
        ]
    );
}

#[tokio::test]
async fn what_is_empty_is_empty() {
    let answer = captured("history_empty.json");
    let bench = Bench::new(move |_| answer.clone()).await;
    assert!(expect_fresh(bench.slmm.trail(&unit("SLM-999"), TrailSpan::Day).await).is_empty());
    assert!(events("events_empty.json", "SLM-102").await.is_empty());
}

#[tokio::test]
async fn refused_questions_have_no_answer() {
    for name in ["history_422.json", "events_422.json", "rule_404_put.json"] {
        let answer = captured(name);
        let bench = Bench::new(move |_| answer.clone()).await;
        let meter = unit("SLM-101");
        assert_eq!(
            bench.slmm.trail(&meter, TrailSpan::Day).await,
            Answer::Nothing
        );
        assert_eq!(bench.slmm.events(&meter).await, Answer::Nothing);
        assert_eq!(bench.slmm.limits(&meter).await, Answer::Nothing);
    }
}

fn daytime() -> Limit {
    let time = |text: &str| text.parse::<LocalTime>().unwrap();
    Limit {
        rule: 3,
        name: "Daytime limit".to_owned(),
        metric: Some(Metric::Lp),
        comparison: Comparison::Above,
        threshold: 80.0,
        duration_s: 5,
        clear_margin: 2.0,
        schedule: Some(Schedule {
            hours: Some((time("00:00"), time("23:59"))),
            days: None,
        }),
        enabled: true,
    }
}

#[tokio::test]
async fn the_limits_of_a_meter() {
    let limits = limits(captured("rules.json"), "SLM-102").await;
    assert_eq!(limits.first(), Some(&daytime()));
    let night = limits.get(1).unwrap();
    assert_eq!(
        (night.rule, night.metric, night.threshold),
        (4, Some(Metric::Leq), 120.0)
    );
    let schedule = night.schedule.clone().unwrap();
    assert_eq!(schedule.days, Some(vec![0, 1, 2, 3, 4]));
    let (start, end) = schedule.hours.unwrap();
    assert_eq!(
        (start.to_string(), end.to_string()),
        ("22:00".to_owned(), "07:00".to_owned())
    );
    assert_eq!(limits.len(), 2);
}

/// One captured rule, as it would stand in a list.
fn listed(name: &str) -> Reply {
    let Reply::Whole(200, body) = captured(name) else {
        panic!("{name} is no rule");
    };
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    Reply::ok(serde_json::json!({ "rules": [body["rule"]] }).to_string())
}

#[tokio::test]
async fn a_limit_of_defaults_and_one_that_watches_nothing() {
    assert_eq!(
        limits(listed("rule_create.json"), "SLM-102").await,
        [daytime()]
    );
    let defaults = Limit {
        rule: 1,
        name: "Alert".to_owned(),
        metric: Some(Metric::Lp),
        comparison: Comparison::Above,
        threshold: 85.0,
        duration_s: 0,
        clear_margin: 2.0,
        schedule: None,
        enabled: true,
    };
    assert_eq!(
        limits(listed("rule_create_defaults.json"), "SLM-101").await,
        std::slice::from_ref(&defaults)
    );
    let bogus = Limit {
        rule: 7,
        metric: None,
        threshold: 60.0,
        ..defaults
    };
    assert_eq!(
        limits(listed("rule_unvalidated_metric.json"), "SLM-106").await,
        [bogus]
    );
}

#[tokio::test]
async fn every_comparison_but_below_is_above() {
    for (said, meant) in [
        ("\"below\"", Comparison::Below),
        ("\"above\"", Comparison::Above),
        ("\"Below\"", Comparison::Above),
        ("\">\"", Comparison::Above),
        ("null", Comparison::Above),
    ] {
        let body = format!(r#"{{"rules":[{{"id":1,"threshold_db":60,"comparison":{said}}}]}}"#);
        let limits = limits(Reply::ok(body), "SLM-101").await;
        assert_eq!(limits.first().unwrap().comparison, meant, "{said}");
    }
}

#[tokio::test]
async fn a_malformed_schedule_puts_it_and_every_later_limit_out_of_force() {
    for bad in [
        r#""schedule_start":"7am","schedule_end":"19:00""#,
        r#""schedule_days":"Mon""#,
    ] {
        let rules = |enabled: bool| {
            Reply::ok(format!(
                r#"{{"rules":[{{"id":1,"threshold_db":60}},{{"id":2,"threshold_db":61,{bad},"enabled":{enabled}}},{{"id":3,"threshold_db":62}}]}}"#
            ))
        };
        let enabled =
            |limits: Vec<Limit>| limits.iter().map(|limit| limit.enabled).collect::<Vec<_>>();
        assert_eq!(
            enabled(limits(rules(true), "SLM-101").await),
            [true, false, false],
            "{bad}"
        );
        assert_eq!(
            enabled(limits(rules(false), "SLM-101").await),
            [true, false, true],
            "{bad}"
        );
    }
}

#[tokio::test]
async fn a_rule_that_cannot_be_read_is_left_out() {
    let body = r#"{"rules":[null,"x",{"id":1},{"threshold_db":60},{"id":"2","threshold_db":60},
        {"id":3,"threshold_db":"60"},{"id":4,"threshold_db":60,"duration_s":"long","name":7}]}"#;
    let limits = limits(Reply::ok(body), "SLM-101").await;
    let ids: Vec<_> = limits
        .iter()
        .map(|limit| (limit.rule, limit.duration_s, limit.name.as_str()))
        .collect();
    assert_eq!(ids, [(4, 0, "Alert")]);
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
