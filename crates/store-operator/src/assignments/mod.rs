//! Which meter stands where, and when.

mod assign;
mod plan;
mod rows;

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{AssignmentId, LocationId, Timestamp, UnitId, Window};
use store::internal::schema::unit_assignments as assignments;

use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;
use crate::field::{stored_id, stored_time};
use crate::units::stored_unit_id;

use rows::StoredAssignment;
pub(crate) use rows::{end_all_at, projects_of_units};

/// A stay of a unit at a location, as listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentRecord {
    /// Its id.
    pub id: AssignmentId,
    /// Which unit.
    pub unit: UnitId,
    /// Where.
    pub location: LocationId,
    /// From when until when.
    pub window: Window,
    /// Whether it is in force, within its window.
    pub active: bool,
}

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
            let end = rows::end(db, &row, self.now())?;
            let end: Timestamp = stored_time("unit_assignments", &row.id, "assigned_until", end)?;
            let change = Change {
                action: "unit.end-assignment",
                projects: projects_of_units(db, std::slice::from_ref(&row.unit_id))?,
                before: Some(State::default().text("location", &row.location_id)),
                after: Some(State::default().plain("until", end)),
                subject: row.unit_id,
            };
            Ok((stored_id("unit_assignments", "id", &row.id)?, Some(change)))
        })
    }

    /// All assignments, those in force only or all, newest first.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn list_assignments(
        &self,
        active_only: bool,
    ) -> Result<Vec<AssignmentRecord>, OperatorError> {
        self.read(|db| {
            let rows: Vec<StoredAssignment> = assignments::table
                .order((assignments::assigned_from.desc(), assignments::id.desc()))
                .select(StoredAssignment::as_select())
                .load(db)?;
            rows.into_iter()
                .filter(|row| row.is_active() || !active_only)
                .map(|row| read(&row))
                .collect()
        })
    }
}

fn read(row: &StoredAssignment) -> Result<AssignmentRecord, OperatorError> {
    Ok(AssignmentRecord {
        id: stored_id("unit_assignments", "id", &row.id)?,
        unit: stored_unit_id("unit_assignments", "unit_id", &row.unit_id)?,
        location: stored_id("unit_assignments", "location_id", &row.location_id)?,
        window: row.window()?,
        active: row.is_active(),
    })
}
