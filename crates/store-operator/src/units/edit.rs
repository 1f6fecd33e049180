//! What is said of a unit anew.

use diesel::{AsChangeset, QueryDsl, RunQueryDsl};
use domain::{Timestamp, UnitId};
use store::internal::millis;
use store::internal::schema::roster_units as units;

use super::{expect_unit, read};
use crate::Operator;
use crate::act::Change;
use crate::audit::Changes;
use crate::error::OperatorError;
use crate::field;
use crate::seen::Seen;

/// What is said of a unit anew: all of it, also what stays as it was. Its id and its kind stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitEdit {
    /// The maker's serial number.
    pub serial: Option<String>,
    /// The maker's name for the model.
    pub model: Option<String>,
    /// When it is to be calibrated, UTC.
    pub calibration_due: Option<Timestamp>,
}

#[derive(AsChangeset)]
#[diesel(table_name = units, treat_none_as_null = true)]
struct Said {
    serial: Option<String>,
    model: Option<String>,
    calibration_due: Option<i64>,
}

impl Operator {
    /// Says of a unit anew what it is and when it is to be calibrated; of a retired one too.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a field that cannot be taken, [`OperatorError::NotFound`].
    pub fn edit_unit(&self, unit: &UnitId, edit: &UnitEdit) -> Result<(), OperatorError> {
        self.edit_unit_as_seen(unit, edit, None)
    }

    /// The same unless it has been said anew since it was `seen`.
    ///
    /// # Errors
    /// As [`Self::edit_unit`], and [`OperatorError::Stale`].
    pub fn edit_unit_as_seen(
        &self,
        unit: &UnitId,
        edit: &UnitEdit,
        seen: Option<Seen>,
    ) -> Result<(), OperatorError> {
        let said = Said {
            serial: field::short("serial", edit.serial.as_deref())?,
            model: field::short("model", edit.model.as_deref())?,
            calibration_due: edit.calibration_due.map(millis),
        };
        self.act(|db| {
            let row = read(expect_unit(db, unit)?)?;
            row.seen().expect(seen)?;
            let changes = Changes::default()
                .optional("serial", row.serial.as_deref(), said.serial.as_deref())
                .optional("model", row.model.as_deref(), said.model.as_deref())
                .plain("calibration_due", row.calibration_due, edit.calibration_due);
            let Some((before, after)) = changes.states() else {
                return Ok(((), None));
            };
            diesel::update(units::table.find(unit.as_str()))
                .set(&said)
                .execute(db)?;
            let change = Change {
                action: "unit.edit",
                subject: unit.as_str().to_owned(),
                // A portal says nothing of a unit.
                projects: Vec::new(),
                before: Some(before),
                after: Some(after),
            };
            Ok(((), Some(change)))
        })
    }
}
