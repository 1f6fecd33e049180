//! From assignments to stays.

use std::collections::HashMap;

use diesel::{Queryable, Selectable};
use domain::{DeviceKind, Tenure, Timestamp, Window};
use jiff::SignedDuration;

use super::location::Stay;
use crate::error::StoreError;
use crate::internal::schema::unit_assignments;
use crate::times::time;

/// How long after its end a stay is still of interest: history looks back 48 hours, and a
/// remembered project grows older than the moment at which it was read.
const REMEMBERED_FOR: SignedDuration = SignedDuration::from_hours(49);

/// The status of an assignment that is in force within its window.
pub(crate) const ACTIVE: &str = "active";

#[derive(Queryable, Selectable)]
#[diesel(table_name = unit_assignments)]
pub(super) struct StoredStay {
    id: String,
    location_id: String,
    unit_id: String,
    device_type: String,
    status: String,
    assigned_from: i64,
    assigned_until: Option<i64>,
}

impl StoredStay {
    fn corrupt(&self, column: &'static str) -> StoreError {
        StoreError::corrupt("unit_assignments", &self.id, column)
    }

    /// The window in which the location had the meter. A stay that is over, though nobody said
    /// when, has none that could be relied on.
    fn window(&self) -> Result<Option<Window>, StoreError> {
        let from = time(self.assigned_from).ok_or_else(|| self.corrupt("assigned_from"))?;
        let until = self
            .assigned_until
            .map(|until| time(until).ok_or_else(|| self.corrupt("assigned_until")))
            .transpose()?;
        let window = Window { from, until };
        let is_usable = (until.is_some() || self.status == ACTIVE) && !window.is_empty();
        Ok(is_usable.then_some(window))
    }

    fn matters(&self, window: &Window, now: Timestamp) -> bool {
        self.device_type == DeviceKind::SoundLevelMeter.as_str()
            && window
                .until
                .is_none_or(|until| now.duration_since(until) <= REMEMBERED_FOR)
    }
}

/// The stays that matter at `now`, newest first, by the id of the location. Every assignment of
/// the meters concerned has to be among `rows`.
pub(super) fn stays_by_location(
    rows: &[StoredStay],
    now: Timestamp,
) -> Result<HashMap<String, Vec<Stay>>, StoreError> {
    let mut lives: HashMap<&str, Vec<&StoredStay>> = HashMap::new();
    for row in rows {
        lives.entry(&row.unit_id).or_default().push(row);
    }
    let mut stays: HashMap<String, Vec<Stay>> = HashMap::new();
    for row in rows {
        let Some(window) = row.window()?.filter(|window| row.matters(window, now)) else {
            continue;
        };
        let life = lives
            .get(row.unit_id.as_str())
            .map_or(&[][..], Vec::as_slice);
        let stay = Stay {
            unit: meter_id::parse(&row.unit_id).map_err(|_no_name| row.corrupt("unit_id"))?,
            tenure: Tenure {
                window,
                left_elsewhere_at: left_elsewhere_at(row, life)?,
            },
            active: row.status == ACTIVE,
        };
        stays.entry(row.location_id.clone()).or_default().push(stay);
    }
    for stays in stays.values_mut() {
        stays.sort_by_key(|stay| std::cmp::Reverse(stay.tenure.window.from));
    }
    Ok(stays)
}

/// When the meter last left another location before this stay. A stay elsewhere whose end nobody
/// wrote down, or that is said to have gone on, ended at the latest when this one began.
fn left_elsewhere_at(
    row: &StoredStay,
    life: &[&StoredStay],
) -> Result<Option<Timestamp>, StoreError> {
    let left = life
        .iter()
        .filter(|other| other.location_id != row.location_id)
        .filter(|other| other.assigned_from < row.assigned_from)
        .map(|other| {
            other
                .assigned_until
                .unwrap_or(row.assigned_from)
                .min(row.assigned_from)
        })
        .max();
    left.map(|left| time(left).ok_or_else(|| row.corrupt("assigned_until")))
        .transpose()
}
