//! What staff do at SLMM: checked here first, for SLMM checks nothing, and put on the record when
//! SLMM has done it.

use domain::UnitId;
use slmm_operator::{ControlError, FieldError, Rule, RuleDraft, RuleInput, StaffName};
use store_operator::{Details, DeviceAct, Fact};
use web::{FieldProblem, WebError};

use crate::Office;
use crate::guard::Staff;

impl Office {
    /// The meter of that name, if it is in the roster.
    ///
    /// # Errors
    /// [`WebError::NotFound`], also for a name that can be none.
    pub(crate) async fn meter(&self, staff: &Staff, name: &str) -> Result<UnitId, WebError> {
        let name = name.to_owned();
        let known = self
            .desk
            .act(staff.actor(), move |operator| operator.unit(&name))
            .await;
        known.map_err(|error| match error {
            WebError::Unprocessable(_) => WebError::NotFound,
            other => other,
        })
    }

    /// Makes a rule; it is the rule as SLMM has it now.
    ///
    /// # Errors
    /// [`WebError::Unprocessable`] field by field; [`WebError::Upstream`].
    pub(crate) async fn create_rule(
        &self,
        staff: &Staff,
        meter: UnitId,
        input: &RuleInput,
    ) -> Result<Rule, WebError> {
        let draft = RuleDraft::check(input).map_err(unprocessable)?;
        let rule = self.control.create_rule(&meter, &draft).await;
        let rule = rule.map_err(upstream)?;
        let details = facts(&rule, Side::After, Details::default());
        self.record(staff, DeviceAct::CreateRule, meter, details)
            .await?;
        Ok(rule)
    }

    /// Replaces a rule.
    ///
    /// # Errors
    /// As [`Self::create_rule`], and [`WebError::NotFound`].
    pub(crate) async fn change_rule(
        &self,
        staff: &Staff,
        meter: UnitId,
        id: &str,
        input: &RuleInput,
    ) -> Result<Rule, WebError> {
        let draft = RuleDraft::check(input).map_err(unprocessable)?;
        let (before, _) = self.rule(&meter, id).await?;
        let rule = self.control.update_rule(&meter, before.id, &draft).await;
        let rule = rule.map_err(upstream)?;
        let details = facts(&before, Side::Before, Details::default());
        let details = facts(&rule, Side::After, details);
        self.record(staff, DeviceAct::ChangeRule, meter, details)
            .await?;
        Ok(rule)
    }

    /// Deletes a rule; the number is of those that are left, for the last one leaves the meter on
    /// its fast rate for nothing.
    ///
    /// # Errors
    /// [`WebError::NotFound`], [`WebError::Upstream`].
    pub(crate) async fn delete_rule(
        &self,
        staff: &Staff,
        meter: UnitId,
        id: &str,
    ) -> Result<usize, WebError> {
        let (before, all) = self.rule(&meter, id).await?;
        let deleted = self.control.delete_rule(&meter, before.id).await;
        deleted.map_err(upstream)?;
        let details = facts(&before, Side::Before, Details::default());
        self.record(staff, DeviceAct::DeleteRule, meter, details)
            .await?;
        Ok(all.saturating_sub(1))
    }

    /// The rule of that id among the meter's, and how many it has. SLMM takes an id alone, and ids
    /// are used again.
    ///
    /// # Errors
    /// [`WebError::NotFound`], [`WebError::Upstream`].
    pub(crate) async fn rule(&self, meter: &UnitId, id: &str) -> Result<(Rule, usize), WebError> {
        let id: i64 = id.parse().map_err(|_no_id| WebError::NotFound)?;
        let rules = self.control.rules(meter).await.map_err(upstream)?;
        let all = rules.len();
        let found = rules.into_iter().find(|rule| rule.id == id);
        found.map(|rule| (rule, all)).ok_or(WebError::NotFound)
    }

