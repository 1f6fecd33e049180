//! Which meter stands where, and when.

mod assign;
mod end;
mod history;
mod in_the_way;
mod plan;
mod rows;
mod standing;

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{AssignmentId, LocationId, Timestamp, UnitId, Window};
use store::internal::schema::unit_assignments as assignments;

use crate::Operator;
use crate::error::OperatorError;
use crate::field::stored_id;
use crate::units::stored_unit_id;

pub(crate) use assign::{put, whole_millis};
pub use history::StayRecord;
pub(crate) use history::{StaysOf, stays};
pub use in_the_way::InTheWay;
use rows::StoredAssignment;
pub(crate) use rows::{complete_over, end_all_at, projects_of_units};

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

impl AssignmentRecord {
    /// Whether the unit stands there at `now`.
    pub fn lasts(&self, now: Timestamp) -> bool {
        self.active && self.window.contains(now)
    }

    /// Whether the unit is to stand there, from later than `now`.
    pub fn is_to_come(&self, now: Timestamp) -> bool {
        self.active && now < self.window.from
    }
}

impl Operator {
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
