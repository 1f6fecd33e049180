//! A new location with its meter, in one act.

use domain::{AssignmentId, LocationId, ProjectId, UnitId, Window};

use super::add::{NewLocation, insert_location};
use crate::Operator;
use crate::assignments::{put, whole_millis};
use crate::error::OperatorError;
use crate::units::{expect_free, find_unit, insert_bare_meter};

impl Operator {
    /// Adds a location to a project, after its others, and puts a meter there as of now that
    /// stands nowhere. One that is not of the roster joins it, as a sound level meter. All of it
    /// is done or nothing; the record has each act by itself.
    ///
    /// # Errors
    /// As [`Self::add_location`]; [`OperatorError::InTheWay`] at `unit` for a meter that stands
    /// somewhere or is to, [`OperatorError::Invalid`] there for one that is out of use.
    pub fn add_location_with_meter(
        &self,
        project: ProjectId,
        new: &NewLocation,
        unit: &UnitId,
    ) -> Result<LocationId, OperatorError> {
        let id = LocationId::generate(&*self.clock, &*self.random)?;
        let stay = AssignmentId::generate(&*self.clock, &*self.random)?;
        let said = new.said()?;
        let now = self.now();
        let window = Window {
            from: whole_millis(now),
            until: None,
        };
        self.act_all(|db| {
            let mut changes = Vec::new();
            if find_unit(db, unit)?.is_none() {
                changes.push(insert_bare_meter(db, unit)?);
            }
            expect_free(db, unit, now).map_err(at_unit)?;
            changes.push(insert_location(db, id, project, said)?);
            changes.push(put(db, stay, (unit, id), &window, now).map_err(at_unit)?);
            Ok((id, changes))
        })
    }
}

/// What does not fit is wrong about the meter: the location is new.
fn at_unit(error: OperatorError) -> OperatorError {
    let instead = "leave this empty and move it here afterwards";
    match error {
        OperatorError::InTheWay(mut stay) => {
            stay.field = Some("unit");
            stay.why = format!("{}, or {instead}", stay.why);
            OperatorError::InTheWay(stay)
        }
        OperatorError::Conflict(problem) => OperatorError::Invalid {
            field: "unit",
            problem: format!("{problem}, or {instead}"),
        },
        other => other,
    }
}
