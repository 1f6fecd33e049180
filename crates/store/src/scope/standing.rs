//! Which meters stand where, for the firm's own eyes. It is told by the very rules by which a scope
//! tells a client, so that both are shown the same.

use std::collections::HashMap;

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper, alias};
use domain::{ProjectId, Timestamp};

use super::load::stored_stays;
use super::location::Stay;
use super::stays::{ACTIVE, StoredStay, stays_by_location};
use crate::dialect::Db;
use crate::error::StoreError;
use crate::internal::schema::unit_assignments;

/// The stays of the sound level meters that stand somewhere at `now`, by the id of the location:
/// of one project, or of all. One statement.
///
/// # Errors
/// [`StoreError`] from the engine, or for a row that this program did not write.
pub fn standing(
    db: &mut Db,
    project: Option<ProjectId>,
    now: Timestamp,
) -> Result<HashMap<String, Stay>, StoreError> {
    let stays = stays(db, project, now)?;
    let last = |stays: Vec<Stay>| stays.into_iter().find(|stay| stay.is_current(now));
    Ok(stays
        .into_iter()
        .filter_map(|(location, stays)| last(stays).map(|stay| (location, stay)))
        .collect())
}

/// The stays of sound level meters at a project's locations that have begun and of which a client
/// is told at `now`, newest first, by the id of the location. One statement.
///
/// # Errors
/// As [`standing`].
pub fn begun(
    db: &mut Db,
    project: ProjectId,
    now: Timestamp,
) -> Result<HashMap<String, Vec<Stay>>, StoreError> {
    let mut stays = stays(db, Some(project), now)?;
    for stays in stays.values_mut() {
        stays.retain(|stay| stay.tenure.window.from <= now);
    }
    Ok(stays)
}

fn stays(
    db: &mut Db,
    project: Option<ProjectId>,
    now: Timestamp,
) -> Result<HashMap<String, Vec<Stay>>, StoreError> {
    let rows = match project {
        Some(project) => stored_stays(db, project)?,
        None => lives_of_standing(db)?,
    };
    stays_by_location(&rows, now)
}

/// The whole lives of all meters that have a stay in force.
fn lives_of_standing(db: &mut Db) -> Result<Vec<StoredStay>, StoreError> {
    let here = alias!(unit_assignments as here);
    let units = here
        .filter(here.field(unit_assignments::status).eq(ACTIVE))
        .select(here.field(unit_assignments::unit_id));
    let rows = unit_assignments::table
        .filter(unit_assignments::unit_id.eq_any(units))
        .select(StoredStay::as_select())
        .load(db)?;
    Ok(rows)
}
