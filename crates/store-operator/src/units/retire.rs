//! Out of use, and back.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{Timestamp, UnitId};
use store::internal::schema::roster_units as units;
use store::internal::{Db, millis};

use super::expect_unit;
use crate::Operator;
use crate::act::Change;
use crate::assignments::{InTheWay, StayRecord, StaysOf, complete_over, projects_of_units, stays};
use crate::audit::State;
use crate::error::OperatorError;
use crate::field::stored_time;

impl Operator {
    /// Takes a unit out of use: it can no longer be assigned. Its history is kept.
    ///
    /// # Errors
    /// [`OperatorError::InTheWay`] while it stands somewhere or is to stand there; [`OperatorError::NotFound`].
    pub fn retire_unit(&self, unit: &UnitId) -> Result<(), OperatorError> {
        let now = self.now();
        self.act(|db| {
            if expect_unit(db, unit)?.retired_at.is_some() {
                return Ok(((), None));
            }
            let subject = unit.as_str().to_owned();
            let projects = if complete_over(db, &subject, now)? {
                projects_of_units(db, std::slice::from_ref(&subject))?
            } else {
                Vec::new()
            };
            expect_free(db, unit, now)?;
            diesel::update(units::table.find(&subject))
                .set(units::retired_at.eq(millis(now)))
                .execute(db)?;
            let change = Change {
                action: "unit.retire",
                subject,
                projects,
                before: None,
                after: Some(State::default().plain("retired_at", now)),
            };
            Ok(((), Some(change)))
        })
    }

    /// Takes a unit back into use.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn unretire_unit(&self, unit: &UnitId) -> Result<(), OperatorError> {
        self.act(|db| {
            let row = expect_unit(db, unit)?;
            let Some(retired_at) = row.retired_at else {
                return Ok(((), None));
            };
            let id = unit.as_str();
            let retired_at = stored_time("roster_units", id, "retired_at", retired_at)?;
            diesel::update(units::table.find(id))
                .set(units::retired_at.eq(None::<i64>))
                .execute(db)?;
            let change = Change {
                action: "unit.unretire",
                subject: id.to_owned(),
                projects: Vec::new(),
                before: Some(State::default().plain("retired_at", retired_at)),
                after: None,
            };
            Ok(((), Some(change)))
        })
    }
}

/// Refuses a unit that stands somewhere or is to stand there.
pub(crate) fn expect_free(db: &mut Db, unit: &UnitId, now: Timestamp) -> Result<(), OperatorError> {
    let stays = stays(db, StaysOf::Unit(unit))?;
    let matters = |stay: &&StayRecord| {
        let assignment = &stay.assignment;
        assignment.lasts(now) || assignment.is_to_come(now)
    };
    let Some(stay) = stays.iter().find(matters) else {
        return Ok(());
    };
    Err(OperatorError::InTheWay(Box::new(InTheWay {
        unit: unit.to_string(),
        location: stay.location_name.clone(),
        project: stay.project_name.clone(),
        window: stay.assignment.window,
        to_come: stay.assignment.is_to_come(now),
        why: "end that stay first".to_owned(),
        field: None,
    })))
}
