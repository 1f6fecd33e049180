//! The roster of units.

mod add;
mod detail;
mod edit;
mod list;
mod retire;

use diesel::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::{Timestamp, UnitId};
use store::internal::Db;
use store::internal::schema::roster_units as units;

use crate::Operator;
use crate::error::OperatorError;
use crate::field;
use crate::seen::Seen;

pub use add::NewUnit;
pub(crate) use add::insert_bare_meter;
pub use detail::UnitDetail;
pub use edit::UnitEdit;
pub use list::{UnitFilter, UnitPlaced};
pub(crate) use retire::expect_free;

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

impl UnitRecord {
    /// What there is to be said anew, as it is now.
    pub fn seen(&self) -> Seen {
        let due = self.calibration_due.map(Timestamp::as_millisecond);
        Seen::of((&self.serial, &self.model, due))
    }
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

pub(crate) fn expect_unit(db: &mut Db, unit: &UnitId) -> Result<StoredUnit, OperatorError> {
    find_unit(db, unit)?.ok_or_else(|| OperatorError::not_found("unit", unit.as_str()))
}
