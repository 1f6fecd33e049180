//! An act at SLMM goes on the record, whatever becomes of whoever asked for it.

use std::future::Future;

use actix_web::rt::spawn;
use domain::UnitId;
use slmm_operator::{ControlError, Rule, RuleDraft};
use store_operator::{Actor, Details, DeviceAct, Fact};
use web::WebError;

use super::words::upstream;
use crate::Office;
use crate::desk::Desk;
use crate::guard::Staff;

impl Office {
    /// Does something at SLMM, to the end also when the browser goes away meanwhile, and puts it on
    /// the record where SLMM has done it or may have. `details` are told what SLMM answered, if it
    /// did.
    ///
    /// # Errors
    /// What [`upstream`] makes of what the write came to. That it cannot be put on the record is
    /// none, for then somebody would do it twice: the log has it.
    pub(super) async fn at_slmm<T: 'static>(
        &self,
        staff: &Staff,
        (act, meter): (DeviceAct, &UnitId),
        write: impl Future<Output = Result<T, ControlError>> + 'static,
        details: impl FnOnce(Option<&T>) -> Details + 'static,
    ) -> Result<T, WebError> {
        let (desk, actor, meter) = (self.desk.clone(), staff.actor(), meter.clone());
        let done = spawn(async move {
            let outcome = write.await;
            let details = match &outcome {
                Ok(done) => Some(details(Some(done))),
                Err(ControlError::Unsure) => Some(details(None).after(Fact::Outcome, "not known")),
                Err(_) => None,
            };
            if let Some(details) = details {
                record(&desk, actor, (act, meter), details).await;
            }
            outcome
        });
        // A task that does not come to its end may have done it.
        let outcome = done.await.unwrap_or(Err(ControlError::Unsure));
        outcome.map_err(upstream)
    }
}

async fn record(desk: &Desk, actor: Actor, (act, meter): (DeviceAct, UnitId), details: Details) {
    let (name, unit, facts) = (actor.name.clone(), meter.clone(), details.clone());
    let recorded = desk
        .act(actor, move |operator| {
            operator.record(act, &meter, &details)
        })
        .await;
    if let Err(error) = recorded {
        tracing::error!(
            act = act.as_str(), %unit, by = name, details = ?facts, %error,
            "done at SLMM, and not on the record: enter it by hand"
        );
    }
}

/// Which side of an act a fact is of.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Before,
    After,
}

/// Writes a rule down, as it was before an act or is after it.
pub(super) fn facts(rule: &Rule, side: Side, details: Details) -> Details {
    let threshold = rule.threshold_db.map(|db| db.to_string());
    let ends = [&rule.schedule_start, &rule.schedule_end].map(|end| end.as_deref());
    let facts = [
        (Fact::Rule, rule.id.to_string()),
        (Fact::Name, rule.name.clone()),
        (Fact::Enabled, rule.enabled.to_string()),
        (Fact::Metric, rule.metric_text.clone()),
        (Fact::Comparison, rule.comparison.as_str().to_owned()),
        (Fact::ThresholdDb, threshold.unwrap_or_default()),
        (Fact::DurationS, rule.duration_s.to_string()),
        (Fact::ClearMarginDb, rule.clear_margin_db.to_string()),
        (Fact::CooldownS, rule.cooldown_s.to_string()),
        (Fact::Schedule, schedule(ends)),
        (Fact::Days, rule.schedule_days.clone().unwrap_or_default()),
    ];
    facts
        .into_iter()
        .fold(details, |details, (fact, value)| match side {
            Side::Before => details.before(fact, &value),
            Side::After => details.after(fact, &value),
        })
}

/// Writes down what was sent, where SLMM did not say what it made of it.
pub(super) fn sent(draft: &RuleDraft, details: Details) -> Details {
    let terms = draft.terms();
    let ends = terms
        .hours
        .map(|(start, end)| (start.to_string(), end.to_string()));
    let ends = ends
        .as_ref()
        .map(|(start, end)| [Some(start.as_str()), Some(end.as_str())]);
    let days = terms.days.iter().flatten().map(u8::to_string);
    [
        (Fact::Name, terms.name.clone()),
        (Fact::Enabled, terms.enabled.to_string()),
        (Fact::Metric, terms.metric.as_str().to_owned()),
        (Fact::Comparison, terms.comparison.as_str().to_owned()),
        (Fact::ThresholdDb, terms.threshold_db.to_string()),
        (Fact::DurationS, terms.duration_s.to_string()),
        (Fact::ClearMarginDb, terms.clear_margin_db.to_string()),
        (Fact::CooldownS, terms.cooldown_s.to_string()),
        (Fact::Schedule, schedule(ends.unwrap_or([None, None]))),
        (Fact::Days, days.collect::<Vec<_>>().join(",")),
    ]
    .into_iter()
    .fold(details, |details, (fact, value)| {
        details.after(fact, &value)
    })
}

fn schedule(ends: [Option<&str>; 2]) -> String {
    match ends {
        [Some(start), Some(end)] => format!("{start} to {end}"),
        _ => "always".to_owned(),
    }
}
