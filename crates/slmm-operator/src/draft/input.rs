//! A rule as somebody wrote it.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::field::FieldError;
use super::given::Given;
use crate::rule::Rule;

/// Fields that SLMM has, and that are not for us to set: its ids, and what is inert.
const NOT_OURS: [&str; 4] = ["id", "unit_id", "channels", "recipients"];

/// A rule as somebody wrote it: everything may be missing or wrong. The fields are named as in
/// JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleInput {
    /// What to call it.
    pub name: Given,
    /// What to watch.
    pub metric: Given,
    /// `above` or `below`.
    pub comparison: Given,
    /// The threshold, dB.
    pub threshold_db: Given,
    /// How long before it counts, s.
    pub duration_s: Given,
    /// The hysteresis, dB.
    pub clear_margin_db: Given,
    /// The least time from one onset to the next, s.
    pub cooldown_s: Given,
    /// `HH:MM`.
    pub schedule_start: Given,
    /// `HH:MM`.
    pub schedule_end: Given,
    /// `0,1,2`, or a list of such numbers; Monday = 0.
    pub schedule_days: Given,
    /// Whether it is turned on.
    pub enabled: Given,
}

impl RuleInput {
    /// Reads a JSON object. SLMM's own `id`, `unit_id`, `channels` and `recipients` may stand in it
    /// and are passed over; a field that no rule has is refused, since it must be a mistake.
    ///
    /// # Errors
    /// [`FieldError`] of each such field, or of `body` where it is no object.
    pub fn from_json(body: &[u8]) -> Result<Self, Vec<FieldError>> {
        let no_object = |_not_json| vec![FieldError::new("body", "a JSON object")];
        let fields: BTreeMap<String, &RawValue> =
            serde_json::from_slice(body).map_err(no_object)?;
        let mut input = Self::default();
        let mut errors = Vec::new();
        for (name, raw) in fields {
            match input.field(&name) {
                Some(field) => {
                    // What JSON cannot read alone is a number beyond all numbers.
                    *field = serde_json::from_str::<Value>(raw.get())
                        .map_or(Given::Other, |value| Given::from(&value));
                }
                None if NOT_OURS.contains(&name.as_str()) => {}
                None => errors.push(FieldError::new(&name, "no field of a rule")),
            }
        }
        if errors.is_empty() {
            Ok(input)
        } else {
            Err(errors)
        }
    }

    /// Reads the fields of a form. What is left blank is absent, except the name. Of one field
    /// given several times the last counts, so that a check box may follow a hidden `false`; of
    /// `schedule_days` all do. Fields of other names are the form's own.
    pub fn from_fields(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut input = Self::default();
        let mut days = Vec::new();
        for (name, text) in fields {
            let blank = text.trim().is_empty();
            if name == "schedule_days" {
                days.extend(
                    text.split(',')
                        .filter(|day| !day.trim().is_empty())
                        .map(Given::from),
                );
            } else if let Some(field) = input.field(&name) {
                *field = if blank && name != "name" {
                    Given::Absent
                } else {
                    Given::Text(text)
                };
            }
        }
        if !days.is_empty() {
            input.schedule_days = Given::List(days);
        }
        input
    }

    fn field(&mut self, name: &str) -> Option<&mut Given> {
        Some(match name {
            "name" => &mut self.name,
            "metric" => &mut self.metric,
            "comparison" => &mut self.comparison,
            "threshold_db" => &mut self.threshold_db,
            "duration_s" => &mut self.duration_s,
            "clear_margin_db" => &mut self.clear_margin_db,
            "cooldown_s" => &mut self.cooldown_s,
            "schedule_start" => &mut self.schedule_start,
            "schedule_end" => &mut self.schedule_end,
            "schedule_days" => &mut self.schedule_days,
            "enabled" => &mut self.enabled,
            _ => return None,
        })
    }
}

/// A stored rule as it stands, to be changed and sent again. One that SLMM should never have taken
/// is refused then, field by field.
impl From<&Rule> for RuleInput {
    fn from(rule: &Rule) -> Self {
        Self {
            name: rule.name.as_str().into(),
            metric: rule.metric_text.as_str().into(),
            comparison: rule.comparison.as_str().into(),
            threshold_db: rule.threshold_db.into(),
            duration_s: rule.duration_s.into(),
            clear_margin_db: rule.clear_margin_db.into(),
            cooldown_s: rule.cooldown_s.into(),
            schedule_start: rule.schedule_start.clone().into(),
            schedule_end: rule.schedule_end.clone().into(),
            schedule_days: rule.schedule_days.clone().into(),
            enabled: rule.enabled.into(),
        }
    }
}
