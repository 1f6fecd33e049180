//! Places of monitoring.

mod add;
mod edit;
mod equip;
mod order;
mod remove;

use std::cmp::Ordering;

use diesel::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::{LocationId, ProjectId, Timestamp};
use store::internal::Db;
use store::internal::schema::monitoring_locations as locations;

use crate::Operator;
use crate::error::OperatorError;
use crate::field;
use crate::seen::Seen;

pub use add::NewLocation;
pub use edit::LocationEdit;

/// A location, as listed.
#[derive(Debug, Clone, PartialEq)]
pub struct LocationRecord {
    /// Its id.
    pub id: LocationId,
    /// Its project.
    pub project: ProjectId,
    /// What people call it.
    pub name: String,
    /// What it monitors, as stored: the firm has kinds that this program does not show.
    pub kind: String,
    /// What else is to be known of it.
    pub description: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Its place among its project's, ascending.
    pub sort_order: i32,
    /// When it was removed, UTC.
    pub removed_at: Option<Timestamp>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = locations)]
pub(crate) struct StoredLocation {
    pub(crate) id: String,
    pub(crate) project_id: String,
    pub(crate) name: String,
    pub(crate) location_type: String,
    description: Option<String>,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    sort_order: i32,
    pub(crate) removed_at: Option<i64>,
}

impl LocationRecord {
    /// What there is to be said anew, as it is now.
    pub fn seen(&self) -> Seen {
        let position = (self.latitude, self.longitude);
        edit::seen_of(&self.name, self.description.as_deref(), position)
    }
}

impl Operator {
    /// All locations, of one project or of all, in their order; removed ones too.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn list_locations(
        &self,
        project: Option<ProjectId>,
    ) -> Result<Vec<LocationRecord>, OperatorError> {
        self.read(|db| {
            let mut query = locations::table
                .select(StoredLocation::as_select())
                .into_boxed();
            if let Some(project) = project {
                query = query.filter(locations::project_id.eq(project.to_string()));
            }
            let mut rows: Vec<StoredLocation> = query.load(db)?;
            rows.sort_by(|one, other| {
                let project = one.project_id.cmp(&other.project_id);
                project.then_with(|| in_order(one, other))
            });
            rows.into_iter().map(read).collect()
        })
    }
}

pub(crate) fn read(row: StoredLocation) -> Result<LocationRecord, OperatorError> {
    let removed_at = row.removed_at;
    Ok(LocationRecord {
        id: field::stored_id("monitoring_locations", "id", &row.id)?,
        project: field::stored_id("monitoring_locations", "project_id", &row.project_id)?,
        removed_at: removed_at
            .map(|at| field::stored_time("monitoring_locations", &row.id, "removed_at", at))
            .transpose()?,
        name: row.name,
        kind: row.location_type,
        description: row.description,
        latitude: row.latitude,
        longitude: row.longitude,
        sort_order: row.sort_order,
    })
}

/// The order in which people are shown the locations of a project, the portal's too. It is ours,
/// not the database's: the two engines sort texts differently.
pub(crate) fn in_order(one: &StoredLocation, other: &StoredLocation) -> Ordering {
    one.sort_order
        .cmp(&other.sort_order)
        .then_with(|| one.name.cmp(&other.name))
        .then_with(|| one.id.cmp(&other.id))
}

/// The locations of a project that are not removed, in their order.
pub(crate) fn kept(db: &mut Db, project: ProjectId) -> Result<Vec<StoredLocation>, OperatorError> {
    let mut rows: Vec<StoredLocation> = locations::table
        .filter(locations::project_id.eq(project.to_string()))
        .filter(locations::removed_at.is_null())
        .select(StoredLocation::as_select())
        .load(db)?;
    rows.sort_by(in_order);
    Ok(rows)
}

/// The location, removed or not.
pub(crate) fn expect_location(
    db: &mut Db,
    location: LocationId,
) -> Result<StoredLocation, OperatorError> {
    locations::table
        .find(location.to_string())
        .select(StoredLocation::as_select())
        .first(db)
        .optional()?
        .ok_or_else(|| OperatorError::not_found("location", location.to_string()))
}

/// The location, unless it is removed.
pub(crate) fn expect_kept_location(
    db: &mut Db,
    location: LocationId,
) -> Result<StoredLocation, OperatorError> {
    let row = expect_location(db, location)?;
    if row.removed_at.is_some() {
        let words = format!("location {:?} has been removed", row.name);
        return Err(OperatorError::Conflict(words));
    }
    Ok(row)
}
