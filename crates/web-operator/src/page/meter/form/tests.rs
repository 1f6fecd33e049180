use super::*;

fn form(fields: &[(&str, &str)]) -> RuleForm {
    let pairs = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    RuleForm::new(&RuleInput::from_fields(pairs), ["L1", "L10"])
}

fn ticked(form: &RuleForm) -> Vec<&str> {
    let days = form.days.iter().filter(|day| day.ticked);
    days.map(|day| day.name).collect()
}

#[test]
fn boxes_are_ticked_as_they_were_sent_one_by_one_or_in_one_field() {
    let boxes = [("schedule_days", "0"), ("schedule_days", "5")];
    assert_eq!(ticked(&form(&boxes)), ["Mon", "Sat"]);
    assert_eq!(ticked(&form(&[("schedule_days", "0, 5")])), ["Mon", "Sat"]);
    assert!(ticked(&form(&[])).is_empty(), "every day");
    assert!(
        ticked(&form(&[("schedule_days", "10")])).is_empty(),
        "10 is not 1 and 0"
    );
}

#[test]
fn a_time_that_a_browser_would_not_show_stays_a_text() {
    let kind = |text: &str| {
        let form = form(&[("schedule_start", text)]);
        (form.schedule_start.kind, form.schedule_start.value)
    };
    assert_eq!(kind("22:00"), ("time", "22:00".into()));
    assert_eq!(
        kind("7:05"),
        ("time", "07:05".into()),
        "as browsers want it"
    );
    assert_eq!(kind(""), ("time", String::new()));
    assert_eq!(kind("7am"), ("text", "7am".into()));
}

#[test]
fn what_is_stored_is_never_shown_as_something_else() {
    let loud = form(&[("metric", "loud")]);
    assert!(loud.metric.choices.iter().any(|(name, _)| name == "loud"));
    let leq = form(&[]);
    assert_eq!(
        (leq.metric.value.as_str(), leq.metric.choices.len()),
        ("leq", 7)
    );
}

#[test]
fn a_problem_stands_at_its_field_and_what_is_folded_away_opens() {
    let refused = |field: &str| {
        let problem = FieldProblem::new(field, "a number from 0 to 40, dB");
        form(&[("threshold_db", "x")])
            .refused(WebError::Unprocessable(vec![problem]))
            .unwrap()
    };
    let threshold = refused("threshold_db");
    assert_eq!(
        (
            threshold.threshold_db.value.as_str(),
            threshold.threshold_db.problem.as_deref()
        ),
        ("x", Some("The threshold needs a number from 0 to 40, dB."))
    );
    assert!(threshold.refused && !threshold.advanced && threshold.problem.is_none());
    assert!(refused("clear_margin_db").advanced && refused("cooldown_s").advanced);
    assert!(refused("schedule_days").schedule_days.problem.is_some());
    assert_eq!(
        refused("moon").problem.as_deref(),
        Some("moon: a number from 0 to 40, dB")
    );
    assert!(form(&[]).refused(WebError::NotFound).is_err());
    let away = form(&[("name", "Night")]).refused(WebError::Upstream("SLMM is away.".into()));
    let away = away.unwrap();
    assert_eq!(
        (away.name.value.as_str(), away.problem.as_deref()),
        ("Night", Some("SLMM is away."))
    );
}
