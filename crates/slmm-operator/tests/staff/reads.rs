//! What staff can see.

use domain::{Metric, RunState};
use slmm_operator::{ControlError, EventSubject, Missing, MonitorMode, RuleStanding};
use slmm_sim::{Reach, RuleSpec};

use crate::support::{Bench, meter, unit};

#[tokio::test]
async fn health_is_told() {
    let bench = Bench::new();
    let health = bench.control.health().await.unwrap();
    assert_eq!(health.service.as_deref(), Some("slmm-nl43-addon"));
    assert_eq!(health.version, None);
}

#[tokio::test]
async fn a_device_is_told_with_its_levels_contact_and_monitor() {
    let bench = Bench::new();
    bench.advance(20);
    let device = bench.control.device(&meter()).await.unwrap();
    assert_eq!((device.unit, device.run), (meter(), RunState::Measuring));
    assert!(device.measuring_since.is_some());
    let levels = device.reading.unwrap().levels;
    assert!(
        Metric::ALL
            .iter()
            .all(|metric| levels.get(*metric).is_some()),
        "{levels:?}"
    );
    assert_eq!(
        (device.contact.reachable, device.contact.kept_up),
        (Some(true), false)
    );
    assert_eq!(device.contact.last_seen, Some(device.reading.unwrap().at));
    assert_eq!(
        (device.polling.enabled, device.polling.interval_s),
        (Some(true), Some(60))
    );
    let monitor = device.monitor.unwrap();
    assert!(monitor.running && monitor.kept_alive);
    assert_eq!(
        (monitor.starts_with_slmm, monitor.mode),
        (Some(true), Some(MonitorMode::Idle))
    );
}

#[tokio::test]
async fn a_lost_meter_is_told_by_its_monitor_and_by_the_poller_where_none_runs() {
    let bench = Bench::new();
    let (watched, visited) = (unit("SLM-103"), unit("SLM-104"));
    bench.sim.set_poller_only("SLM-104", true).unwrap();
    for lost in ["SLM-103", "SLM-104"] {
        bench.sim.set_reach(lost, Reach::Refusing).unwrap();
    }
    bench.advance(300);
    let device = bench.control.device(&watched).await.unwrap();
    assert_eq!(
        (device.contact.reachable, device.contact.kept_up),
        (Some(false), false)
    );
    assert_eq!(device.monitor.unwrap().mode, Some(MonitorMode::BackOff));
    let device = bench.control.device(&visited).await.unwrap();
    assert_eq!(
        (device.contact.reachable, device.contact.kept_up),
        (Some(false), true)
    );
    assert!(device.contact.consecutive_failures >= Some(3));
    assert!(device.contact.last_error.is_some());
    assert!(!device.monitor.unwrap().running);
    let roster = bench.control.roster().await.unwrap();
    assert_eq!(roster.len(), 6);
    let lost: Vec<&str> = roster
        .iter()
        .filter(|unit| unit.contact.reachable == Some(false))
        .map(|unit| unit.name.as_str())
        .collect();
    assert_eq!(lost, ["SLM-103", "SLM-104"]);
    assert_eq!(roster[0].name.unit(), Some(&unit("SLM-101")));
}

#[tokio::test]
async fn a_meter_never_polled_is_a_meter_all_the_same() {
    let bench = Bench::new();
    bench.sim.drop_row("SLM-102", true).unwrap();
    let device = bench.control.device(&meter()).await.unwrap();
    assert_eq!((device.run, device.reading), (RunState::Unknown, None));
    assert_eq!(device.contact.last_seen, None);
}

#[tokio::test]
async fn a_meter_that_slmm_does_not_have_is_not_found() {
    let bench = Bench::new();
    let nobody = unit("NOPE-1");
    let missing = ControlError::NotFound(Missing::Meter);
    assert_eq!(bench.control.device(&nobody).await.unwrap_err(), missing);
    assert_eq!(
        bench.control.monitor_status(&nobody).await.unwrap_err(),
        missing
    );
    assert_eq!(bench.control.rules(&nobody).await.unwrap_err(), missing);
    assert_eq!(
        bench.control.events(&nobody, 50).await.unwrap_err(),
        missing
    );
    assert!(bench.control.rules(&meter()).await.unwrap().is_empty());
    assert!(bench.control.events(&meter(), 50).await.unwrap().is_empty());
    // What SLMM has left of a meter that is gone is shown, so that it can be cleared away.
    bench.sim.insert_rule("NOPE-1", RuleSpec::default());
    assert_eq!(bench.control.rules(&nobody).await.unwrap().len(), 1);
}

#[tokio::test]
async fn rules_are_told_with_what_slmm_makes_of_them() {
    let bench = Bench::new();
    for (metric, days) in [
        ("lp", None),
        ("bogus", None),
        ("leq", Some("Mon")),
        ("lmax", None),
    ] {
        let spec = RuleSpec {
            metric: metric.to_owned(),
            schedule_days: days.map(str::to_owned),
            ..RuleSpec::default()
        };
        bench.sim.insert_rule("SLM-102", spec);
    }
    let rules = bench.control.rules(&meter()).await.unwrap();
    let standings: Vec<_> = rules.iter().map(|rule| rule.standing).collect();
    assert_eq!(
        standings,
        [
            RuleStanding::Watched,
            RuleStanding::UnknownMetric,
            RuleStanding::Malformed,
            RuleStanding::Masked
        ]
    );
    assert_eq!(rules[1].metric_text, "bogus");
    assert_eq!(
        (rules[0].threshold_db, rules[0].cooldown_s),
        (Some(85.0), 300)
    );
}

#[tokio::test]
async fn events_come_newest_first_and_no_more_than_asked() {
    let bench = Bench::new();
    bench.sim.insert_rule(
        "SLM-102",
        RuleSpec {
            threshold_db: 70.0,
            cooldown_s: 0,
            ..RuleSpec::default()
        },
    );
    bench.sim.stall("SLM-102", true).unwrap();
    for level in [80.0, 40.0, 90.0, 40.0, 95.0] {
        bench.advance(5);
        bench.sim.set_level("SLM-102", Some(level)).unwrap();
        bench.sim.poll("SLM-102").unwrap();
    }
    let events = bench.control.events(&meter(), 50).await.unwrap();
    assert_eq!(events.len(), 3);
    assert!(events[0].active && events[0].peak.is_none());
    assert!(!events[1].active && events[1].peak.is_some());
    assert!(events.is_sorted_by(|one, next| one.onset_at >= next.onset_at));
    assert!(matches!(
        events[0].subject,
        EventSubject::Breach {
            metric: Some(Metric::Lp),
            ..
        }
    ));
    assert_eq!(
        bench.control.events(&meter(), 2).await.unwrap(),
        events[..2]
    );
    // To SLMM none at all is a limit, too.
    assert_eq!(
        bench.control.events(&meter(), 0).await.unwrap(),
        events[..1]
    );
}
