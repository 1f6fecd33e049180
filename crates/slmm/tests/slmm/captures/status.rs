//! Meters and their monitors.

use domain::{Levels, MeterStatus, Reading, RunState};

use super::{at, captured, db};
use crate::support::{Bench, Reply, expect_fresh, unit};

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
async fn only_a_running_measurement_has_begun_and_silence_on_contact_is_no_loss_of_it() {
    for (state, run) in [
        ("Start", RunState::Measuring),
        ("Measure", RunState::Measuring),
        ("Stop", RunState::Stopped),
        ("Pause", RunState::Unknown),
        ("unknown", RunState::Unknown),
    ] {
        let body = format!(
            r#"{{"data":{{"last_seen":"2026-11-21T04:00:00","measurement_state":"{state}","measurement_start_time":"2026-11-21T04:00:00"}}}}"#
        );
        let bench = Bench::new(move |path| match path {
            path if path.ends_with("_monitor/status") => Reply::no_monitors(),
            _ => Reply::ok(body.clone()),
        })
        .await;
        let status = expect_fresh(bench.slmm.status(&unit("SLM-101")).await);
        let began = (run == RunState::Measuring).then(|| at("2026-11-21T04:00:00Z"));
        assert_eq!(
            (status.run, status.measuring_since),
            (run, began),
            "{state}"
        );
        assert!(status.reachable && status.reading.is_none());
    }
}
