//! What staff can change.

use domain::{Comparison, Metric};
use slmm_operator::{ControlError, Given, Missing, RuleDraft, RuleInput, StaffName};
use slmm_sim::{Endpoint, RuleSpec};

use crate::support::{Bench, draft, meter, some_draft, unit};

#[tokio::test]
async fn a_rule_is_stored_as_drafted() {
    let bench = Bench::new();
    let draft = draft(
        r#"{"name":"Night <b>","metric":"leq","comparison":"below","threshold_db":55.5,"duration_s":60,
            "clear_margin_db":1.5,"cooldown_s":600,"schedule_start":"22:00","schedule_end":"07:00",
            "schedule_days":[4,0],"enabled":false}"#,
    );
    let rule = bench.control.create_rule(&meter(), &draft).await.unwrap();
    assert_eq!(
        (rule.name.as_str(), rule.metric),
        ("Night <b>", Some(Metric::Leq))
    );
    assert_eq!((rule.comparison, rule.enabled), (Comparison::Below, false));
    let stored = &bench.sim.rules("SLM-102")[0];
    assert_eq!(stored.id, rule.id);
    let expected = RuleSpec {
        name: "Night <b>".to_owned(),
        metric: "leq".to_owned(),
        comparison: "below".to_owned(),
        threshold_db: 55.5,
        duration_s: 60,
        clear_margin_db: 1.5,
        cooldown_s: 600,
        schedule_start: Some("22:00".to_owned()),
        schedule_end: Some("07:00".to_owned()),
        schedule_days: Some("0,4".to_owned()),
        enabled: false,
        ..RuleSpec::default()
    };
    assert_eq!(stored.spec, expected);
    assert_eq!(bench.control.rules(&meter()).await.unwrap(), [rule]);
}

#[tokio::test]
async fn a_rule_is_replaced_whole_but_for_what_drafts_do_not_hold() {
    let bench = Bench::new();
    let inert = RuleSpec {
        channels: "log,email".to_owned(),
        recipients: Some("somebody".to_owned()),
        duration_s: 30,
        ..RuleSpec::default()
    };
    let id = bench.sim.insert_rule("SLM-102", inert).id;
    let rule = bench
        .control
        .update_rule(&meter(), id, &some_draft())
        .await
        .unwrap();
    assert_eq!((rule.id, rule.duration_s), (id, 60));
    let stored = &bench.sim.rules("SLM-102")[0].spec;
    assert_eq!((stored.name.as_str(), stored.threshold_db), ("Night", 55.0));
    assert_eq!(stored.channels, "log,email");
    assert_eq!(stored.recipients.as_deref(), Some("somebody"));
}

#[tokio::test]
async fn a_stored_rule_can_be_paused_as_it_stands() {
    let bench = Bench::new();
    let rule = bench
        .control
        .create_rule(&meter(), &some_draft())
        .await
        .unwrap();
    let paused = RuleInput {
        enabled: Given::from(false),
        ..RuleInput::from(&rule)
    };
    let paused = RuleDraft::check(&paused).unwrap();
    let after = bench
        .control
        .update_rule(&meter(), rule.id, &paused)
        .await
        .unwrap();
    assert!(!after.enabled);
    assert_eq!(
        (after.name, after.threshold_db),
        (rule.name, rule.threshold_db)
    );
}

