//! What stands round every page of a project.

use domain::Timestamp;
use serde::Serialize;
use store::ProjectScope;

use web::when::{When, zone_name};

use super::part::standing::Standing;
use crate::Portal;
use crate::survey::Sight;

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
    /// Which entry of the navigation it belongs to.
    pub(super) section: &'static str,
    /// How many locations are breaking a limit: the title and the icon tell it.
    pub(super) above: usize,
    /// Whether what is shown cannot be refreshed, and is what was received last.
    pub(super) away: bool,
}

impl Head {
    /// The head of a page made at `now` of these looks.
    pub(crate) fn new(
        portal: &Portal,
        scope: &ProjectScope,
        section: &'static str,
        sights: &[Sight<'_>],
        now: Timestamp,
    ) -> Self {
        let zone = portal.zone_of(scope);
        let limits_zone = &portal.settings.slmm_zone;
        let broken = sights
            .iter()
            .filter(|sight| Standing::of(sight, now, limits_zone).is_broken());
        Self {
            project: scope.project_name().to_owned(),
            zone: zone_name(zone),
            zone_id: zone.iana_name().unwrap_or("UTC").to_owned(),
            at: When::full(now, zone),
            clock: When::clock(now, zone),
            refresh_s: if section == OVERVIEW { 15 } else { 20 },
            section,
            above: broken.count(),
            away: sights.iter().any(|sight| sight.sighting.remembered),
        }
    }
}

/// The overview's entry in the navigation; it is asked for more often than the other pages.
pub(super) const OVERVIEW: &str = "overview";
/// The inbox's.
pub(super) const EVENTS: &str = "events";