    /// Says that somebody has seen an event; gives the name under which that is said.
    ///
    /// # Errors
    /// [`WebError::NotFound`], [`WebError::Upstream`].
    pub(crate) async fn acknowledge(
        &self,
        staff: &Staff,
        meter: UnitId,
        id: i64,
    ) -> Result<StaffName, WebError> {
        let name = StaffName::check(&staff.actor().name);
        let name = name.map_err(|error| unprocessable(vec![error]))?;
        let done = self.control.acknowledge(&meter, id, &name).await;
        done.map_err(upstream)?;
        self.slmm.outdate_events(&meter);
        let details = Details::default()
            .after(Fact::Event, &id)
            .after(Fact::AcknowledgedBy, name.as_str());
        self.record(staff, DeviceAct::AcknowledgeEvent, meter, details)
            .await?;
        Ok(name)
    }

    /// Keeps a meter on its fast rate, or no longer: SLMM then watches its rules also while nobody
    /// looks, at the cost of eight times the cellular traffic.
    ///
    /// # Errors
    /// [`WebError::NotFound`], [`WebError::Upstream`].
    pub(crate) async fn keep_alive(
        &self,
        staff: &Staff,
        meter: UnitId,
        on: bool,
    ) -> Result<(), WebError> {
        let done = self.control.keep_alive(&meter, on).await;
        done.map_err(upstream)?;
        let act = if on {
            DeviceAct::KeepaliveOn
        } else {
            DeviceAct::KeepaliveOff
        };
        self.record(staff, act, meter, Details::default()).await
    }

    async fn record(
        &self,
        staff: &Staff,
        act: DeviceAct,
        meter: UnitId,
        details: Details,
    ) -> Result<(), WebError> {
        self.desk
            .act(staff.actor(), move |operator| {
                operator.record(act, &meter, &details)
            })
            .await
    }
}

/// What staff are told of a call that came to nothing.
pub(crate) fn upstream(error: ControlError) -> WebError {
    match error {
        ControlError::NotFound(_) => WebError::NotFound,
        ControlError::Unavailable
        | ControlError::Unsure
        | ControlError::Refused { .. }
        | ControlError::Faulty
        | ControlError::RulesUnlistable => WebError::Upstream(error.to_string()),
    }
}

/// Field by field, what would be right.
pub(crate) fn unprocessable(errors: Vec<FieldError>) -> WebError {
    let problem = |error: FieldError| FieldProblem::new(error.field, error.right);
    WebError::Unprocessable(errors.into_iter().map(problem).collect())
}

/// Which side of an act a fact is of.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// Writes a rule down, as it was before an act or is after it.
fn facts(rule: &Rule, side: Side, details: Details) -> Details {
    let threshold = rule.threshold_db.map(|db| db.to_string());
    let schedule = [&rule.schedule_start, &rule.schedule_end].map(|end| end.as_deref());
    let schedule = match schedule {
        [Some(start), Some(end)] => format!("{start} to {end}"),
        _ => "always".to_owned(),
    };
    [
        (Fact::Rule, rule.id.to_string()),
        (Fact::Name, rule.name.clone()),
        (Fact::Enabled, rule.enabled.to_string()),
        (Fact::Metric, rule.metric_text.clone()),
        (Fact::Comparison, rule.comparison.as_str().to_owned()),
        (Fact::ThresholdDb, threshold.unwrap_or_default()),
        (Fact::DurationS, rule.duration_s.to_string()),
        (Fact::ClearMarginDb, rule.clear_margin_db.to_string()),
        (Fact::CooldownS, rule.cooldown_s.to_string()),
        (Fact::Schedule, schedule),
        (Fact::Days, rule.schedule_days.clone().unwrap_or_default()),
    ]
    .into_iter()
    .fold(details, |details, (fact, value)| match side {
        Side::Before => details.before(fact, &value),
        Side::After => details.after(fact, &value),
    })
}
