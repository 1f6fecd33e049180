//! Stays, with the names of where they are.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{LocationId, ProjectId, ProjectStatus, UnitId};
use store::internal::schema::{
    monitoring_locations as locations, projects, unit_assignments as assignments,
};
use store::internal::{ASSIGNMENT_ACTIVE, Db};

use super::rows::StoredAssignment;
use super::{AssignmentRecord, read};
use crate::Operator;
use crate::error::OperatorError;
use crate::field::{corrupt, stored_id};
use crate::locations::expect_location;
use crate::units::expect_unit;

/// A stay of a unit, with the names of where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayRecord {
    /// The stay.
    pub assignment: AssignmentRecord,
    /// What people call the location.
    pub location_name: String,
    /// Its project.
    pub project: ProjectId,
    /// What the client calls the project.
    pub project_name: String,
    /// Where the project stands.
    pub project_status: ProjectStatus,
    /// The IANA name of the project's local time; `None` for the site's.
    pub project_time_zone: Option<String>,
}

/// Whose stays.
#[derive(Clone, Copy)]
pub(crate) enum StaysOf<'a> {
    /// Those of a unit.
    Unit(&'a UnitId),
    /// Those of these units.
    Units(&'a [UnitId]),
    /// Those at a location.
    Location(LocationId),
    /// Those at the locations of a project, removed ones too.
    Project(ProjectId),
    /// Those in force.
    Active,
}

type Row = (
    StoredAssignment,
    String,
    String,
    String,
    String,
    Option<String>,
);

impl Operator {
    /// Where a unit stood, stands and is to stand, newest first.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`] for a unit that is not of the roster.
    pub fn stays_of_unit(&self, unit: &UnitId) -> Result<Vec<StayRecord>, OperatorError> {
        self.snapshot(|db| {
            expect_unit(db, unit)?;
            stays(db, StaysOf::Unit(unit))
        })
    }

    /// Where each of these units stood, stands and is to stand, newest first, in one statement; of
    /// one that is not of the roster there is nothing.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn stays_of_units(&self, units: &[UnitId]) -> Result<Vec<StayRecord>, OperatorError> {
        self.read(|db| stays(db, StaysOf::Units(units)))
    }

    /// Which units stood, stand and are to stand at a location, newest first.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`] for a location that never was.
    pub fn stays_at_location(
        &self,
        location: LocationId,
    ) -> Result<Vec<StayRecord>, OperatorError> {
        self.snapshot(|db| {
            expect_location(db, location)?;
            stays(db, StaysOf::Location(location))
        })
    }
}

/// Stays, newest first. One statement.
pub(crate) fn stays(db: &mut Db, of: StaysOf<'_>) -> Result<Vec<StayRecord>, OperatorError> {
    let query = assignments::table
        .inner_join(locations::table.inner_join(projects::table))
        .order((assignments::assigned_from.desc(), assignments::id.desc()))
        .select((
            StoredAssignment::as_select(),
            locations::name,
            projects::id,
            projects::name,
            projects::status,
            projects::time_zone,
        ))
        .into_boxed();
    let query = match of {
        StaysOf::Unit(unit) => query.filter(assignments::unit_id.eq(unit.as_str().to_owned())),
        StaysOf::Units(units) => {
            let units = units.iter().map(|unit| unit.as_str().to_owned());
            query.filter(assignments::unit_id.eq_any(units.collect::<Vec<_>>()))
        }
        StaysOf::Location(location) => {
            query.filter(assignments::location_id.eq(location.to_string()))
        }
        StaysOf::Project(project) => query.filter(locations::project_id.eq(project.to_string())),
        StaysOf::Active => query.filter(assignments::status.eq(ASSIGNMENT_ACTIVE)),
    };
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(record).collect()
}

fn record(row: Row) -> Result<StayRecord, OperatorError> {
    let (assignment, location_name, project, project_name, status, time_zone) = row;
    Ok(StayRecord {
        assignment: read(&assignment)?,
        location_name,
        project_status: status
            .parse()
            .map_err(|_unknown| corrupt("projects", &project, "status"))?,
        project: stored_id("projects", "id", &project)?,
        project_name,
        project_time_zone: time_zone,
    })
}