#[tokio::test]
async fn a_deleted_rules_id_goes_to_the_next_and_its_events_are_not_taken_for_that_ones() {
    let bench = Bench::new();
    bench.sim.stall("SLM-102", true).unwrap();
    let loud = draft(r#"{"name":"Loud","threshold_db":60}"#);
    let first = bench.control.create_rule(&meter(), &loud).await.unwrap();
    bench.advance(5);
    bench.sim.set_level("SLM-102", Some(80.0)).unwrap();
    bench.sim.poll("SLM-102").unwrap();
    let event = bench.control.events(&meter(), 1).await.unwrap().remove(0);
    assert!(event.active && event.is_of(&first));
    bench.control.delete_rule(&meter(), first.id).await.unwrap();
    assert!(
        !bench.control.events(&meter(), 1).await.unwrap()[0].active,
        "closed at once"
    );
    let next = bench
        .control
        .create_rule(&meter(), &some_draft())
        .await
        .unwrap();
    assert_eq!(next.id, first.id, "SLMM gives it again");
    assert!(!event.is_of(&next));
    let renamed = draft(r#"{"name":"Louder","threshold_db":60}"#);
    let changed = bench
        .control
        .update_rule(&meter(), next.id, &renamed)
        .await
        .unwrap();
    assert!(!event.is_of(&changed));
    let louder = draft(r#"{"name":"Loud","threshold_db":61}"#);
    let changed = bench
        .control
        .update_rule(&meter(), next.id, &louder)
        .await
        .unwrap();
    assert!(!event.is_of(&changed));
}

#[tokio::test]
async fn what_is_not_there_cannot_be_changed() {
    let bench = Bench::new();
    let (nobody, control) = (unit("NOPE-1"), &bench.control);
    let by = StaffName::check("Jo").unwrap();
    let draft = some_draft();
    let no = |missing| ControlError::NotFound(missing);
    let kept = bench.sim.insert_rule("SLM-101", RuleSpec::default()).id;
    assert_eq!(
        control.create_rule(&nobody, &draft).await.unwrap_err(),
        no(Missing::Meter)
    );
    assert_eq!(
        control
            .update_rule(&nobody, kept, &draft)
            .await
            .unwrap_err(),
        no(Missing::Meter)
    );
    assert_eq!(
        control.keep_alive(&nobody, true).await.unwrap_err(),
        no(Missing::Meter)
    );
    assert_eq!(
        control
            .update_rule(&meter(), kept, &draft)
            .await
            .unwrap_err(),
        no(Missing::Rule)
    );
    assert_eq!(
        control.delete_rule(&meter(), kept).await.unwrap_err(),
        no(Missing::Rule)
    );
    assert_eq!(
        control.delete_rule(&meter(), -1).await.unwrap_err(),
        no(Missing::Rule)
    );
    assert_eq!(
        control.acknowledge(&meter(), 9_999, &by).await.unwrap_err(),
        no(Missing::Event)
    );
    // Nothing was stored, and no monitor was made of nobody.
    assert!(bench.sim.rules("NOPE-1").is_empty());
    assert_eq!(bench.sim.rules("SLM-101").len(), 1);
    assert_eq!(bench.sim.counters().requests(Endpoint::MonitorControl), 0);
}

#[tokio::test]
async fn an_event_is_acknowledged_under_whatever_name_somebody_has() {
    let bench = Bench::new();
    bench.sim.stall("SLM-102", true).unwrap();
    bench
        .control
        .create_rule(&meter(), &draft(r#"{"threshold_db":60}"#))
        .await
        .unwrap();
    bench.advance(5);
    bench.sim.set_level("SLM-102", Some(80.0)).unwrap();
    bench.sim.poll("SLM-102").unwrap();
    let event = bench.control.events(&meter(), 1).await.unwrap().remove(0);
    assert_eq!(event.acknowledged, None);
    for name in ["Jo Á. & Söhne #1", "a+b=c/../%2e?x", "O'Neil; DROP"] {
        bench.advance(1);
        let by = StaffName::check(name).unwrap();
        bench
            .control
            .acknowledge(&meter(), event.id, &by)
            .await
            .unwrap();
        let seen = bench.control.events(&meter(), 1).await.unwrap().remove(0);
        let seen = seen.acknowledged.unwrap();
        assert_eq!(seen.by.as_deref(), Some(name));
    }
    let (other, by) = (unit("SLM-101"), StaffName::check("Jo").unwrap());
    let acked = bench.control.acknowledge(&other, event.id, &by).await;
    assert_eq!(acked.unwrap_err(), ControlError::NotFound(Missing::Event));
}

#[tokio::test]
async fn keepalive_is_turned_off_and_on_and_a_rule_turns_it_on() {
    let bench = Bench::new();
    let control = &bench.control;
    let kept = || async { control.monitor_status(&meter()).await.unwrap() };
    assert!(kept().await.kept_alive);
    control.keep_alive(&meter(), false).await.unwrap();
    bench.advance(30);
    let off = kept().await;
    assert!(!off.kept_alive && !off.running && off.starts_with_slmm == Some(false));
    assert_eq!(off.mode, None);
    let rule = control.create_rule(&meter(), &some_draft()).await.unwrap();
    assert!(kept().await.kept_alive, "pinned by the rule");
    control.delete_rule(&meter(), rule.id).await.unwrap();
    assert!(kept().await.kept_alive, "and not released by its deletion");
    control.keep_alive(&meter(), false).await.unwrap();
    control.keep_alive(&meter(), true).await.unwrap();
    let on = kept().await;
    assert!(on.kept_alive && on.running && on.starts_with_slmm == Some(true));
}
