//! Whatever is given, what passes is safe to send.

use domain::Schedule;
use proptest::prelude::*;

use super::*;

fn given() -> impl Strategy<Value = Given> {
    let text = prop_oneof![
        ".{0,90}",
        "[0-9]{1,6}(\\.[0-9]{1,2})?",
        "[0-2]?[0-9]:[0-6][0-9]",
        "[0-8](,[0-8]){0,7}",
        Just("leq".to_owned()),
        Just("below".to_owned()),
        Just("on".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Given::Absent),
        Just(Given::Other),
        any::<bool>().prop_map(Given::from),
        any::<f64>().prop_map(Given::from),
        (-20.0..200.0_f64).prop_map(Given::from),
        any::<i64>().prop_map(Given::from),
        (0..100_000_i64).prop_map(Given::from),
        text.prop_map(Given::from),
    ];
    leaf.prop_recursive(2, 12, 6, |inner| {
        proptest::collection::vec(inner, 0..6).prop_map(Given::List)
    })
}

fn input() -> impl Strategy<Value = RuleInput> {
    // Mostly right, or hardly any would pass.
    let field = prop_oneof![4 => Just(Given::Absent), 1 => given()];
    let threshold = prop_oneof![4 => (0..160_i64).prop_map(Given::from), 1 => given()];
    (proptest::array::uniform10(field), threshold).prop_map(|(fields, threshold_db)| {
        let [
            name,
            metric,
            comparison,
            duration_s,
            clear_margin_db,
            cooldown_s,
            schedule_start,
            schedule_end,
            schedule_days,
            enabled,
        ] = fields;
        RuleInput {
            name,
            metric,
            comparison,
            threshold_db,
            duration_s,
            clear_margin_db,
            cooldown_s,
            schedule_start,
            schedule_end,
            schedule_days,
            enabled,
        }
    })
}

/// Everything that is promised of a draft, on what is sent of it.
fn assert_safe(draft: &RuleDraft) {
    let body = crate::wire::rule_body(draft, None).unwrap();
    let sent: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert!((0.0..=160.0).contains(&sent["threshold_db"].as_f64().unwrap()));
    assert!((0.0..=40.0).contains(&sent["clear_margin_db"].as_f64().unwrap()));
    for field in ["duration_s", "cooldown_s"] {
        assert!(sent[field].as_u64().unwrap() <= 86_400);
    }
    let text = |field: &str| sent[field].as_str().map(str::to_owned);
    let length = text("name").unwrap().chars().count();
    assert!((1..=80).contains(&length));
    assert!(text("metric").unwrap().parse::<Metric>().is_ok());
    assert!(text("comparison").unwrap().parse::<Comparison>().is_ok());
    let (start, end, days) = (
        text("schedule_start"),
        text("schedule_end"),
        text("schedule_days"),
    );
    assert_eq!(start.is_some(), end.is_some());
    assert!(start.iter().chain(&end).all(|time| time.len() == 5));
    let read = Schedule::from_slmm(start.as_deref(), end.as_deref(), days.as_deref());
    assert!(read.is_ok(), "SLMM would choke on it: {body:?}");
    assert!(days.is_none_or(|days| !days.is_empty() && days.split(',').all(|day| day.len() == 1)));
}

proptest! {
    #[test]
    fn what_passes_is_safe_and_what_does_not_is_told(input in input()) {
        match RuleDraft::check(&input) {
            Ok(draft) => assert_safe(&draft),
            Err(errors) => prop_assert!(!errors.is_empty()),
        }
    }

    #[test]
    fn any_threshold_is_in_range_or_refused(db in any::<f64>()) {
        let input = RuleInput { threshold_db: db.into(), ..RuleInput::default() };
        let draft = RuleDraft::check(&input);
        prop_assert_eq!(draft.is_ok(), (0.0..=160.0).contains(&db));
    }

    #[test]
    fn whole_seconds_of_a_day_are_taken_and_no_others(number in -100_000..100_000_i64, fraction in 0..10_u8) {
        let text = format!("{number}.{fraction}");
        let input = RuleInput {
            threshold_db: 65.0.into(),
            duration_s: Given::Number(text),
            ..RuleInput::default()
        };
        let right = fraction == 0 && (0..=86_400).contains(&number);
        let draft = RuleDraft::check(&input);
        prop_assert_eq!(draft.is_ok(), right);
        if let Ok(draft) = draft {
            prop_assert_eq!(i64::from(draft.terms().duration_s), number);
        }
    }

    #[test]
    fn every_minute_of_the_day_is_a_time_and_keeps_its_digits(start in 0..1440_u16, end in 0..1440_u16) {
        let written = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let input = RuleInput {
            threshold_db: 65.0.into(),
            schedule_start: written(start).into(),
            schedule_end: written(end).into(),
            ..RuleInput::default()
        };
        let draft = RuleDraft::check(&input).unwrap();
        let (from, until) = draft.terms().hours.unwrap();
        prop_assert_eq!((from.to_string(), until.to_string()), (written(start), written(end)));
    }

    #[test]
    fn no_body_makes_it_panic(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(input) = RuleInput::from_json(&body) {
            RuleDraft::check(&input).ok();
        }
    }
}
