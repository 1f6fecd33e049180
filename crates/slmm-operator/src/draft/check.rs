//! What may be sent to SLMM, which itself checks nothing.

use std::ops::RangeInclusive;

use domain::{Comparison, LocalTime, Metric};

use super::field::FieldError;
use super::given::Given;
use super::input::RuleInput;
use super::{RuleDraft, RuleTerms, usual};

const LONGEST_NAME: usize = 80;
const THRESHOLDS_DB: RangeInclusive<f64> = 0.0..=160.0;
const MARGINS_DB: RangeInclusive<f64> = 0.0..=40.0;
const DAY_S: u32 = 86_400;
/// As written: `07:00`.
const TIME_LENGTH: usize = 5;
const TIME: &str = "a time of day written HH:MM, from 00:00 to 23:59";
const BOTH: &str =
    "a time of day written HH:MM, since the other end is given; or neither, for always";

impl RuleDraft {
    /// Checks a rule. What is absent is what SLMM takes for it: `Alert`, `lp`, `above`, 0 s, 2 dB,
    /// 300 s, always, every day, enabled; the threshold has to be given.
    ///
    /// # Errors
    /// A [`FieldError`] for each field that is wrong, in the order of the fields of [`RuleInput`].
    pub fn check(input: &RuleInput) -> Result<Self, Vec<FieldError>> {
        let mut checker = Checker::default();
        let terms = checker.terms(input);
        if checker.errors.is_empty() {
            Ok(Self { terms })
        } else {
            Err(checker.errors)
        }
    }
}

const NAME: &str = "1 to 80 characters, without control characters";
const METRIC: &str = "one of: lp, leq, lmax, lmin, lpeak, ln1, ln2";
const SIDE: &str = "above or below";
const MARGIN: &str = "a number from 0 to 40, dB";
const SWITCH: &str = "true or false";
const SECONDS: &str = "a whole number from 0 to 86400, s";
const DAYS: &str = "days from 0 (Monday) to 6 (Sunday), separated by commas; nothing for every day";

/// Collects what is wrong.
#[derive(Default)]
struct Checker {
    errors: Vec<FieldError>,
}

impl Checker {
    /// The rule, with what is usual in place of what is wrong.
    fn terms(&mut self, input: &RuleInput) -> RuleTerms {
        let usual = usual();
        let (side, margin) = (&input.comparison, &input.clear_margin_db);
        let (lasts, rests) = (&input.duration_s, &input.cooldown_s);
        let db = |given: &Given| within(given, &MARGINS_DB);
        RuleTerms {
            name: self.field("name", &input.name, usual.name, NAME, name),
            metric: self.field("metric", &input.metric, usual.metric, METRIC, metric),
            comparison: self.field("comparison", side, usual.comparison, SIDE, comparison),
            threshold_db: self.threshold(&input.threshold_db),
            duration_s: self.field("duration_s", lasts, usual.duration_s, SECONDS, seconds),
            clear_margin_db: self.field(
                "clear_margin_db",
                margin,
                usual.clear_margin_db,
                MARGIN,
                db,
            ),
            cooldown_s: self.field("cooldown_s", rests, usual.cooldown_s, SECONDS, seconds),
            hours: self.hours(&input.schedule_start, &input.schedule_end),
            days: self.days(&input.schedule_days),
            enabled: self.field("enabled", &input.enabled, usual.enabled, SWITCH, flag),
        }
    }

    fn field<T>(
        &mut self,
        field: &str,
        given: &Given,
        usual: T,
        right: &str,
        read: impl FnOnce(&Given) -> Option<T>,
    ) -> T {
        if *given == Given::Absent {
            return usual;
        }
        read(given).unwrap_or_else(|| {
            self.errors.push(FieldError::new(field, right));
            usual
        })
    }

    fn threshold(&mut self, given: &Given) -> f64 {
        within(given, &THRESHOLDS_DB).unwrap_or_else(|| {
            let right = "a number from 0 to 160, dB";
            self.errors.push(FieldError::new("threshold_db", right));
            0.0
        })
    }

    fn days(&mut self, given: &Given) -> Option<Vec<u8>> {
        let days = self.field("schedule_days", given, Vec::new(), DAYS, days);
        Some(days).filter(|days| !days.is_empty())
    }

    /// Both ends or neither; an empty text is no end.
    fn hours(&mut self, start: &Given, end: &Given) -> Option<(LocalTime, LocalTime)> {
        let mut end_of_hours = |field: &str, given: &Given, other: &Given| {
            let right = if is_blank(given) { BOTH } else { TIME };
            let time = time(given);
            if time.is_none() && !(is_blank(given) && is_blank(other)) {
                self.errors.push(FieldError::new(field, right));
            }
            time
        };
        let from = end_of_hours("schedule_start", start, end);
        let until = end_of_hours("schedule_end", end, start);
        from.zip(until)
    }
}

fn is_blank(given: &Given) -> bool {
    *given == Given::Absent || given.text() == Some("")
}

fn name(given: &Given) -> Option<String> {
    let name = given.text()?.trim();
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    (fits && !name.contains(char::is_control)).then(|| name.to_owned())
}

fn metric(given: &Given) -> Option<Metric> {
    given.text()?.parse().ok()
}

fn comparison(given: &Given) -> Option<Comparison> {
    given.text()?.parse().ok()
}

fn within(given: &Given, range: &RangeInclusive<f64>) -> Option<f64> {
    let number = given.number().filter(|number| range.contains(number))?;
    // The sum turns −0.0 into 0.0.
    Some(number + 0.0)
}

fn seconds(given: &Given) -> Option<u32> {
    given.whole().filter(|seconds| *seconds <= DAY_S)
}

fn time(given: &Given) -> Option<LocalTime> {
    let text = given.text().filter(|text| text.len() == TIME_LENGTH)?;
    text.parse().ok()
}

/// The days, ascending; none of them where every day is meant.
fn days(given: &Given) -> Option<Vec<u8>> {
    let mut days = match given {
        Given::Text(text) if text.trim().is_empty() => Vec::new(),
        Given::Text(text) => text
            .split(',')
            .map(|day| self::day(&day.into()))
            .collect::<Option<_>>()?,
        Given::List(list) => list.iter().map(day).collect::<Option<_>>()?,
        _ => return None,
    };
    days.sort_unstable();
    days.dedup();
    Some(days)
}

fn day(given: &Given) -> Option<u8> {
    let day = given.whole().filter(|day| *day <= 6)?;
    u8::try_from(day).ok()
}

fn flag(given: &Given) -> Option<bool> {
    match given {
        Given::Flag(flag) => Some(*flag),
        Given::Text(text) => match text.as_str() {
            "true" | "on" => Some(true),
            "false" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
