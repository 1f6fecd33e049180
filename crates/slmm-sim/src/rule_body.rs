//! The body of a rule as SLMM takes it.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::rule::RuleSpec;
use crate::validate::{self, Complaint, complaint};

/// Why a body is no rule.
#[derive(Debug, PartialEq)]
pub(crate) enum Rejection {
    /// 422 with these details.
    Unprocessable(Vec<Complaint>),
    /// 500: the database could not take it.
    Internal,
}

/// Reads the body of a POST or PUT. A threshold beyond all numbers is taken as infinite.
pub(crate) fn parse(body: &[u8]) -> Result<RuleSpec, Rejection> {
    let body = read_json(body).map_err(|complaint| Rejection::Unprocessable(vec![complaint]))?;
    let mut reader = Reader {
        threshold: body.threshold,
        whole: body.json,
        complaints: Vec::new(),
    };
    let spec = reader.spec();
    if !reader.complaints.is_empty() {
        return Err(Rejection::Unprocessable(reader.complaints));
    }
    spec.ok_or(Rejection::Internal)
}

struct Body {
    json: Map<String, Value>,
    /// Where the number given is beyond a double's range.
    threshold: Option<f64>,
}

fn read_json(body: &[u8]) -> Result<Body, Complaint> {
    if body.is_empty() {
        return Err(complaint(
            "missing",
            &["body"],
            "Field required",
            &Value::Null,
        ));
    }
    let raw: &RawValue = serde_json::from_slice(body).map_err(|_not_json| validate::not_json())?;
    let Ok(fields) =
        serde_json::from_str::<std::collections::BTreeMap<String, &RawValue>>(raw.get())
    else {
        let input = serde_json::from_str(raw.get()).unwrap_or(Value::Null);
        let message = "Input should be a valid dictionary or object to extract fields from";
        return Err(complaint(
            "model_attributes_type",
            &["body"],
            message,
            &input,
        ));
    };
    let mut read = Body {
        json: Map::new(),
        threshold: None,
    };
    for (name, raw) in fields {
        match serde_json::from_str(raw.get()) {
            Ok(value) => drop(read.json.insert(name, value)),
            Err(_out_of_range) if name == "threshold_db" => {
                read.threshold = raw.get().parse().ok();
            }
            Err(_out_of_range) => return Err(validate::not_json()),
        }
    }
    Ok(read)
}

/// Reads field after field in the order of the model, and collects every complaint.
struct Reader {
    whole: Map<String, Value>,
    threshold: Option<f64>,
    complaints: Vec<Complaint>,
}

impl Reader {
    /// `None` where a number is beyond what the database holds.
    fn spec(&mut self) -> Option<RuleSpec> {
        let usual = RuleSpec::default();
        let name = self.field("name", usual.name, validate::text);
        let metric = self.field("metric", usual.metric, validate::text);
        let comparison = self.field("comparison", usual.comparison, validate::text);
        let threshold_db = self.required_threshold();
        let duration_s = self.field("duration_s", i128::from(usual.duration_s), validate::int);
        let clear_margin_db = self.field("clear_margin_db", usual.clear_margin_db, validate::float);
        let cooldown_s = self.field("cooldown_s", i128::from(usual.cooldown_s), validate::int);
        let spec = RuleSpec {
            name,
            metric,
            comparison,
            threshold_db,
            duration_s: duration_s.try_into().ok()?,
            clear_margin_db,
            cooldown_s: cooldown_s.try_into().ok()?,
            schedule_start: self.field("schedule_start", None, optional_text),
            schedule_end: self.field("schedule_end", None, optional_text),
            schedule_days: self.field("schedule_days", None, optional_text),
            channels: self.field("channels", usual.channels, validate::text),
            recipients: self.field("recipients", None, optional_text),
            enabled: self.field("enabled", usual.enabled, validate::flag),
        };
        (!spec.threshold_db.is_nan()).then_some(spec)
    }

    fn required_threshold(&mut self) -> f64 {
        if let Some(infinite) = self.threshold {
            return infinite;
        }
        if !self.whole.contains_key("threshold_db") {
            let input = Value::Object(self.whole.clone());
            let place = ["body", "threshold_db"];
            self.complaints
                .push(complaint("missing", &place, "Field required", &input));
        }
        self.field("threshold_db", 0.0, validate::float)
    }

    fn field<T>(
        &mut self,
        name: &str,
        usual: T,
        read: impl Fn(&Value, &[&str]) -> Result<T, Complaint>,
    ) -> T {
        let Some(value) = self.whole.get(name) else {
            return usual;
        };
        match read(value, &["body", name]) {
            Ok(given) => given,
            Err(complaint) => {
                self.complaints.push(complaint);
                usual
            }
        }
    }
}

fn optional_text(value: &Value, place: &[&str]) -> Result<Option<String>, Complaint> {
    if value.is_null() {
        Ok(None)
    } else {
        validate::text(value, place).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_body_is_taken_or_refused(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let refused = matches!(parse(&body), Err(Rejection::Unprocessable(why)) if !why.is_empty());
            prop_assert!(refused, "random bytes are no rule");
        }

        #[test]
        fn a_rule_is_read_back_as_it_was_told(name in ".{0,40}", tenths in -2000..3000_i32, duration_s: i64) {
            let threshold_db = f64::from(tenths) / 10.0;
            let spec = RuleSpec { name, threshold_db, duration_s, ..RuleSpec::default() };
            prop_assert_eq!(parse(&serde_json::to_vec(&spec).unwrap()), Ok(spec));
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for body in ["[]", "7", "null", "\"x\"", "", "{", "[1e999]"] {
            assert!(
                matches!(parse(body.as_bytes()), Err(Rejection::Unprocessable(_))),
                "{body}"
            );
        }
    }
}
