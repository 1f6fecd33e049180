//! Which meter stands where.

use std::collections::HashMap;

use domain::{LocationId, Timestamp};
use serde::Serialize;
use store_operator::AssignmentRecord;

use super::Desk;
use crate::error::AdminError;
use crate::output::{Made, Report, table};

#[derive(Debug, Serialize)]
struct Ended {
    id: String,
}

impl Report for Ended {
    fn text(&self) -> String {
        format!("assignment {} is over", self.id)
    }
}

#[derive(Debug, Serialize)]
struct Assignments {
    assignments: Vec<Assignment>,
}

#[derive(Debug, Serialize)]
struct Assignment {
    id: String,
    unit_id: String,
    location_id: String,
    location: Option<String>,
    from: String,
    until: Option<String>,
    active: bool,
}

impl Assignment {
    fn of(record: AssignmentRecord, locations: &HashMap<LocationId, String>) -> Self {
        let AssignmentRecord {
            id,
            unit,
            location,
            window,
            active,
        } = record;
        Self {
            id: id.to_string(),
            unit_id: unit.to_string(),
            location_id: location.to_string(),
            location: locations.get(&location).cloned(),
            from: window.from.to_string(),
            until: window.until.map(|until| until.to_string()),
            active,
        }
    }
}

impl Report for Assignments {
    fn text(&self) -> String {
        let rows = self.assignments.iter().map(|assignment| {
            let state = if assignment.active { "active" } else { "over" };
            [
                assignment.id.clone(),
                assignment.unit_id.clone(),
                assignment.location.clone().unwrap_or_default(),
                assignment.from.clone(),
                assignment.until.clone().unwrap_or_default(),
                state.to_owned(),
            ]
        });
        table(["ID", "UNIT", "LOCATION", "FROM", "UNTIL", "STATE"], rows)
    }
}

pub(super) fn assign(
    desk: &Desk,
    unit: &str,
    location: &str,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
) -> Result<(), AdminError> {
    let unit = desk.operator.unit(unit)?;
    let location = desk.operator.location(location)?;
    let id = desk.operator.assign_unit(&unit, location, from, until)?;
    desk.out.say(&Made::new(&id))
}

pub(super) fn end(desk: &Desk, unit: &str) -> Result<(), AdminError> {
    let unit = desk.operator.unit(unit)?;
    let id = desk.operator.end_assignment(&unit)?;
    desk.out.say(&Ended { id: id.to_string() })
}

pub(super) fn list(desk: &Desk) -> Result<(), AdminError> {
    let locations = desk.operator.list_locations(None)?;
    let names = locations
        .into_iter()
        .map(|location| (location.id, location.name))
        .collect();
    let assignments = desk.operator.list_assignments(false)?;
    desk.out.say(&Assignments {
        assignments: assignments
            .into_iter()
            .map(|record| Assignment::of(record, &names))
            .collect(),
    })
}
