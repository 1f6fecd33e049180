//! One project with all that belongs to it.

use domain::{ProjectId, Timestamp};
use store::internal::{Db, begun};

use super::{ProjectRecord, expect_project, read};
use crate::Operator;
use crate::assignments::{StayRecord, StaysOf, stays};
use crate::clients::{self, ClientRecord};
use crate::error::OperatorError;
use crate::locations::{self, LocationRecord};
use crate::portal::{PortalAccess, portal_access};
use crate::standing::StandingMeter;

/// A project with all that belongs to it, as of one moment.
#[derive(Debug, Clone)]
pub struct ProjectDetail {
    /// The project.
    pub project: ProjectRecord,
    /// Its client, where one is linked.
    pub client: Option<ClientRecord>,
    /// Its locations that are not removed, in their order.
    pub locations: Vec<PlaceDetail>,
    /// Stays at its locations that have yet to begin, the soonest last.
    pub to_come: Vec<StayRecord>,
    /// Stays that are over, newest first, at removed locations too.
    pub past: Vec<StayRecord>,
    /// How its portal stands.
    pub portal: PortalAccess,
}

/// A location, and what stands there.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceDetail {
    /// The location.
    pub location: LocationRecord,
    /// The sound level meter that stands there now, as a client is shown it.
    pub meter: Option<StandingMeter>,
    /// The stays of sound level meters that have begun and of which a client is told, newest first:
    /// what happened at the location happened in one of them.
    pub begun: Vec<StandingMeter>,
    /// The stay that lasts now, of a unit of whatever kind.
    pub stay: Option<StayRecord>,
}

impl Operator {
    /// A project with all that belongs to it, deleted or not.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn project_detail(&self, project: ProjectId) -> Result<ProjectDetail, OperatorError> {
        let now = self.now();
        self.snapshot(|db| {
            let row = expect_project(db, project)?;
            let client = linked_client(db, row.client_id.as_deref())?;
            let client_name = client.as_ref().map(|client| client.name.clone());
            let (mut to_come, mut lasting, mut past) = (Vec::new(), Vec::new(), Vec::new());
            for stay in stays(db, StaysOf::Project(project))? {
                match () {
                    () if stay.assignment.lasts(now) => lasting.push(stay),
                    () if stay.assignment.is_to_come(now) => to_come.push(stay),
                    () => past.push(stay),
                }
            }
            Ok(ProjectDetail {
                project: read(row, client_name)?,
                client,
                locations: places(db, project, lasting, now)?,
                to_come,
                past,
                portal: portal_access(db, project, now)?,
            })
        })
    }
}

fn linked_client(db: &mut Db, client: Option<&str>) -> Result<Option<ClientRecord>, OperatorError> {
    let Some(client) = client else {
        return Ok(None);
    };
    let id = crate::field::stored_id("projects", "client_id", client)?;
    clients::read(clients::expect_client(db, id)?).map(Some)
}

fn places(
    db: &mut Db,
    project: ProjectId,
    mut lasting: Vec<StayRecord>,
    now: Timestamp,
) -> Result<Vec<PlaceDetail>, OperatorError> {
    let mut meters = begun(db, project, now)?;
    let mut place = |location: LocationRecord| {
        let stay = lasting
            .iter()
            .position(|stay| stay.assignment.location == location.id)
            .map(|index| lasting.swap_remove(index));
        let begun = meters.remove(&location.id.to_string()).unwrap_or_default();
        let current = begun.iter().find(|stay| stay.is_current(now));
        PlaceDetail {
            meter: current.map(StandingMeter::from),
            begun: begun.iter().map(StandingMeter::from).collect(),
            stay,
            location,
        }
    };
    let kept = locations::kept(db, project)?;
    kept.into_iter()
        .map(|row| locations::read(row).map(&mut place))
        .collect()
}
