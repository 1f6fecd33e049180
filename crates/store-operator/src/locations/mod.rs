//! Places of monitoring.

use diesel::dsl::max;
use diesel::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::{LocationId, LocationKind, ProjectId, Timestamp};
use store::internal::schema::monitoring_locations as locations;
use store::internal::{Db, millis};

use crate::Operator;
use crate::act::Change;
use crate::assignments;
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
    latitude: Option<f64>,
    longitude: Option<f64>,
    sort_order: i32,
    pub(crate) removed_at: Option<i64>,
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
        let name = field::name("name", &new.name)?;
        let description = field::long("description", new.description.as_deref())?;
        let (latitude, longitude) = field::position(new.latitude, new.longitude)?.unzip();
        self.act(|db| {
            let project = expect_kept_project(db, project)?.id;
            let row = StoredLocation {
                id: id.to_string(),
                name,
                location_type: new.kind.as_str().to_owned(),
                description,
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
            if let Some((latitude, longitude)) = latitude.zip(longitude) {
                after = after
                    .plain("latitude", latitude)
                    .plain("longitude", longitude);
            }
            let change = Change {
                action: "location.add",
                subject: row.id,
                projects: vec![row.project_id],
                before: None,
                after: Some(after),
            };
            Ok((id, Some(change)))
        })
    }

    /// Removes a location from its project. Its history is kept; a meter that stands there stands
    /// nowhere from now on.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`] where it does not exist, [`OperatorError::Conflict`] where it
    /// is removed already.
    pub fn remove_location(&self, location: LocationId) -> Result<(), OperatorError> {
        self.act(|db| {
            let row = expect_kept_location(db, location)?;
            let now = self.now();
            let ended = assignments::end_all_at(db, &row.id, now)?;
            let mut projects = assignments::projects_of_units(db, &ended)?;
            if !projects.contains(&row.project_id) {
                projects.push(row.project_id);
            }
            diesel::update(locations::table.find(&row.id))
                .set(locations::removed_at.eq(millis(now)))
                .execute(db)?;
            let before = State::default().text("name", &row.name);
            let after = State::default()
                .plain("removed_at", now)
                .optional("meters_ended", (!ended.is_empty()).then(|| ended.join(" ")));
            let change = Change {
                action: "location.remove",
                subject: row.id,
                projects,
                before: Some(before),
                after: Some(after),
            };
            Ok(((), Some(change)))
        })
    }

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
                .order((
                    locations::project_id.asc(),
                    locations::sort_order.asc(),
                    locations::id.asc(),
                ))
                .select(StoredLocation::as_select())
                .into_boxed();
            if let Some(project) = project {
                query = query.filter(locations::project_id.eq(project.to_string()));
            }
            let rows: Vec<StoredLocation> = query.load(db)?;
            rows.into_iter().map(read).collect()
        })
    }
}

fn read(row: StoredLocation) -> Result<LocationRecord, OperatorError> {
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

fn next_place(db: &mut Db, project: &str) -> Result<i32, OperatorError> {
    let last: Option<i32> = locations::table
        .filter(locations::project_id.eq(project))
        .select(max(locations::sort_order))
        .first(db)?;
    Ok(last.map_or(0, |last| last.saturating_add(1)))
}

/// The location, unless it is removed.
pub(crate) fn expect_kept_location(
    db: &mut Db,
    location: LocationId,
) -> Result<StoredLocation, OperatorError> {
    let row: StoredLocation = locations::table
        .find(location.to_string())
        .select(StoredLocation::as_select())
        .first(db)
        .optional()?
        .ok_or_else(|| OperatorError::not_found("location", location.to_string()))?;
    if row.removed_at.is_some() {
        let words = format!("location {:?} has been removed", row.name);
        return Err(OperatorError::Conflict(words));
    }
    Ok(row)
}
