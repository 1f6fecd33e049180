//! What is taken, what is refused, and at which field.

use super::*;

fn json(body: &str) -> Result<RuleDraft, Vec<FieldError>> {
    RuleDraft::check(&RuleInput::from_json(body.as_bytes())?)
}

fn form(fields: &[(&str, &str)]) -> Result<RuleDraft, Vec<FieldError>> {
    let fields = fields
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    RuleDraft::check(&RuleInput::from_fields(fields))
}

/// The names of the wrong fields, in order.
fn wrong(result: Result<RuleDraft, Vec<FieldError>>) -> Vec<String> {
    let errors = result.err().unwrap_or_default();
    errors.into_iter().map(|error| error.field).collect()
}

/// The one wrong field of a rule that has a threshold and this.
fn wrong_with(field: &str) -> Vec<String> {
    wrong(json(&format!(r#"{{"threshold_db":65,{field}}}"#)))
}

#[test]
fn what_is_absent_is_what_slmm_takes_for_it() {
    let usual = RuleTerms {
        threshold_db: 65.0,
        ..usual()
    };
    for body in [
        r#"{"threshold_db":65}"#,
        r#"{"threshold_db":65.0,"name":null,"enabled":null,"schedule_start":null,"schedule_days":null}"#,
        r#"{"threshold_db":65,"schedule_start":"","schedule_end":"","schedule_days":""}"#,
        r#"{"threshold_db":65,"schedule_days":[]}"#,
        r#"{"threshold_db":"65.0","id":7,"unit_id":"x","channels":"log,email","recipients":"a@b"}"#,
    ] {
        assert_eq!(json(body).unwrap().terms(), &usual, "{body}");
    }
}

#[test]
fn a_whole_rule_is_taken_as_it_is() {
    let draft = json(
        r#"{"name":" Night ","metric":"leq","comparison":"below","threshold_db":55.5,"duration_s":60,
            "clear_margin_db":1.5,"cooldown_s":600,"schedule_start":"22:00","schedule_end":"07:00",
            "schedule_days":"4,0, 1,4","enabled":false}"#,
    )
    .unwrap();
    let terms = draft.terms();
    assert_eq!(terms.name, "Night");
    assert_eq!(
        (terms.metric, terms.comparison),
        (Metric::Leq, Comparison::Below)
    );
    assert_eq!((terms.threshold_db, terms.clear_margin_db), (55.5, 1.5));
    assert_eq!((terms.duration_s, terms.cooldown_s), (60, 600));
    let (start, end) = terms.hours.unwrap();
    assert_eq!(
        (start.to_string().as_str(), end.to_string().as_str()),
        ("22:00", "07:00")
    );
    assert_eq!(terms.days, Some(vec![0, 1, 4]));
    assert!(!terms.enabled);
}

#[test]
fn a_form_says_the_same_in_texts() {
    let draft = form(&[
        ("token", "the form's own"),
        ("name", "Night"),
        ("metric", "leq"),
        ("threshold_db", " 55.5 "),
        ("duration_s", "60"),
        ("cooldown_s", ""),
        ("schedule_days", "5"),
        ("schedule_days", "6"),
        ("enabled", "false"),
        ("enabled", "on"),
    ])
    .unwrap();
    let terms = draft.terms();
    assert_eq!(
        (terms.threshold_db, terms.duration_s, terms.cooldown_s),
        (55.5, 60, 300)
    );
    assert_eq!(terms.days, Some(vec![5, 6]));
    assert!(terms.enabled);
    let paused = form(&[("threshold_db", "55"), ("enabled", "false")]).unwrap();
    assert!(!paused.terms().enabled);
    assert_eq!(
        wrong(form(&[("threshold_db", "55"), ("name", " ")])),
        ["name"]
    );
    assert_eq!(wrong(form(&[("threshold_db", "")])), ["threshold_db"]);
}

#[test]
fn a_threshold_is_a_level_that_can_be_broken() {
    for threshold in [
        "null", "-0.1", "160.1", "1e999", "-1e999", "\"loud\"", "\"65,5\"", "\"NaN\"", "\"inf\"",
        "true", "[65]", "{}", "\"\"", "\"6e1\"",
    ] {
        let body = format!(r#"{{"threshold_db":{threshold}}}"#);
        assert_eq!(wrong(json(&body)), ["threshold_db"], "{threshold}");
    }
    for (threshold, db) in [("0", 0.0), ("-0.0", 0.0), ("160", 160.0), ("6.55e1", 65.5)] {
        let draft = json(&format!(r#"{{"threshold_db":{threshold}}}"#)).unwrap();
        assert!(
            draft.terms().threshold_db.total_cmp(&db).is_eq(),
            "{threshold}"
        );
    }
    assert_eq!(wrong(json("{}")), ["threshold_db"]);
}

#[test]
fn words_are_those_that_slmm_evaluates() {
    for metric in ["\"bogus\"", "\"LEQ\"", "\"connectivity\"", "\"\"", "7"] {
        assert_eq!(
            wrong_with(&format!(r#""metric":{metric}"#)),
            ["metric"],
            "{metric}"
        );
    }
    for metric in Metric::ALL {
        let body = format!(r#"{{"threshold_db":65,"metric":"{metric}"}}"#);
        assert_eq!(json(&body).unwrap().terms().metric, *metric);
    }
    assert_eq!(wrong_with(r#""comparison":"beyond""#), ["comparison"]);
    assert_eq!(wrong_with(r#""enabled":"yes""#), ["enabled"]);
    assert_eq!(wrong_with(r#""enabled":1"#), ["enabled"]);
    for name in ["\"\"", "\"  \"", "7", "\"a\\nb\""] {
        assert_eq!(wrong_with(&format!(r#""name":{name}"#)), ["name"], "{name}");
    }
    let name = |length| format!(r#""name":"{}""#, "é".repeat(length));
    assert_eq!(wrong_with(&name(81)), ["name"]);
    assert!(wrong_with(&name(80)).is_empty());
}

#[test]
fn seconds_are_whole_and_of_a_day_at_most() {
    for field in ["duration_s", "cooldown_s"] {
        for number in [
            "-1", "1.5", "86401", "1e30", "\"1.5\"", "\"ten\"", "\"+5\"", "[]", "true",
        ] {
            assert_eq!(
                wrong_with(&format!(r#""{field}":{number}"#)),
                [field],
                "{number}"
            );
        }
        for number in ["0", "-0", "60.0", "6e1", "86400", "\"86400\"", "\" 60 \""] {
            assert!(
                wrong_with(&format!(r#""{field}":{number}"#)).is_empty(),
                "{number}"
            );
        }
    }
    for margin in ["-0.1", "40.1", "\"two\""] {
        let field = format!(r#""clear_margin_db":{margin}"#);
        assert_eq!(wrong_with(&field), ["clear_margin_db"], "{margin}");
    }
    for margin in ["0", "0.5", "40", "\"2.0\""] {
        assert!(
            wrong_with(&format!(r#""clear_margin_db":{margin}"#)).is_empty(),
            "{margin}"
        );
    }
}

#[test]
fn hours_have_two_ends_of_four_digits() {
    for time in [
        "7am",
        "7:00",
        "24:00",
        "12:60",
        "07:00:00",
        "0700",
        "-1:00",
        " 7:00",
        "٠٧:٠٠",
    ] {
        let start = format!(r#""schedule_start":"{time}","schedule_end":"08:00""#);
        assert_eq!(wrong_with(&start), ["schedule_start"], "{time}");
        let end = format!(r#""schedule_start":"08:00","schedule_end":"{time}""#);
        assert_eq!(wrong_with(&end), ["schedule_end"], "{time}");
    }
    assert_eq!(wrong_with(r#""schedule_start":"08:00""#), ["schedule_end"]);
    assert_eq!(
        wrong_with(r#""schedule_start":"","schedule_end":"08:00""#),
        ["schedule_start"]
    );
    assert_eq!(
        wrong_with(r#""schedule_start":7,"schedule_end":8"#),
        ["schedule_start", "schedule_end"]
    );
    assert_eq!(
        wrong_with(r#""schedule_start":"7am""#),
        ["schedule_start", "schedule_end"]
    );
}

#[test]
fn days_are_numbers_of_the_week() {
    for days in [
        "\"Mon\"", "\"7\"", "\"-1\"", "\"0,,1\"", "\"1.5\"", "3", "[7]", "[null]", "[[1]]",
        "[true]",
    ] {
        assert_eq!(
            wrong_with(&format!(r#""schedule_days":{days}"#)),
            ["schedule_days"],
            "{days}"
        );
    }
    for days in [
        "\"6,0\"",
        "[6,0]",
        "[\"6\",\"0\"]",
        "[0.0,6]",
        "\" 0 , 6 \"",
    ] {
        let body = format!(r#"{{"threshold_db":65,"schedule_days":{days}}}"#);
        assert_eq!(
            json(&body).unwrap().terms().days,
            Some(vec![0, 6]),
            "{days}"
        );
    }
}

#[test]
fn every_wrong_field_is_told_at_once_with_what_would_be_right() {
    let body = r#"{"name":"","metric":"x","comparison":"x","threshold_db":"x","duration_s":-1,
        "clear_margin_db":-1,"cooldown_s":-1,"schedule_start":"x","schedule_end":"x",
        "schedule_days":"x","enabled":"x"}"#;
    let errors = json(body).unwrap_err();
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 11, "{told:#?}");
    assert_eq!(told[3], "threshold_db: a number from 0 to 160, dB");
    let half = json(r#"{"threshold_db":1,"schedule_end":"08:00"}"#).unwrap_err();
    assert!(half[0].right.contains("or neither"), "{half:?}");
}

#[test]
fn what_is_no_rule_is_told_so() {
    for body in [
        "",
        "[]",
        "7",
        "null",
        "{",
        "threshold_db=85",
        "{\"a\":}",
        "\u{0}",
    ] {
        assert_eq!(wrong(json(body)), ["body"], "{body}");
    }
    assert_eq!(
        wrong(json(r#"{"threshold_db":65,"metrics":"leq"}"#)),
        ["metrics"]
    );
}
