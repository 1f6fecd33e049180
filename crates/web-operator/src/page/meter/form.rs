//! The form of a rule: a sentence one fills in.

use domain::{LocalTime, Metric};
use serde::Serialize;
use slmm_operator::{Given, RuleInput};
use web::limit_words::DAYS;
use web::{FieldProblem, WebError};

use super::parts::{Percentiles, symbol};
use crate::page::form::Field;

/// The form of a rule, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RuleForm {
    pub(super) name: Field,
    pub(super) metric: Field,
    pub(super) comparison: Field,
    pub(super) threshold_db: Field,
    pub(super) duration_s: Field,
    pub(super) schedule_start: Field,
    pub(super) schedule_end: Field,
    pub(super) schedule_days: Field,
    /// The days of the week, ticked or not; none ticked is every day.
    pub(super) days: Vec<Day>,
    pub(super) clear_margin_db: Field,
    pub(super) cooldown_s: Field,
    pub(super) enabled: Field,
    /// The mark of the rule that it is made of; empty for a new one.
    pub(super) seen: String,
    /// What is wrong with no field in particular.
    pub(super) problem: Option<String>,
    /// Whether anything was refused.
    pub(super) refused: bool,
    /// Whether something is wrong among what is folded away.
    pub(super) advanced: bool,
}

/// A day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Day {
    /// Monday is 0.
    pub(super) number: String,
    pub(super) name: &'static str,
    pub(super) ticked: bool,
}

impl RuleForm {
    /// The form with what was given, and what is usual where nothing was.
    pub(super) fn new(input: &RuleInput, percentiles: Percentiles<'_>) -> Self {
        let metric = or(&input.metric, "leq");
        let number = |name, label, given: &Given, usual: &str| {
            Field::text(name, label, &or(given, usual)).of_kind("number")
        };
        let days = text(&input.schedule_days);
        Self {
            name: Field::text("name", "Name", &text(&input.name))
                .required()
                .hint("What clients read, such as Night noise"),
            metric: Field::select(
                "metric",
                "Alert when",
                &metric,
                metrics(percentiles, &metric),
            ),
            comparison: choice("comparison", "is", &or(&input.comparison, "above"), SIDES),
            threshold_db: number("threshold_db", "Threshold in dB", &input.threshold_db, "")
                .required(),
            duration_s: number("duration_s", "for", &input.duration_s, "60"),
            schedule_start: time("schedule_start", "from", &input.schedule_start).hint(
                "Both times empty: at any time. Ending before it starts, it goes over midnight.",
            ),
            schedule_end: time("schedule_end", "to", &input.schedule_end),
            days: ticked(&days),
            schedule_days: Field::text("schedule_days", "on", &days)
                .hint("None ticked: every day."),
            clear_margin_db: number(
                "clear_margin_db",
                "Hysteresis, dB",
                &input.clear_margin_db,
                "2",
            )
            .hint("How far back the level must come before a breach is over"),
            cooldown_s: number("cooldown_s", "Cooldown, s", &input.cooldown_s, "300")
                .hint("The least time from one breach to the next"),
            enabled: choice("enabled", "It is", &or(&input.enabled, "true"), SWITCHES).required(),
            seen: String::new(),
            problem: None,
            refused: false,
            advanced: false,
        }
    }

    /// The same, made of the rule of that mark.
    pub(super) fn of(mut self, mark: String) -> Self {
        self.seen = mark;
        self
    }

