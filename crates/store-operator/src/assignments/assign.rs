//! Putting a meter at a location.

use domain::{AssignmentId, DeviceKind, LocationId, LocationKind, Timestamp, UnitId, Window};
use store::internal::{ASSIGNMENT_ACTIVE, ASSIGNMENT_COMPLETED, Db, millis, time};

use super::plan::{Plan, plan};
use super::rows::{StoredAssignment, complete, insert, projects_of_units};
use super::standing::{Standing, standing};
use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;
use crate::field::stored_id;
use crate::locations::{StoredLocation, expect_kept_location};
use crate::projects::expect_kept_project;
use crate::units::expect_unit;

impl Operator {
    /// Puts a meter at a location, `from` then (now, where not said) and `until` then (for good,
    /// where not said). Whatever stay of the meter, or of another meter at that location, runs at
    /// that moment ends with it.
    ///
    /// # Errors
    /// [`OperatorError::InTheWay`] where it would overlap another stay or the meter is there
    /// already, [`OperatorError::Conflict`] where the meter is out of use or of another kind, [`OperatorError::NotFound`], [`OperatorError::Invalid`] for times that cannot be.
    pub fn assign_unit(
        &self,
        unit: &UnitId,
        location: LocationId,
        from: Option<Timestamp>,
        until: Option<Timestamp>,
    ) -> Result<AssignmentId, OperatorError> {
        let id = AssignmentId::generate(&*self.clock, &*self.random)?;
        let now = self.now();
        let new = Window {
            from: whole_millis(from.unwrap_or(now)),
            until: until.map(whole_millis),
        };
        if new.is_empty() {
            return Err(OperatorError::invalid(
                "until",
                "it has to be later than from",
            ));
        }
        self.act(|db| {
            let change = put(db, id, (unit, location), &new, now)?;
            Ok((id, Some(change)))
        })
    }
}

/// Puts a meter at a location, for a time that is not empty.
pub(crate) fn put(
    db: &mut Db,
    id: AssignmentId,
    (unit, location): (&UnitId, LocationId),
    new: &Window,
    now: Timestamp,
) -> Result<Change, OperatorError> {
    let (place, kind) = fitting(db, unit, location)?;
    let standing = standing(db, unit.as_str(), &place.id, &kind)?;
    let plan = plan(new, &standing, now).map_err(OperatorError::InTheWay)?;
    for (assignment, end) in &plan.endings {
        complete(db, assignment, *end)?;
    }
    let status = if plan.active {
        ASSIGNMENT_ACTIVE
    } else {
        ASSIGNMENT_COMPLETED
    };
    let row = StoredAssignment {
        id: id.to_string(),
        location_id: place.id,
        unit_id: unit.as_str().to_owned(),
        device_type: kind,
        status: status.to_owned(),
        assigned_from: millis(new.from),
        assigned_until: new.until.map(millis),
    };
    insert(db, &row)?;
    change(db, row, new, &ended(&standing, &plan))
}

fn ended<'a>(standing: &'a [Standing], plan: &Plan) -> Vec<&'a Standing> {
    let is_ended = |stay: &&Standing| plan.endings.iter().any(|(id, _)| *id == stay.id);
    standing.iter().filter(is_ended).collect()
}

fn change(
    db: &mut Db,
    row: StoredAssignment,
    new: &Window,
    ended: &[&Standing],
) -> Result<Change, OperatorError> {
    let mut units: Vec<_> = ended.iter().map(|stay| stay.unit.clone()).collect();
    units.push(row.unit_id.clone());
    let before = ended.iter().fold(State::default(), |state, stay| {
        state.text(&stay.unit, &stay.location)
    });
    let after = State::default()
        .text("location", row.location_id)
        .plain("from", new.from)
        .optional("until", new.until.map(|until| until.to_string()));
    Ok(Change {
        action: "unit.assign",
        subject: row.unit_id,
        projects: projects_of_units(db, &units)?,
        before: (!ended.is_empty()).then_some(before),
        after: Some(after),
    })
}

/// The location, and the kind of the unit, if the one can monitor with the other.
fn fitting(
    db: &mut Db,
    unit: &UnitId,
    location: LocationId,
) -> Result<(StoredLocation, String), OperatorError> {
    let meter = expect_unit(db, unit)?;
    let place = expect_kept_location(db, location)?;
    let project = stored_id("monitoring_locations", "project_id", &place.project_id)?;
    expect_kept_project(db, project)?;
    let conflict = |words| Err(OperatorError::Conflict(words));
    if meter.retired_at.is_some() {
        return conflict(format!("unit {unit} is retired"));
    }
    let is_sound = place.location_type == LocationKind::Sound.as_str();
    if is_sound != (meter.device_type == DeviceKind::SoundLevelMeter.as_str()) {
        let (monitors, kind) = (&place.location_type, &meter.device_type);
        return conflict(format!(
            "location {:?} monitors {monitors}, which unit {unit} ({kind}) does not",
            place.name
        ));
    }
    Ok((place, meter.device_type))
}

/// What will be stored is what is checked.
pub(crate) fn whole_millis(at: Timestamp) -> Timestamp {
    time(millis(at)).unwrap_or(at)
}
