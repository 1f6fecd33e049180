//! The end of a rule.

use domain::UnitId;
use slmm_operator::ControlError;
use store_operator::{Details, DeviceAct, Fact};
use web::{FieldProblem, WebError};

use super::record::{Side, facts};
use super::{find, number, upstream};
use crate::Office;
use crate::guard::Staff;

impl Office {
    /// Deletes a rule; the number is of those that are left, for the last one leaves the meter
    /// polled every 10 s for nothing. Where SLMM cannot list the rules it is deleted all the same,
    /// for that may mend it; what is left is then known only if it did.
    ///
    /// # Errors
    /// [`WebError::Missing`], [`WebError::Conflict`] as [`Self::change_rule`], [`WebError::Upstream`].
    pub(crate) async fn delete_rule(
        &self,
        staff: &Staff,
        meter: &UnitId,
        (id, seen): (&str, Option<&str>),
    ) -> Result<Option<usize>, WebError> {
        let id = number(id)?;
        let rules = match self.control.rules(meter).await {
            Err(ControlError::RulesUnlistable) if seen.is_none() => {
                return self.delete_unlisted(staff, meter, id).await;
            }
            rules => rules.map_err(upstream)?,
        };
        let (before, all) = find(rules, id, seen)?;
        let details = facts(&before, Side::Before, Details::default());
        self.delete(staff, meter, id, details).await?;
        Ok(Some(all.saturating_sub(1)))
    }

    /// Deletes a rule by its number alone, while SLMM cannot list the meter's rules.
    ///
    /// # Errors
    /// [`WebError::Unprocessable`] of the field `rule`; [`WebError::Conflict`] where SLMM can list
    /// them; [`WebError::Missing`], [`WebError::Upstream`].
    pub(crate) async fn delete_by_number(
        &self,
        staff: &Staff,
        meter: &UnitId,
        text: &str,
    ) -> Result<(), WebError> {
        let no_number = |_no_number| {
            let problem = FieldProblem::new("rule", "Write the rule's number, such as 12.");
            WebError::Unprocessable(vec![problem])
        };
        let id = number(text).map_err(no_number)?;
        match self.control.rules(meter).await {
            Err(ControlError::RulesUnlistable) => {
                self.delete_unlisted(staff, meter, id).await?;
                Ok(())
            }
            Err(error) => Err(upstream(error)),
            Ok(_) => Err(WebError::Conflict(
                "SLMM can list the rules of this meter: choose among them.".into(),
            )),
        }
    }

    async fn delete_unlisted(
        &self,
        staff: &Staff,
        meter: &UnitId,
        id: i64,
    ) -> Result<Option<usize>, WebError> {
        let details = Details::default().before(Fact::Rule, &id);
        self.delete(staff, meter, id, details).await?;
        Ok(self.control.rules(meter).await.ok().map(|left| left.len()))
    }

    async fn delete(
        &self,
        staff: &Staff,
        meter: &UnitId,
        id: i64,
        details: Details,
    ) -> Result<(), WebError> {
        let (control, unit) = (self.control.clone(), meter.clone());
        let write = async move { control.delete_rule(&unit, id).await };
        self.at_slmm(staff, (DeviceAct::DeleteRule, meter), write, |_| details)
            .await
    }
}
