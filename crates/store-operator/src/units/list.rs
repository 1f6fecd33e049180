//! Many units.

use std::collections::HashMap;

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::{Timestamp, UnitId};
use store::internal::schema::roster_units as units;
use store::internal::{Db, millis};

use super::{StoredUnit, UnitRecord, read};
use crate::Operator;
use crate::assignments::{StayRecord, StaysOf, stays};
use crate::error::OperatorError;
use crate::paging::{Page, Paged, Words, by_name};

/// Which units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitFilter {
    /// Words, each of which stands in the id, the serial number, the model, or the name of the
    /// location or of the project where the unit stands, in whatever case.
    pub search: String,
    /// Retired ones, or those in use; where it is not said, both.
    pub retired: Option<bool>,
    /// Only those that are to be calibrated before this, UTC; one without a date is none.
    pub due_before: Option<Timestamp>,
}

/// A unit, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPlaced {
    /// The unit.
    pub unit: UnitRecord,
    /// The stay that lasts now.
    pub stay: Option<StayRecord>,
}

impl UnitPlaced {
    fn is_found(&self, words: &Words) -> bool {
        let UnitRecord {
            id, serial, model, ..
        } = &self.unit;
        let stay = self.stay.as_ref();
        words.found_in(&[
            Some(id.as_str()),
            serial.as_deref(),
            model.as_deref(),
            stay.map(|stay| stay.location_name.as_str()),
            stay.map(|stay| stay.project_name.as_str()),
        ])
    }
}

impl Operator {
    /// A page of the units that the filter lets through, by id, and where each stands now.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn find_units(
        &self,
        filter: &UnitFilter,
        page: Page,
    ) -> Result<Paged<UnitPlaced>, OperatorError> {
        let (now, words) = (self.now(), Words::of(&filter.search));
        self.snapshot(|db| {
            let mut lasting: HashMap<UnitId, StayRecord> = stays(db, StaysOf::Active)?
                .into_iter()
                .filter(|stay| stay.assignment.lasts(now))
                .map(|stay| (stay.assignment.unit.clone(), stay))
                .collect();
            let mut found = Vec::new();
            for row in load(db, filter)? {
                let unit = read(row)?;
                let stay = lasting.remove(&unit.id);
                let placed = UnitPlaced { unit, stay };
                if placed.is_found(&words) {
                    found.push(placed);
                }
            }
            found.sort_by_cached_key(|placed| {
                let id = placed.unit.id.as_str();
                (by_name(id), id.to_owned())
            });
            Ok(Paged::cut(found, page))
        })
    }
}

fn load(db: &mut Db, filter: &UnitFilter) -> Result<Vec<StoredUnit>, OperatorError> {
    let mut query = units::table.select(StoredUnit::as_select()).into_boxed();
    match filter.retired {
        Some(true) => query = query.filter(units::retired_at.is_not_null()),
        Some(false) => query = query.filter(units::retired_at.is_null()),
        None => {}
    }
    if let Some(due) = filter.due_before {
        query = query.filter(units::calibration_due.lt(millis(due)));
    }
    Ok(query.load(db)?)
}
