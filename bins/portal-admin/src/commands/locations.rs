//! Places of monitoring.

use std::collections::HashMap;

use domain::{LocationKind, ProjectId};
use serde::Serialize;
use store_operator::{LocationRecord, NewLocation};

use super::Desk;
use crate::error::AdminError;
use crate::output::{Made, Report, table};

#[derive(Debug, Serialize)]
struct Removed {
    id: String,
}

impl Report for Removed {
    fn text(&self) -> String {
        format!("location {} is removed", self.id)
    }
}

#[derive(Debug, Serialize)]
struct Locations {
    locations: Vec<Location>,
}

#[derive(Debug, Serialize)]
struct Location {
    id: String,
    project_id: String,
    project: Option<String>,
    name: String,
    kind: String,
    description: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    sort_order: i32,
    removed_at: Option<String>,
}

impl Location {
    fn of(record: LocationRecord, projects: &HashMap<ProjectId, String>) -> Self {
        let LocationRecord {
            id,
            project,
            name,
            kind,
            description,
            latitude,
            longitude,
            sort_order,
            removed_at,
        } = record;
        Self {
            id: id.to_string(),
            project_id: project.to_string(),
            project: projects.get(&project).cloned(),
            name,
            kind,
            description,
            latitude,
            longitude,
            sort_order,
            removed_at: removed_at.map(|at| at.to_string()),
        }
    }
}

impl Report for Locations {
    fn text(&self) -> String {
        let rows = self.locations.iter().map(|location| {
            let position = location.latitude.zip(location.longitude);
            [
                location.id.clone(),
                location.name.clone(),
                location.project.clone().unwrap_or_default(),
                position.map_or_else(String::new, |(lat, lon)| format!("{lat}, {lon}")),
                location.removed_at.clone().unwrap_or_default(),
            ]
        });
        table(["ID", "NAME", "PROJECT", "POSITION", "REMOVED"], rows)
    }
}

/// `position` is degrees north and east.
pub(super) fn add(
    desk: &Desk,
    project: &str,
    name: String,
    kind: LocationKind,
    position: (Option<f64>, Option<f64>),
) -> Result<(), AdminError> {
    let project = desk.operator.project(project)?;
    let (latitude, longitude) = position;
    let new = NewLocation {
        name,
        kind,
        description: None,
        latitude,
        longitude,
    };
    let id = desk.operator.add_location(project, &new)?;
    desk.out.say(&Made::new(&id))
}

pub(super) fn remove(desk: &Desk, location: &str) -> Result<(), AdminError> {
    let location = desk.operator.location(location)?;
    desk.operator.remove_location(location)?;
    desk.out.say(&Removed {
        id: location.to_string(),
    })
}

pub(super) fn list(desk: &Desk) -> Result<(), AdminError> {
    let projects = desk.operator.list_projects()?;
    let names = projects
        .into_iter()
        .map(|project| (project.id, project.name))
        .collect();
    let locations = desk.operator.list_locations(None)?;
    desk.out.say(&Locations {
        locations: locations
            .into_iter()
            .map(|record| Location::of(record, &names))
            .collect(),
    })
}
