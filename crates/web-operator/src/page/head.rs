//! What stands round every page.

use domain::{TimeZone, Timestamp};
use serde::Serialize;

use web::when::{When, zone_name};

use crate::Office;
use crate::settings::Access;

/// The head of a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Head {
    /// Which entry of the navigation it belongs to.
    pub(super) section: &'static str,
    /// Whether nobody is asked to sign in: every page says so.
    pub(super) open: bool,
    /// When the page was made, and the local time in which it is told.
    pub(super) at: When,
    pub(super) clock: When,
    pub(super) zone: String,
    /// The IANA name of that local time, for scripts.
    pub(super) zone_id: String,
}

impl Head {
    pub(crate) fn new(office: &Office, section: &'static str) -> Self {
        Self::in_zone(office, section, &office.settings.site_zone)
    }

    /// With times as they are where the page's project is.
    pub(crate) fn in_zone(office: &Office, section: &'static str, zone: &TimeZone) -> Self {
        let open = office.settings.access == Access::Open;
        Self::told(section, open, office.now(), zone)
    }

    /// For the samples of pages.
    pub(super) fn sample(section: &'static str, open: bool) -> Self {
        Self::told(section, open, Timestamp::UNIX_EPOCH, &TimeZone::UTC)
    }

    fn told(section: &'static str, open: bool, at: Timestamp, zone: &TimeZone) -> Self {
        Self {
            section,
            open,
            at: When::full(at, zone),
            clock: When::clock(at, zone),
            zone: zone_name(zone),
            zone_id: zone.iana_name().unwrap_or("UTC").to_owned(),
        }
    }
}
