//! How much there is.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::ProjectStatus;
use store::internal::ASSIGNMENT_ACTIVE;
use store::internal::schema::{
    clients, monitoring_locations, projects, roster_units, unit_assignments,
};

use crate::Operator;
use crate::error::OperatorError;

/// How much there is of what is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Clients.
    pub clients: i64,
    /// Projects that are not deleted.
    pub projects: i64,
    /// Of those, the ones whose portal is open.
    pub open_portals: i64,
    /// Locations that are not removed.
    pub locations: i64,
    /// Units that are not retired.
    pub units: i64,
    /// Assignments that are not over.
    pub assignments: i64,
}

impl Operator {
    /// Counts what is in use.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn counts(&self) -> Result<Counts, OperatorError> {
        self.read(|db| {
            let kept = projects::table.filter(projects::status.ne(ProjectStatus::Deleted.as_str()));
            Ok(Counts {
                clients: clients::table.count().get_result(db)?,
                projects: kept.count().get_result(db)?,
                open_portals: kept
                    .filter(projects::portal_enabled.eq(true))
                    .count()
                    .get_result(db)?,
                locations: monitoring_locations::table
                    .filter(monitoring_locations::removed_at.is_null())
                    .count()
                    .get_result(db)?,
                units: roster_units::table
                    .filter(roster_units::retired_at.is_null())
                    .count()
                    .get_result(db)?,
                assignments: unit_assignments::table
                    .filter(unit_assignments::status.eq(ASSIGNMENT_ACTIVE))
                    .count()
                    .get_result(db)?,
            })
        })
    }
}
