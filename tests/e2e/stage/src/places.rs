//! The projects: one with a location in every state, one with a single location, one with none.

use std::time::Duration;

use domain::{LocationId, LocationKind};
use store_operator::NewLocation;
use testkit::{TestDatabase, TestPortal};

/// SLMM's meters are `SLM-101` to `SLM-109`.
pub(crate) const UNITS: usize = 9;

const STANDING_FOR: Duration = Duration::from_hours(9 * 24);

/// A location of a project as the tests know it.
pub(crate) struct Location {
    pub(crate) id: LocationId,
    pub(crate) name: &'static str,
    pub(crate) unit: Option<&'static str>,
    /// What its tile says of it, in the words of `data-standing`.
    pub(crate) standing: &'static str,
}

/// A project with an open portal.
pub(crate) struct Project {
    pub(crate) name: &'static str,
    pub(crate) portal: TestPortal,
    pub(crate) locations: Vec<Location>,
}

type Place = (&'static str, f64, f64, Option<&'static str>, &'static str);

const HARBOUR_TOWER: &[Place] = &[
    ("North gate", 40.7074, -74.0113, Some("SLM-101"), "above"),
    ("Canal walk", 40.7066, -74.0094, Some("SLM-102"), "near"),
    (
        "School playground",
        40.7058,
        -74.0120,
        Some("SLM-103"),
        "below",
    ),
    ("Crane base", 40.7063, -74.0109, Some("SLM-104"), "free"),
    ("Ferry steps", 40.7049, -74.0101, Some("SLM-105"), "stopped"),
    ("Chapel yard", 40.7070, -74.0127, Some("SLM-106"), "stale"),
    ("Rope walk", 40.7055, -74.0091, Some("SLM-107"), "offline"),
    ("Pump house", 40.7046, -74.0112, Some("SLM-108"), "no-data"),
    ("Old wharf", 40.7052, -74.0084, None, "no-meter"),
];

const STATION_SQUARE: &[Place] = &[("Taxi rank", 40.7127, -74.0059, Some("SLM-109"), "below")];

/// Fills an empty database, and opens every portal.
pub(crate) fn fill(data: &TestDatabase) -> Vec<Project> {
    let projects = [
        ("Harbour Tower", HARBOUR_TOWER),
        ("Station Square", STATION_SQUARE),
        ("Mill Lane", &[]),
    ];
    let filled = projects.map(|(name, places)| {
        let id = data.project(name);
        let locations = places.iter().map(|place| furnish(data, id, place));
        let locations = locations.collect();
        Project {
            name,
            portal: data.portal(id),
            locations,
        }
    });
    filled.into()
}

fn furnish(data: &TestDatabase, project: domain::ProjectId, place: &Place) -> Location {
    let (name, latitude, longitude, unit, standing) = *place;
    let new = NewLocation {
        name: name.to_owned(),
        kind: LocationKind::Sound,
        description: None,
        latitude: Some(latitude),
        longitude: Some(longitude),
    };
    let id = data
        .operator()
        .add_location(project, &new)
        .expect("a location");
    if let Some(unit) = unit {
        let since = domain::Clock::now(&**data.clock()) - STANDING_FOR;
        data.operator()
            .assign_unit(&data.unit(unit), id, Some(since), None)
            .expect("an assignment");
    } else {
        // The meter that stood here went back to the firm.
        let gone = data.unit("SLM-110");
        data.assign_for(&gone, id, "2026-11-02T12:00:00Z", "2026-11-12T16:30:00Z");
    }
    Location {
        id,
        name,
        unit,
        standing,
    }
}
