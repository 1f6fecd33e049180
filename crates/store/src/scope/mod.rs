//! The proof that a request may see a project, and everything that it may see.
//!
//! A [`ProjectScope`] is only made by the check of a live session against the database, here. Its
//! locations, and through them the meters, are only had from it. So code that takes an id from a
//! request and reads by it does not compile; the workspace's compile-fail cases prove it.

mod check;
mod load;
mod location;
mod shared;
mod snapshot;
pub(crate) mod standing;
mod stays;

use std::fmt;
use std::sync::Arc;

use domain::{LocationId, ProjectId, TimeZone};

pub use check::SessionCheck;
pub(crate) use load::load_project;
pub use location::{Location, Stay};
pub(crate) use shared::SharedSnapshots;
pub(crate) use snapshot::{ProjectSnapshot, StoredProject};
pub(crate) use stays::ACTIVE;

/// Proof that a live session may see one project, with the project as it was at that moment.
///
/// It is made anew for every request and for every second of an open socket, and not kept: what
/// was revoked meanwhile is noticed at the making.
pub struct ProjectScope {
    snapshot: Arc<ProjectSnapshot>,
}

impl ProjectScope {
    /// What the client calls the project.
    pub fn project_name(&self) -> &str {
        &self.snapshot.stored.name
    }

    /// The project's own time zone, where it has one.
    pub fn time_zone(&self) -> Option<&TimeZone> {
        self.snapshot.time_zone.as_ref()
    }

    /// The project's places of sound monitoring, in the order in which people are shown them.
    pub fn locations(&self) -> &[Location] {
        &self.snapshot.locations
    }

    /// One of those places, or `None` for an id that is not among them, whoever's it may be.
    pub fn location(&self, id: LocationId) -> Option<&Location> {
        self.locations().iter().find(|location| location.id() == id)
    }

    /// What tells this project from others in a cache; it says nothing of the project.
    pub fn key(&self) -> ProjectKey {
        ProjectKey(self.snapshot.id)
    }

    /// What tells this project, as it is now, from others and from what it was before staff last
    /// changed anything in it.
    pub fn edition(&self) -> ProjectEdition {
        ProjectEdition {
            project: self.key(),
            revision: self.snapshot.stored.revision,
        }
    }
}

impl fmt::Debug for ProjectScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProjectScope(…)")
    }
}

/// The same for every scope of the same project, and good for nothing but comparing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProjectKey(ProjectId);

/// The same for every scope of the same project between two changes by staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProjectEdition {
    project: ProjectKey,
    revision: i64,
}

impl fmt::Debug for ProjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProjectKey(…)")
    }
}