    /// The same with what was refused about it, by us or by SLMM. `Err` gives back an error that is
    /// none of a form's.
    pub(super) fn refused(mut self, error: WebError) -> Result<Self, WebError> {
        self.refused = true;
        match error {
            WebError::Unprocessable(problems) => {
                for FieldProblem { field, detail } in problems {
                    let mut fields = self.fields();
                    match fields.iter_mut().find(|one| one.name == field) {
                        Some(one) => {
                            let subject = subject(one.name);
                            one.problem = Some(format!("{subject} needs {detail}."));
                        }
                        None => self.problem = Some(format!("{field}: {detail}")),
                    }
                }
            }
            WebError::Conflict(words) => self.problem = Some(words),
            WebError::Missing(words) | WebError::Upstream(words) => {
                self.problem = Some(words.into_owned());
            }
            other => return Err(other),
        }
        let folded = [&self.clear_margin_db, &self.cooldown_s];
        self.advanced = folded.iter().any(|field| field.problem.is_some());
        Ok(self)
    }

    fn fields(&mut self) -> [&mut Field; 11] {
        [
            &mut self.name,
            &mut self.metric,
            &mut self.comparison,
            &mut self.threshold_db,
            &mut self.duration_s,
            &mut self.schedule_start,
            &mut self.schedule_end,
            &mut self.schedule_days,
            &mut self.clear_margin_db,
            &mut self.cooldown_s,
            &mut self.enabled,
        ]
    }
}

/// The quantities, and what is stored where that is none of them: a choice has to show it.
fn metrics(percentiles: Percentiles<'_>, stored: &str) -> Vec<(String, String)> {
    let known = Metric::ALL.iter().map(|metric| {
        let label = symbol(*metric, percentiles).plain();
        (metric.as_str().to_owned(), label)
    });
    let mut choices: Vec<(String, String)> = known.collect();
    if choices.iter().all(|(name, _)| name != stored) {
        choices.push((stored.to_owned(), format!("{stored}, which is none")));
    }
    choices
}

const SIDES: &[(&str, &str)] = &[("above", "above"), ("below", "below")];
const SWITCHES: &[(&str, &str)] = &[("true", "watched"), ("false", "paused")];

fn choice(name: &'static str, label: &'static str, value: &str, choices: &[(&str, &str)]) -> Field {
    let pair = |(value, words): &(&str, &str)| ((*value).to_owned(), (*words).to_owned());
    Field::select(name, label, value, choices.iter().map(pair).collect())
}

/// What a problem is of, to begin its sentence.
fn subject(field: &str) -> &'static str {
    match field {
        "name" => "The name",
        "metric" => "The quantity",
        "comparison" => "The side",
        "threshold_db" => "The threshold",
        "duration_s" => "The duration",
        "schedule_start" => "The beginning",
        "schedule_end" => "The end",
        "schedule_days" => "The choice of days",
        "clear_margin_db" => "The hysteresis",
        "cooldown_s" => "The cooldown",
        _ => "This",
    }
}

/// A time of day. Browsers show nothing in place of what is none, so that stays a text to be
/// mended.
fn time(name: &'static str, label: &'static str, given: &Given) -> Field {
    let text = text(given);
    match text.parse::<LocalTime>() {
        Ok(time) => Field::text(name, label, &time.to_string()).of_kind("time"),
        Err(_) if text.is_empty() => Field::text(name, label, "").of_kind("time"),
        Err(_) => Field::text(name, label, &text),
    }
}

/// The seven days, those among `days` ticked.
fn ticked(days: &str) -> Vec<Day> {
    let chosen: Vec<&str> = days.split(',').map(str::trim).collect();
    let day = |(number, name): (usize, &'static str)| Day {
        ticked: chosen.contains(&number.to_string().as_str()),
        number: number.to_string(),
        name,
    };
    DAYS.into_iter().enumerate().map(day).collect()
}

fn or(given: &Given, usual: &str) -> String {
    Some(text(given))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| usual.to_owned())
}

fn text(given: &Given) -> String {
    match given {
        Given::Absent | Given::Other => String::new(),
        Given::Flag(flag) => flag.to_string(),
        Given::Number(text) | Given::Text(text) => text.clone(),
        Given::List(list) => list.iter().map(text).collect::<Vec<_>>().join(","),
    }
}

#[cfg(test)]
mod tests;
