//! The day at a glance: every project, its locations, and the meters that stand there.

use std::collections::HashMap;

use diesel::{ExpressionMethods, NullableExpressionMethods, QueryDsl};
use diesel::{RunQueryDsl, SelectableHelper};
use domain::{LocationId, LocationKind, ProjectId, ProjectStatus, Timestamp};
use store::internal::schema::{clients, monitoring_locations as locations, projects};
use store::internal::{Db, standing};

use crate::Operator;
use crate::error::OperatorError;
use crate::field::stored_id;
use crate::locations::{StoredLocation, in_order};
use crate::paging::by_name;
use crate::projects::{ProjectRecord, StoredProject, read as read_project};
use crate::standing::StandingMeter;

/// A project on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardProject {
    /// Its id.
    pub id: ProjectId,
    /// What the client calls it.
    pub name: String,
    /// The firm's number for it.
    pub number: Option<String>,
    /// Its client's name, linked or not.
    pub client_name: Option<String>,
    /// Where it stands; never deleted.
    pub status: ProjectStatus,
    /// Whether its portal is open.
    pub portal_open: bool,
    /// When somebody last came in by its portal, UTC.
    pub portal_opened_at: Option<Timestamp>,
    /// Its places of sound monitoring, in their order.
    pub places: Vec<BoardPlace>,
}

/// A location on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardPlace {
    /// Its id.
    pub id: LocationId,
    /// What people call it.
    pub name: String,
    /// Degrees north and east (WGS 84).
    pub position: Option<(f64, f64)>,
    /// The sound level meter that stands there now.
    pub meter: Option<StandingMeter>,
}

impl Operator {
    /// Every project that is not deleted, by name, as of one moment. However many there are, it
    /// takes three statements.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn board(&self) -> Result<Vec<BoardProject>, OperatorError> {
        let now = self.now();
        self.snapshot(|db| {
            let mut places = places(db, now)?;
            let mut rows: Vec<(StoredProject, Option<String>)> = projects::table
                .left_join(clients::table)
                .filter(projects::status.ne(ProjectStatus::Deleted.as_str()))
                .select((StoredProject::as_select(), clients::name.nullable()))
                .load(db)?;
            rows.sort_by_cached_key(|(row, _)| (by_name(&row.name), row.id.clone()));
            rows.into_iter()
                .map(|(row, client_name)| {
                    let places = places.remove(&row.id).unwrap_or_default();
                    Ok(on_board(read_project(row, client_name)?, places))
                })
                .collect()
        })
    }
}

fn on_board(project: ProjectRecord, places: Vec<BoardPlace>) -> BoardProject {
    let ProjectRecord {
        id,
        name,
        number,
        client: _,
        client_name,
        status,
        time_zone: _,
        address: _,
        portal_enabled,
        portal_opened_at,
    } = project;
    BoardProject {
        id,
        name,
        number,
        client_name,
        status,
        portal_open: portal_enabled,
        portal_opened_at,
        places,
    }
}

/// The places of sound monitoring in their order, by the id of the project.
fn places(db: &mut Db, now: Timestamp) -> Result<HashMap<String, Vec<BoardPlace>>, OperatorError> {
    let mut meters = standing(db, None, now)?;
    let mut rows: Vec<StoredLocation> = locations::table
        .inner_join(projects::table)
        .filter(projects::status.ne(ProjectStatus::Deleted.as_str()))
        .filter(locations::location_type.eq(LocationKind::Sound.as_str()))
        .filter(locations::removed_at.is_null())
        .select(StoredLocation::as_select())
        .load(db)?;
    rows.sort_by(in_order);
    let mut places: HashMap<String, Vec<BoardPlace>> = HashMap::new();
    for row in rows {
        let place = BoardPlace {
            id: stored_id("monitoring_locations", "id", &row.id)?,
            position: row.latitude.zip(row.longitude),
            meter: meters.remove(&row.id).as_ref().map(StandingMeter::from),
            name: row.name,
        };
        places.entry(row.project_id).or_default().push(place);
    }
    Ok(places)
}
