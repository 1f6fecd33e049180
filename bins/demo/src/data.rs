//! Two clients, three projects, a meter that was moved, a place without one.

use std::time::Duration;

use auth::{HashParams, LinkToken, Password, PasswordHash};
use domain::{DeviceKind, LocationKind, ProjectId, RandomSource, Timestamp};
use store_operator::{
    NewClient, NewLocation, NewProject, NewUnit, Operator, ProjectClient, unit_id,
};

/// How many meters the firm has: `SLM-101` to `SLM-109`.
pub(crate) const UNITS: usize = 9;

/// The local time of all three projects.
pub(crate) const ZONE: &str = "America/New_York";

/// When the meter that was moved came to where it is.
const MOVED_AGO: Duration = Duration::from_hours(3);
const STANDING_FOR: Duration = Duration::from_hours(9 * 24);

/// A portal, with what leads into it.
pub(crate) struct OpenPortal {
    pub(crate) client: &'static str,
    pub(crate) project: &'static str,
    pub(crate) link: LinkToken,
    pub(crate) password: Password,
}

struct Project {
    client: &'static str,
    name: &'static str,
    number: &'static str,
    address: &'static str,
    places: &'static [Place],
}

struct Place {
    name: &'static str,
    latitude: f64,
    longitude: f64,
    meter: Meter,
}

enum Meter {
    None,
    Standing(&'static str),
    MovedAway(&'static str),
    MovedHere(&'static str),
}

const fn place(name: &'static str, latitude: f64, longitude: f64, meter: Meter) -> Place {
    Place {
        name,
        latitude,
        longitude,
        meter,
    }
}

/// In the order in which meters can move: a meter leaves before it comes.
const PROJECTS: &[Project] = &[
    Project {
        client: "City of Ashport",
        name: "Quay Street Sewer",
        number: "24-117",
        address: "Quay Street, Ashport",
        places: &[
            place("Pump house", 40.7003, -74.0151, Meter::Standing("SLM-108")),
            place(
                "Chapel yard",
                40.7011,
                -74.0136,
                Meter::MovedAway("SLM-105"),
            ),
            place("Rope walk", 40.6996, -74.0128, Meter::Standing("SLM-109")),
        ],
    },
    Project {
        client: "Brightwell Developments",
        name: "Harbour Tower",
        number: "25-031",
        address: "1 Harbour Square, Ashport",
        places: &[
            place("North gate", 40.7074, -74.0113, Meter::Standing("SLM-101")),
            place("Canal walk", 40.7066, -74.0094, Meter::Standing("SLM-102")),
            place(
                "School playground",
                40.7058,
                -74.0120,
                Meter::Standing("SLM-103"),
            ),
            place("Crane base", 40.7063, -74.0109, Meter::Standing("SLM-104")),
            place(
                "Ferry steps",
                40.7049,
                -74.0101,
                Meter::MovedHere("SLM-105"),
            ),
            place("Old wharf", 40.7052, -74.0087, Meter::None),
        ],
    },
    Project {
        client: "Brightwell Developments",
        name: "Station Square",
        number: "25-048",
        address: "Station Square, Ashport",
        places: &[
            place("Taxi rank", 40.7127, -74.0059, Meter::Standing("SLM-106")),
            place(
                "Library steps",
                40.7135,
                -74.0046,
                Meter::Standing("SLM-107"),
            ),
        ],
    },
];

/// Fills an empty database, and opens every portal.
///
/// # Errors
/// The store refuses something.
pub(crate) fn fill(
    operator: &Operator,
    random: &dyn RandomSource,
    now: Timestamp,
) -> Result<Vec<OpenPortal>, Box<dyn std::error::Error>> {
    for number in (101..).take(UNITS) {
        operator.add_unit(&NewUnit {
            id: unit_id(&format!("SLM-{number}"))?,
            kind: DeviceKind::SoundLevelMeter,
            serial: Some(format!("0101{number:04}")),
            model: Some("NL-43".into()),
            calibration_due: None,
        })?;
    }
    let mut portals = Vec::new();
    for project in PROJECTS {
        let id = create(operator, project)?;
        for place in project.places {
            furnish(operator, id, place, now)?;
        }
        let password = Password::generate(random)?;
        let hash = PasswordHash::compute(&password, &HashParams::owasp(), random)?;
        let link = operator.portal_enable(id, &hash)?.link;
        portals.push(OpenPortal {
            client: project.client,
            project: project.name,
            link,
            password,
        });
    }
    Ok(portals)
}

fn create(operator: &Operator, project: &Project) -> Result<ProjectId, Box<dyn std::error::Error>> {
    let known = operator
        .list_clients()?
        .into_iter()
        .find(|client| client.name == project.client);
    let client = match known {
        Some(client) => client.id,
        None => operator.create_client(&NewClient {
            name: project.client.into(),
            contact_email: None,
        })?,
    };
    Ok(operator.create_project(&NewProject {
        name: project.name.into(),
        number: Some(project.number.into()),
        client: ProjectClient::Client(client),
        time_zone: Some(ZONE.into()),
        address: Some(project.address.into()),
    })?)
}

fn furnish(
    operator: &Operator,
    project: ProjectId,
    place: &Place,
    now: Timestamp,
) -> Result<(), Box<dyn std::error::Error>> {
    let location = operator.add_location(
        project,
        &NewLocation {
            name: place.name.into(),
            kind: LocationKind::Sound,
            description: None,
            latitude: Some(place.latitude),
            longitude: Some(place.longitude),
        },
    )?;
    let (set_up, moved) = (now.checked_sub(STANDING_FOR)?, now.checked_sub(MOVED_AGO)?);
    let (meter, from, until) = match place.meter {
        Meter::None => return Ok(()),
        Meter::Standing(meter) => (meter, set_up, None),
        Meter::MovedAway(meter) => (meter, set_up, Some(moved)),
        Meter::MovedHere(meter) => (meter, moved, None),
    };
    operator.assign_unit(&unit_id(meter)?, location, Some(from), until)?;
    Ok(())
}
