//! Reading a project and everything beneath it that a client may see.

use std::collections::HashMap;

use diesel::{
    ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, alias,
};
use domain::{LocationKind, ProjectId, Timestamp};

use super::location::{Location, Stay};
use super::snapshot::{ProjectSnapshot, StoredProject};
use super::stays::{StoredStay, stays_by_location};
use crate::dialect::Db;
use crate::error::StoreError;
use crate::internal::schema::{monitoring_locations, projects, unit_assignments};

pub(super) fn stored_project(
    db: &mut Db,
    id: ProjectId,
) -> Result<Option<StoredProject>, StoreError> {
    let row = projects::table
        .find(id.to_string())
        .select(StoredProject::as_select())
        .first(db)
        .optional()?;
    Ok(row)
}

/// Reads a project; to be called where all its reads see the same state of the database.
pub(crate) fn load_project(
    db: &mut Db,
    id: ProjectId,
    now: Timestamp,
) -> Result<Option<ProjectSnapshot>, StoreError> {
    let Some(stored) = stored_project(db, id)? else {
        return Ok(None);
    };
    let stays = stays_by_location(&stored_stays(db, id)?, now)?;
    Ok(Some(ProjectSnapshot {
        id,
        open_link: stored.open_link()?,
        time_zone: stored.time_zone()?,
        locations: locations(db, id, stays)?,
        stored,
    }))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = monitoring_locations)]
struct StoredLocation {
    id: String,
    name: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    sort_order: i32,
}

/// The order is ours, not the database's: the two engines sort texts differently.
fn locations(
    db: &mut Db,
    project: ProjectId,
    mut stays: HashMap<String, Vec<Stay>>,
) -> Result<Vec<Location>, StoreError> {
    let mut rows: Vec<StoredLocation> = monitoring_locations::table
        .filter(monitoring_locations::project_id.eq(project.to_string()))
        .filter(monitoring_locations::location_type.eq(LocationKind::Sound.as_str()))
        .filter(monitoring_locations::removed_at.is_null())
        .select(StoredLocation::as_select())
        .load(db)?;
    rows.sort_by(|one, other| {
        (one.sort_order, &one.name, &one.id).cmp(&(other.sort_order, &other.name, &other.id))
    });
    rows.into_iter()
        .map(|row| {
            let stays = stays.remove(&row.id).unwrap_or_default();
            location(row, stays)
        })
        .collect()
}

fn location(row: StoredLocation, stays: Vec<Stay>) -> Result<Location, StoreError> {
    let id = row
        .id
        .parse()
        .map_err(|_malformed| StoreError::corrupt("monitoring_locations", &row.id, "id"))?;
    Ok(Location {
        id,
        name: row.name,
        position: row.latitude.zip(row.longitude),
        stays,
    })
}

/// The whole lives of all meters that ever stood at a location of the project: where a meter stood
/// before decides what of its memory is this project's.
pub(super) fn stored_stays(db: &mut Db, project: ProjectId) -> Result<Vec<StoredStay>, StoreError> {
    let here = alias!(unit_assignments as here);
    let units = here
        .inner_join(
            monitoring_locations::table
                .on(monitoring_locations::id.eq(here.field(unit_assignments::location_id))),
        )
        .filter(monitoring_locations::project_id.eq(project.to_string()))
        .select(here.field(unit_assignments::unit_id));
    let rows = unit_assignments::table
        .filter(unit_assignments::unit_id.eq_any(units))
        .select(StoredStay::as_select())
        .load(db)?;
    Ok(rows)
}
