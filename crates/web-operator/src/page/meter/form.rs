//! The form of a rule: a sentence one fills in.

use domain::Metric;
use slmm_operator::{Given, RuleInput};

use crate::page::form::{Field, Form};

/// The form of a rule as somebody wrote it.
pub(super) fn rule_form(input: &RuleInput) -> Form {
    let choices = |words: &[(&str, &str)]| -> Vec<(String, String)> {
        let pair = |(value, words): &(&str, &str)| ((*value).to_owned(), (*words).to_owned());
        words.iter().map(pair).collect()
    };
    let metrics: Vec<(String, String)> = Metric::ALL
        .iter()
        .map(|metric| (metric.as_str().to_owned(), metric_words(*metric).to_owned()))
        .collect();
    let or = |given: &Given, usual: &str| {
        let text = text(given);
        if text.is_empty() {
            usual.to_owned()
        } else {
            text
        }
    };
    let sides = choices(&[("above", "above"), ("below", "below")]);
    let switches = choices(&[("true", "watched"), ("false", "paused")]);
    Form::new(vec![
        Field::text("name", "Name", &text(&input.name))
            .required()
            .hint("What clients read, such as Night noise"),
        Field::select("metric", "Alert when", &or(&input.metric, "leq"), metrics),
        Field::select("comparison", "is", &or(&input.comparison, "above"), sides),
        Field::text("threshold_db", "dB", &text(&input.threshold_db))
            .of_kind("number")
            .required()
            .hint("0 to 160"),
        Field::text("duration_s", "for, s", &or(&input.duration_s, "60")).of_kind("number"),
        Field::text("schedule_start", "from", &text(&input.schedule_start))
            .hint("HH:MM by SLMM's clock; empty for always"),
        Field::text("schedule_end", "to", &text(&input.schedule_end)),
        Field::text("schedule_days", "on days", &text(&input.schedule_days))
            .hint("0 to 6, Monday is 0, such as 0,1,2,3,4; empty for every day"),
        Field::text(
            "clear_margin_db",
            "Hysteresis, dB",
            &or(&input.clear_margin_db, "2"),
        )
        .of_kind("number")
        .hint("How far back the level must come before a breach is over"),
        Field::text("cooldown_s", "Cooldown, s", &or(&input.cooldown_s, "30"))
            .of_kind("number")
            .hint("The least time from one breach to the next"),
        Field::select("enabled", "State", &or(&input.enabled, "true"), switches),
    ])
}

/// A quantity as staff choose it.
pub(super) fn metric_words(metric: Metric) -> &'static str {
    match metric {
        Metric::Lp => "Lp",
        Metric::Leq => "Leq",
        Metric::Lmax => "Lmax",
        Metric::Lmin => "Lmin",
        Metric::Lpeak => "Lpeak",
        Metric::Ln1 => "first percentile (LN1)",
        Metric::Ln2 => "second percentile (LN2)",
    }
}

fn text(given: &Given) -> String {
    match given {
        Given::Absent | Given::Other => String::new(),
        Given::Flag(flag) => flag.to_string(),
        Given::Number(text) | Given::Text(text) => text.clone(),
        Given::List(list) => list.iter().map(text).collect::<Vec<_>>().join(","),
    }
}
