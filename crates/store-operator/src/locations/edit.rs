//! Another name, another place on the map.

use diesel::{AsChangeset, QueryDsl, RunQueryDsl};
use domain::LocationId;
use store::internal::Db;
use store::internal::schema::monitoring_locations as locations;

use super::{StoredLocation, expect_kept_location};
use crate::Operator;
use crate::act::Change;
use crate::audit::Changes;
use crate::error::OperatorError;
use crate::field;
use crate::projects::expect_kept_project;
use crate::seen::Seen;

/// What is said of a location anew: all of it, also what stays as it was. What it monitors stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LocationEdit {
    /// What people call it.
    pub name: String,
    /// What else is to be known of it.
    pub description: Option<String>,
    /// Degrees north (WGS 84); with the longitude or not at all.
    pub latitude: Option<f64>,
    /// Degrees east (WGS 84).
    pub longitude: Option<f64>,
}

#[derive(AsChangeset)]
#[diesel(table_name = locations, treat_none_as_null = true)]
struct Said {
    name: String,
    description: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

impl Operator {
    /// Says of a location anew what it is called, where it is, and what else is to be known.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a field that cannot be taken, [`OperatorError::NotFound`] or
    /// [`OperatorError::Conflict`] for a location that does not exist, or that is removed or of a
    /// deleted project.
    pub fn edit_location(
        &self,
        location: LocationId,
        edit: &LocationEdit,
    ) -> Result<(), OperatorError> {
        self.edit_location_as_seen(location, edit, None)
    }

    /// The same unless it has been said anew since it was `seen`.
    ///
    /// # Errors
    /// As [`Self::edit_location`], and [`OperatorError::Stale`].
    pub fn edit_location_as_seen(
        &self,
        location: LocationId,
        edit: &LocationEdit,
        seen: Option<Seen>,
    ) -> Result<(), OperatorError> {
        let (latitude, longitude) = field::position(edit.latitude, edit.longitude)?.unzip();
        let said = Said {
            name: field::name("name", &edit.name)?,
            description: field::long("description", edit.description.as_deref())?,
            latitude,
            longitude,
        };
        self.act(|db| {
            let row = expect_kept_place(db, location)?;
            let position = (row.latitude, row.longitude);
            seen_of(&row.name, row.description.as_deref(), position).expect(seen)?;
            Ok(((), say(db, "location.edit", row, &said)?))
        })
    }

    /// Puts a location on the map, in degrees north and east (WGS 84), or takes it off.
    ///
    /// # Errors
    /// As [`Self::edit_location`].
    pub fn place_location(
        &self,
        location: LocationId,
        latitude: Option<f64>,
        longitude: Option<f64>,
    ) -> Result<(), OperatorError> {
        let (latitude, longitude) = field::position(latitude, longitude)?.unzip();
        self.act(|db| {
            let row = expect_kept_place(db, location)?;
            let said = Said {
                name: row.name.clone(),
                description: row.description.clone(),
                latitude,
                longitude,
            };
            Ok(((), say(db, "location.place", row, &said)?))
        })
    }
}

/// What there is to be said anew of a location.
pub(super) fn seen_of(
    name: &str,
    description: Option<&str>,
    (latitude, longitude): (Option<f64>, Option<f64>),
) -> Seen {
    Seen::of((
        name,
        description,
        latitude.map(f64::to_bits),
        longitude.map(f64::to_bits),
    ))
}

/// The location, unless it or its project is out of use.
fn expect_kept_place(db: &mut Db, location: LocationId) -> Result<StoredLocation, OperatorError> {
    let row = expect_kept_location(db, location)?;
    let project = field::stored_id("monitoring_locations", "project_id", &row.project_id)?;
    expect_kept_project(db, project)?;
    Ok(row)
}

fn say(
    db: &mut Db,
    action: &'static str,
    row: StoredLocation,
    said: &Said,
) -> Result<Option<Change>, OperatorError> {
    let changes = Changes::default()
        .text("name", &row.name, &said.name)
        .optional(
            "description",
            row.description.as_deref(),
            said.description.as_deref(),
        )
        .plain("latitude", row.latitude, said.latitude)
        .plain("longitude", row.longitude, said.longitude);
    let Some((before, after)) = changes.states() else {
        return Ok(None);
    };
    diesel::update(locations::table.find(&row.id))
        .set(said)
        .execute(db)?;
    Ok(Some(Change {
        action,
        subject: row.id,
        projects: vec![row.project_id],
        before: Some(before),
        after: Some(after),
    }))
}
