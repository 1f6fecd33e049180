//! What stands round every page.

use auth::Role;
use domain::{TimeZone, Timestamp};
use serde::Serialize;

use web::when::{When, zone_name};

use super::who::{Person, Viewer};
use crate::Office;
use crate::settings::Access;

/// The head of a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Head {
    /// Which entry of the navigation it belongs to.
    pub(super) section: &'static str,
    /// Whether nobody is asked to sign in: every page says so.
    pub(super) open: bool,
    /// Who has signed in.
    pub(super) who: Option<Person>,
    /// Whether they may change clients, projects, locations, meters and portals: what they may not
    /// do is not offered.
    pub(super) may_manage: bool,
    /// Whether they may manage accounts.
    pub(super) may_accounts: bool,
    /// When the page was made, and the local time in which it is told.
    pub(super) at: When,
    pub(super) clock: When,
    pub(super) zone: String,
    /// The IANA name of that local time, for scripts.
    pub(super) zone_id: String,
}

impl Head {
    /// For whoever asked for the page.
    pub(crate) fn new(office: &Office, section: &'static str) -> Self {
        Self::in_zone(office, section, &office.settings.site_zone)
    }

    /// With times as they are where the page's project is.
    pub(crate) fn in_zone(office: &Office, section: &'static str, zone: &TimeZone) -> Self {
        let open = office.settings.access == Access::Open;
        Self::of(section, open, Viewer::current(), (office.now(), zone))
    }

    /// For the samples of pages: seen by anybody, or by a superadmin.
    pub(super) fn sample(section: &'static str, open: bool) -> Self {
        let viewer = if open {
            Viewer::anybody()
        } else {
            Viewer::sample(Role::Superadmin)
        };
        Self::seen_by(section, open, viewer)
    }

    /// For the samples of pages: seen by somebody who may look and not manage.
    pub(super) fn sample_for_operator(section: &'static str) -> Self {
        Self::seen_by(section, false, Viewer::sample(Role::Operator))
    }

    fn seen_by(section: &'static str, open: bool, viewer: Viewer) -> Self {
        let times = (Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        Self::of(section, open, viewer, times)
    }

    fn of(
        section: &'static str,
        open: bool,
        viewer: Viewer,
        (now, zone): (Timestamp, &TimeZone),
    ) -> Self {
        Self {
            section,
            open,
            who: viewer.person,
            may_manage: viewer.may_manage,
            may_accounts: viewer.may_accounts,
            at: When::full(now, zone),
            clock: When::clock(now, zone),
            zone: zone_name(zone),
            zone_id: zone.iana_name().unwrap_or("UTC").to_owned(),
        }
    }
}
