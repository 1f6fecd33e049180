//! The roster of units.

use diesel::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::{DeviceKind, Timestamp, UnitId};
use store::internal::Db;
use store::internal::schema::roster_units as units;

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
}

/// A unit, as listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRecord {
    /// The name by which the device layer knows it.
    pub id: UnitId,
    /// What it is, as stored: the firm has kinds that this program does not show.
    pub kind: String,
    /// The maker's serial number.
    pub serial: Option<String>,
    /// The maker's name for the model.
    pub model: Option<String>,
    /// When it is to be calibrated, UTC.
    pub calibration_due: Option<Timestamp>,
    /// When it went out of use, UTC.
    pub retired_at: Option<Timestamp>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = units)]
pub(crate) struct StoredUnit {
    id: String,
    pub(crate) device_type: String,
    serial: Option<String>,
    model: Option<String>,
    calibration_due: Option<i64>,
    pub(crate) retired_at: Option<i64>,
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
            calibration_due: None,
            retired_at: None,
        };
        self.act(|db| {
            if find_unit(db, &new.id)?.is_some() {
                let words = format!("unit {} is in the roster already", new.id);
                return Err(OperatorError::Conflict(words));
            }
            diesel::insert_into(units::table).values(&row).execute(db)?;
            let after = State::default()
                .text("kind", &row.device_type)
                .optional("serial", row.serial)
                .optional("model", row.model);
            let change = Change {
                action: "unit.add",
                subject: row.id,
                projects: Vec::new(),
                before: None,
                after: Some(after),
            };
            Ok(((), Some(change)))
        })
    }

    /// All units by id, retired ones too.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn list_units(&self) -> Result<Vec<UnitRecord>, OperatorError> {
        self.read(|db| {
            let rows: Vec<StoredUnit> = units::table
                .order(units::id.asc())
                .select(StoredUnit::as_select())
                .load(db)?;
            rows.into_iter().map(read).collect()
        })
    }
}

fn read(row: StoredUnit) -> Result<UnitRecord, OperatorError> {
    let time = |column, at: Option<i64>| {
        at.map(|at| field::stored_time("roster_units", &row.id, column, at))
            .transpose()
    };
    Ok(UnitRecord {
        id: stored_unit_id("roster_units", "id", &row.id)?,
        calibration_due: time("calibration_due", row.calibration_due)?,
        retired_at: time("retired_at", row.retired_at)?,
        kind: row.device_type,
        serial: row.serial,
        model: row.model,
    })
}

pub(crate) fn stored_unit_id(
    table: &'static str,
    column: &'static str,
    id: &str,
) -> Result<UnitId, OperatorError> {
    meter_id::parse(id).map_err(|_no_name| field::corrupt(table, id, column))
}

pub(crate) fn find_unit(db: &mut Db, unit: &UnitId) -> Result<Option<StoredUnit>, OperatorError> {
    let row = units::table
        .find(unit.as_str())
        .select(StoredUnit::as_select())
        .first(db)
        .optional()?;
    Ok(row)
}
