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
    pub(super) zone: String,
}

impl Head {
    pub(crate) fn new(office: &Office, section: &'static str) -> Self {
        Self::in_zone(office, section, &office.settings.site_zone)
    }

    /// With times as they are where the page's project is.
    pub(crate) fn in_zone(office: &Office, section: &'static str, zone: &TimeZone) -> Self {
        Self {
            at: When::full(office.now(), zone),
            zone: zone_name(zone),
            section,
            open: office.settings.access == Access::Open,
        }
    }

    /// For the samples of pages.
    pub(super) fn sample(section: &'static str, open: bool) -> Self {
        Self {
            section,
            open,
            at: When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC),
            zone: "UTC".into(),
        }
    }
}
