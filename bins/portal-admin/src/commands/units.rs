//! The roster of meters.

use domain::DeviceKind;
use serde::Serialize;
use store_operator::{NewUnit, UnitRecord, unit_id};

use super::Desk;
use crate::error::AdminError;
use crate::output::{Made, Report, table};

#[derive(Debug, Serialize)]
struct Units {
    units: Vec<Unit>,
}

#[derive(Debug, Serialize)]
struct Unit {
    id: String,
    kind: String,
    serial: Option<String>,
    model: Option<String>,
    calibration_due: Option<String>,
    retired_at: Option<String>,
}

impl From<UnitRecord> for Unit {
    fn from(record: UnitRecord) -> Self {
        let UnitRecord {
            id,
            kind,
            serial,
            model,
            calibration_due,
            retired_at,
        } = record;
        Self {
            id: id.to_string(),
            kind,
            serial,
            model,
            calibration_due: calibration_due.map(|at| at.to_string()),
            retired_at: retired_at.map(|at| at.to_string()),
        }
    }
}

impl Report for Units {
    fn text(&self) -> String {
        let rows = self.units.iter().map(|unit| {
            [
                unit.id.clone(),
                unit.kind.clone(),
                unit.serial.clone().unwrap_or_default(),
                unit.model.clone().unwrap_or_default(),
                unit.retired_at.clone().unwrap_or_default(),
            ]
        });
        table(["ID", "KIND", "SERIAL", "MODEL", "RETIRED"], rows)
    }
}

pub(super) fn add(
    desk: &Desk,
    unit: &str,
    kind: DeviceKind,
    serial: Option<String>,
    model: Option<String>,
) -> Result<(), AdminError> {
    let new = NewUnit {
        id: unit_id(unit)?,
        kind,
        serial,
        model,
        calibration_due: None,
    };
    desk.operator.add_unit(&new)?;
    desk.out.say(&Made::new(&new.id))
}

pub(super) fn list(desk: &Desk) -> Result<(), AdminError> {
    let units = desk.operator.list_units()?;
    desk.out.say(&Units {
        units: units.into_iter().map(Unit::from).collect(),
    })
}
