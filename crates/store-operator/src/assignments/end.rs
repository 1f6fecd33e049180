//! The end of a stay.

use domain::{AssignmentId, Timestamp, UnitId};
use store::internal::Db;

use super::rows::{self, StoredAssignment, projects_of_units};
use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;
use crate::field::{stored_id, stored_time};

impl Operator {
    /// Ends a unit's stay now; one that has yet to begin never does.
    ///
    /// # Errors
    /// [`OperatorError::Conflict`] for a unit that stands nowhere.
    pub fn end_assignment(&self, unit: &UnitId) -> Result<AssignmentId, OperatorError> {
        self.act(|db| {
            let row = rows::active_of(db, unit.as_str())?.ok_or_else(|| {
                OperatorError::Conflict(format!("unit {unit} is not assigned to any location"))
            })?;
            let id = stored_id("unit_assignments", "id", &row.id)?;
            Ok((id, Some(self.end(db, row)?)))
        })
    }

    /// Ends that very stay now, or cancels it if it has yet to begin: what its unit does elsewhere
    /// meanwhile is left alone.
    ///
    /// # Errors
    /// [`OperatorError::Conflict`] where it is over already, [`OperatorError::NotFound`].
    pub fn end_stay(&self, assignment: AssignmentId) -> Result<(), OperatorError> {
        self.act(|db| {
            let row = rows::find(db, assignment)?;
            if !row.is_active() {
                let words = format!("that stay of unit {} is over already", row.unit_id);
                return Err(OperatorError::Conflict(words));
            }
            Ok(((), Some(self.end(db, row)?)))
        })
    }

    fn end(&self, db: &mut Db, row: StoredAssignment) -> Result<Change, OperatorError> {
        let end = rows::end(db, &row, self.now())?;
        let end: Timestamp = stored_time("unit_assignments", &row.id, "assigned_until", end)?;
        Ok(Change {
            action: "unit.end-assignment",
            projects: projects_of_units(db, std::slice::from_ref(&row.unit_id))?,
            before: Some(State::default().text("location", &row.location_id)),
            after: Some(State::default().plain("until", end)),
            subject: row.unit_id,
        })
    }
}
