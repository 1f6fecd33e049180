//! What stands round every page of a project.

use domain::{TimeZone, Timestamp};
use serde::Serialize;
use store::ProjectScope;

use web::when::{When, zone_name};

/// The head of a project's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Head {
    pub(super) project: String,
    /// The local time of the page, as people read it and as programs do.
    pub(super) zone: String,
    pub(super) zone_id: String,
    /// When the page was made.
    pub(super) at: When,
    pub(super) clock: When,
    /// The page is asked for again after so many seconds.
    pub(super) refresh_s: u32,
    /// How many locations are above a limit: the title and the icon tell it.
    pub(super) above: usize,
}

impl Head {
    /// The head of a page made at `now`.
    pub(crate) fn new(
        scope: &ProjectScope,
        zone: &TimeZone,
        refresh_s: u32,
        above: usize,
        now: Timestamp,
    ) -> Self {
        Self {
            project: scope.project_name().to_owned(),
            zone: zone_name(zone),
            zone_id: zone.iana_name().unwrap_or("UTC").to_owned(),
            at: When::full(now, zone),
            clock: When::clock(now, zone),
            refresh_s,
            above,
        }
    }
}
