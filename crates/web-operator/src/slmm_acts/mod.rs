//! What staff do at SLMM: checked here first, for SLMM checks nothing, and put on the record when
//! SLMM has done it, or may have.

mod delete;
mod record;
mod watch;
mod words;

use domain::UnitId;
use slmm_operator::{ControlError, Missing, Rule, RuleDraft, RuleInput};
use store_operator::{Details, DeviceAct};
use web::WebError;

use self::record::{Side, facts, sent};
pub(crate) use self::words::{NO_METER, unprocessable, upstream};
use crate::Office;
use crate::guard::Staff;

/// What is said of a page that is older than the rule.
const CHANGED: &str = "The rule has changed meanwhile: look at it again before you change it.";

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
    /// [`WebError::Unprocessable`] field by field; what [`upstream`] gives.
    pub(crate) async fn create_rule(
        &self,
        staff: &Staff,
        meter: &UnitId,
        input: &RuleInput,
    ) -> Result<Rule, WebError> {
        let draft = RuleDraft::check(input).map_err(unprocessable)?;
        let (control, unit, whole) = (self.control.clone(), meter.clone(), draft.clone());
        let write = async move { control.create_rule(&unit, &draft).await };
        self.at_slmm(
            staff,
            (DeviceAct::CreateRule, meter),
            write,
            move |rule| match rule {
                Some(rule) => facts(rule, Side::After, Details::default()),
                None => sent(&whole, Details::default()),
            },
        )
        .await
    }

    /// Replaces a rule. A page says by its mark which rule it saw there.
    ///
    /// # Errors
    /// As [`Self::create_rule`]; [`WebError::Conflict`] for a rule that is not the one seen, and
    /// [`WebError::Missing`].
    pub(crate) async fn change_rule(
        &self,
        staff: &Staff,
        meter: &UnitId,
        (id, seen): (&str, Option<&str>),
        input: &RuleInput,
    ) -> Result<Rule, WebError> {
        let draft = RuleDraft::check(input).map_err(unprocessable)?;
        let (before, _) = self.seen_rule(meter, id, seen).await?;
        let (control, unit, whole) = (self.control.clone(), meter.clone(), draft.clone());
        let id = before.id;
        let write = async move { control.update_rule(&unit, id, &draft).await };
        let details = move |rule: Option<&Rule>| {
            let details = facts(&before, Side::Before, Details::default());
            match rule {
                Some(rule) => facts(rule, Side::After, details),
                None => sent(&whole, details),
            }
        };
        self.at_slmm(staff, (DeviceAct::ChangeRule, meter), write, details)
            .await
    }

    /// The rule of that id among the meter's, and how many it has. SLMM takes an id alone, and ids
    /// are used again.
    ///
    /// # Errors
    /// [`WebError::NotFound`], [`WebError::Missing`], [`WebError::Upstream`].
    pub(crate) async fn rule(&self, meter: &UnitId, id: &str) -> Result<(Rule, usize), WebError> {
        self.seen_rule(meter, id, None).await
    }

    /// The same, as long as it is the one that somebody saw.
    ///
    /// # Errors
    /// As [`Self::rule`], and [`WebError::Conflict`].
    pub(crate) async fn seen_rule(
        &self,
        meter: &UnitId,
        id: &str,
        seen: Option<&str>,
    ) -> Result<(Rule, usize), WebError> {
        let id = number(id)?;
        let rules = self.control.rules(meter).await.map_err(upstream)?;
        find(rules, id, seen)
    }
}

fn number(id: &str) -> Result<i64, WebError> {
    id.parse().map_err(|_no_id| WebError::NotFound)
}

/// The rule of that id, and how many there are; where a mark is given, the one that was seen.
fn find(rules: Vec<Rule>, id: i64, seen: Option<&str>) -> Result<(Rule, usize), WebError> {
    let all = rules.len();
    let rule = rules.into_iter().find(|rule| rule.id == id);
    let rule = rule.ok_or_else(|| upstream(ControlError::NotFound(Missing::Rule)))?;
    if seen.is_some_and(|mark| mark != rule.mark()) {
        return Err(WebError::Conflict(CHANGED.into()));
    }
    Ok((rule, all))
}
