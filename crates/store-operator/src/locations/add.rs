//! A new location.

use diesel::dsl::max;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{LocationId, LocationKind, ProjectId};
use store::internal::Db;
use store::internal::schema::monitoring_locations as locations;

use super::StoredLocation;
use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;
use crate::field;
use crate::projects::expect_kept_project;

/// What is said of a new location.
#[derive(Debug, Clone)]
pub struct NewLocation {
    /// What people call it.
    pub name: String,
    /// What it monitors.
    pub kind: LocationKind,
    /// What else is to be known of it.
    pub description: Option<String>,
    /// Degrees north (WGS 84); with the longitude or not at all.
    pub latitude: Option<f64>,
    /// Degrees east (WGS 84).
    pub longitude: Option<f64>,
}

impl Operator {
    /// Adds a location to a project, after its others.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a field that cannot be taken, [`OperatorError::NotFound`] or
    /// [`OperatorError::Conflict`] for a project that does not exist or is deleted.
    pub fn add_location(
        &self,
        project: ProjectId,
        new: &NewLocation,
    ) -> Result<LocationId, OperatorError> {
        let id = LocationId::generate(&*self.clock, &*self.random)?;
        let said = new.said()?;
        self.act(|db| Ok((id, Some(insert_location(db, id, project, said)?))))
    }
}

/// What is said of a new location, as it may be stored.
pub(super) struct Said {
    name: String,
    kind: LocationKind,
    description: Option<String>,
    position: Option<(f64, f64)>,
}

impl NewLocation {
    pub(super) fn said(&self) -> Result<Said, OperatorError> {
        Ok(Said {
            name: field::name("name", &self.name)?,
            kind: self.kind,
            description: field::long("description", self.description.as_deref())?,
            position: field::position(self.latitude, self.longitude)?,
        })
    }
}

pub(super) fn insert_location(
    db: &mut Db,
    id: LocationId,
    project: ProjectId,
    said: Said,
) -> Result<Change, OperatorError> {
    let project = expect_kept_project(db, project)?.id;
    let (latitude, longitude) = said.position.unzip();
    let row = StoredLocation {
        id: id.to_string(),
        name: said.name,
        location_type: said.kind.as_str().to_owned(),
        description: said.description,
        latitude,
        longitude,
        sort_order: next_place(db, &project)?,
        removed_at: None,
        project_id: project,
    };
    diesel::insert_into(locations::table)
        .values(&row)
        .execute(db)?;
    let mut after = State::default()
        .text("project", &row.project_id)
        .text("name", &row.name)
        .text("kind", &row.location_type)
        .optional("description", row.description);
    if let Some((latitude, longitude)) = said.position {
        after = after
            .plain("latitude", latitude)
            .plain("longitude", longitude);
    }
    Ok(Change {
        action: "location.add",
        subject: row.id,
        projects: vec![row.project_id],
        before: None,
        after: Some(after),
    })
}

fn next_place(db: &mut Db, project: &str) -> Result<i32, OperatorError> {
    let last: Option<i32> = locations::table
        .filter(locations::project_id.eq(project))
        .select(max(locations::sort_order))
        .first(db)?;
    Ok(last.map_or(0, |last| last.saturating_add(1)))
}
