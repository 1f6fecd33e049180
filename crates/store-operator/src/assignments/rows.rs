//! Assignments as stored.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use domain::{AssignmentId, Timestamp, Window};
use store::internal::schema::{monitoring_locations as locations, unit_assignments as assignments};
use store::internal::{ASSIGNMENT_ACTIVE, ASSIGNMENT_COMPLETED, Db, millis};

use crate::error::OperatorError;
use crate::field::stored_time;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignments)]
pub(super) struct StoredAssignment {
    pub(super) id: String,
    pub(super) location_id: String,
    pub(super) unit_id: String,
    pub(super) device_type: String,
    pub(super) status: String,
    pub(super) assigned_from: i64,
    pub(super) assigned_until: Option<i64>,
}

impl StoredAssignment {
    pub(super) fn is_active(&self) -> bool {
        self.status == ASSIGNMENT_ACTIVE
    }

    pub(super) fn window(&self) -> Result<Window, OperatorError> {
        let time = |column, at| stored_time("unit_assignments", &self.id, column, at);
        Ok(Window {
            from: time("assigned_from", self.assigned_from)?,
            until: self
                .assigned_until
                .map(|until| time("assigned_until", until))
                .transpose()?,
        })
    }

    /// The end of a stay that is ended at `at`: it does not grow by it, and one that has yet to
    /// begin never does.
    fn end(&self, at: Timestamp) -> i64 {
        let end = self.assigned_until.unwrap_or(i64::MAX).min(millis(at));
        end.max(self.assigned_from)
    }
}

pub(super) fn insert(db: &mut Db, row: &StoredAssignment) -> Result<(), OperatorError> {
    diesel::insert_into(assignments::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

pub(super) fn complete(db: &mut Db, id: &str, end: Timestamp) -> Result<(), OperatorError> {
    complete_at(db, id, millis(end))
}

fn complete_at(db: &mut Db, id: &str, end: i64) -> Result<(), OperatorError> {
    diesel::update(assignments::table.find(id))
        .set((
            assignments::status.eq(ASSIGNMENT_COMPLETED),
            assignments::assigned_until.eq(end),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn find(
    db: &mut Db,
    assignment: AssignmentId,
) -> Result<StoredAssignment, OperatorError> {
    assignments::table
        .find(assignment.to_string())
        .select(StoredAssignment::as_select())
        .first(db)
        .optional()?
        .ok_or_else(|| OperatorError::not_found("stay", assignment.to_string()))
}

/// The stay of the unit that is in force, if any.
pub(super) fn active_of(
    db: &mut Db,
    unit: &str,
) -> Result<Option<StoredAssignment>, OperatorError> {
    let mut rows: Vec<StoredAssignment> = assignments::table
        .filter(assignments::unit_id.eq(unit))
        .filter(assignments::status.eq(ASSIGNMENT_ACTIVE))
        .select(StoredAssignment::as_select())
        .load(db)?;
    Ok(rows.pop())
}

/// Ends that stay at `at`, or cancels it if it has yet to begin.
pub(super) fn end(
    db: &mut Db,
    row: &StoredAssignment,
    at: Timestamp,
) -> Result<i64, OperatorError> {
    let end = row.end(at);
    complete_at(db, &row.id, end)?;
    Ok(end)
}

/// Completes the unit's stay that is in force by its word only: its time is over by itself. Whether
/// there was one.
pub(crate) fn complete_over(
    db: &mut Db,
    unit: &str,
    now: Timestamp,
) -> Result<bool, OperatorError> {
    let over = active_of(db, unit)?.and_then(|row| Some((row.assigned_until?, row.id)));
    match over.filter(|(until, _)| *until <= millis(now)) {
        Some((until, id)) => complete_at(db, &id, until).map(|()| true),
        None => Ok(false),
    }
}

/// Ends every stay at a location, of whatever kind of unit, and answers the units.
pub(crate) fn end_all_at(
    db: &mut Db,
    location: &str,
    at: Timestamp,
) -> Result<Vec<String>, OperatorError> {
    let rows: Vec<StoredAssignment> = assignments::table
        .filter(assignments::location_id.eq(location))
        .filter(assignments::status.eq(ASSIGNMENT_ACTIVE))
        .order(assignments::unit_id.asc())
        .select(StoredAssignment::as_select())
        .load(db)?;
    rows.into_iter()
        .map(|row| {
            end(db, &row, at)?;
            Ok(row.unit_id)
        })
        .collect()
}

/// The projects at whose locations any of these units ever stood: where a meter stood before
/// decides what of its memory a later location may show.
pub(crate) fn projects_of_units(
    db: &mut Db,
    units: &[String],
) -> Result<Vec<String>, OperatorError> {
    let mut projects = Vec::new();
    for unit in units {
        let of_unit: Vec<String> = assignments::table
            .inner_join(locations::table)
            .filter(assignments::unit_id.eq(unit))
            .select(locations::project_id)
            .distinct()
            .load(db)?;
        projects.extend(of_unit);
    }
    projects.sort_unstable();
    projects.dedup();
    Ok(projects)
}
