//! One unit with its history.

use domain::UnitId;

use super::{UnitRecord, expect_unit, read};
use crate::Operator;
use crate::assignments::{StayRecord, StaysOf, stays};
use crate::error::OperatorError;

/// A unit with its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDetail {
    /// The unit.
    pub unit: UnitRecord,
    /// The stay that lasts now.
    pub current: Option<StayRecord>,
    /// All its stays, newest first: those to come, the one that lasts, those that are over.
    pub history: Vec<StayRecord>,
}

impl Operator {
    /// A unit with its history.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn unit_detail(&self, unit: &UnitId) -> Result<UnitDetail, OperatorError> {
        let now = self.now();
        self.snapshot(|db| {
            let record = read(expect_unit(db, unit)?)?;
            let history = stays(db, StaysOf::Unit(unit))?;
            let current = history.iter().find(|stay| stay.assignment.lasts(now));
            Ok(UnitDetail {
                unit: record,
                current: current.cloned(),
                history,
            })
        })
    }
}
