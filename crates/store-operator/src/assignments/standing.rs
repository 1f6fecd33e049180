//! The stays that a new one has to fit in with.

use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{Timestamp, Window};
use store::internal::Db;
use store::internal::schema::{
    monitoring_locations as locations, projects, unit_assignments as assignments,
};

use super::in_the_way::InTheWay;
use super::rows::StoredAssignment;
use crate::error::OperatorError;

/// A stay of the meter, or of another of its kind at the location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    /// The assignment's id.
    pub(super) id: String,
    /// The meter.
    pub(super) unit: String,
    /// What people call the location.
    pub(super) location: String,
    /// What the client calls its project.
    pub(super) project: String,
    /// Whether it is the very meter at the very location of the new stay.
    pub(super) same: bool,
    /// From when until when.
    pub(super) window: Window,
    /// Whether it is still in force.
    pub(super) active: bool,
}

impl Standing {
    /// The same as what is in the way of a new one.
    pub(super) fn in_the_way(&self, why: &str, now: Timestamp) -> Box<InTheWay> {
        Box::new(InTheWay {
            unit: self.unit.clone(),
            location: self.location.clone(),
            project: self.project.clone(),
            window: self.window,
            to_come: now < self.window.from,
            why: why.to_owned(),
            field: None,
        })
    }
}

/// All stays of the meter, and all of its kind at the location. One that is over, though nobody
/// wrote down when, stands in nobody's way.
pub(super) fn standing(
    db: &mut Db,
    unit: &str,
    location: &str,
    kind: &str,
) -> Result<Vec<Standing>, OperatorError> {
    let at_location = assignments::location_id
        .eq(location)
        .and(assignments::device_type.eq(kind));
    let rows: Vec<(StoredAssignment, String, String)> = assignments::table
        .inner_join(locations::table.inner_join(projects::table))
        .filter(assignments::unit_id.eq(unit).or(at_location))
        .order((assignments::assigned_from.asc(), assignments::id.asc()))
        .select((
            StoredAssignment::as_select(),
            locations::name,
            projects::name,
        ))
        .load(db)?;
    rows.into_iter()
        .filter(|(row, ..)| row.is_active() || row.assigned_until.is_some())
        .map(|(row, location_name, project)| {
            Ok(Standing {
                window: row.window()?,
                active: row.is_active(),
                same: row.unit_id == unit && row.location_id == location,
                id: row.id,
                unit: row.unit_id,
                location: location_name,
                project,
            })
        })
        .collect()
}
