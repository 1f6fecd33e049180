//! A new unit.

use diesel::RunQueryDsl;
use domain::{DeviceKind, Timestamp, UnitId};
use store::internal::schema::roster_units as units;
use store::internal::{Db, millis};

use super::{StoredUnit, find_unit};
use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;
use crate::field;

/// What is said of a new unit.
#[derive(Debug, Clone)]
pub struct NewUnit {
    /// The name by which the device layer knows it; see [`crate::unit_id`].
    pub id: UnitId,
    /// What it is.
    pub kind: DeviceKind,
    /// The maker's serial number.
    pub serial: Option<String>,
    /// The maker's name for the model.
    pub model: Option<String>,
    /// When it is to be calibrated, UTC.
    pub calibration_due: Option<Timestamp>,
}

impl Operator {
    /// Adds a unit to the roster.
    ///
    /// # Errors
    /// [`OperatorError::Conflict`] where there is one of that id,
    /// [`OperatorError::Invalid`] for a field that cannot be taken.
    pub fn add_unit(&self, new: &NewUnit) -> Result<(), OperatorError> {
        let row = StoredUnit {
            id: new.id.as_str().to_owned(),
            device_type: new.kind.as_str().to_owned(),
            serial: field::short("serial", new.serial.as_deref())?,
            model: field::short("model", new.model.as_deref())?,
            calibration_due: new.calibration_due.map(millis),
            retired_at: None,
        };
        self.act(|db| {
            if find_unit(db, &new.id)?.is_some() {
                let words = format!("unit {} is in the roster already", new.id);
                return Err(OperatorError::Conflict(words));
            }
            Ok(((), Some(insert_unit(db, row, new.calibration_due)?)))
        })
    }
}

/// A sound level meter of which no more is known than its name.
pub(crate) fn insert_bare_meter(db: &mut Db, unit: &UnitId) -> Result<Change, OperatorError> {
    let row = StoredUnit {
        id: unit.as_str().to_owned(),
        device_type: DeviceKind::SoundLevelMeter.as_str().to_owned(),
        serial: None,
        model: None,
        calibration_due: None,
        retired_at: None,
    };
    insert_unit(db, row, None)
}

fn insert_unit(
    db: &mut Db,
    row: StoredUnit,
    calibration_due: Option<Timestamp>,
) -> Result<Change, OperatorError> {
    diesel::insert_into(units::table).values(&row).execute(db)?;
    let after = State::default()
        .text("kind", &row.device_type)
        .optional("serial", row.serial)
        .optional("model", row.model)
        .optional(
            "calibration_due",
            calibration_due.map(|due| due.to_string()),
        );
    Ok(Change {
        action: "unit.add",
        subject: row.id,
        projects: Vec::new(),
        before: None,
        after: Some(after),
    })
}
