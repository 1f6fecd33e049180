//! Alert rules.

use domain::{Comparison, Limit, LocalTime, Metric, Schedule};

use super::captured;
use crate::support::{Bench, Reply, expect_fresh, unit};

async fn limits(body: Reply, of: &str) -> Vec<Limit> {
    let bench = Bench::new(move |_| body.clone()).await;
    expect_fresh(bench.slmm.limits(&unit(of)).await).to_vec()
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
