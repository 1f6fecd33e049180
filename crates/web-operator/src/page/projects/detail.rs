//! One project: its locations with their meters, its portal, what was.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::{ProjectStatus, TimeZone, Timestamp};
use serde::Serialize;
use store_operator::{PlaceDetail, PortalAccess, ProjectDetail, StayRecord};
use web::WebError;
use web::when::When;

use super::audience::{Opened, watching};
use super::breaches::{Breaches, Now};
use super::status::verb;
use super::{project, zone};
use crate::Office;
use crate::guard::Staff;
use crate::page::head::Head;
use crate::page::{html, id_of};
use crate::survey::Account;

/// How often the page is asked for anew, s.
pub(super) const EVERY_S: u16 = 20;

/// `operator/projects-detail.html`
#[derive(Debug, Serialize)]
pub(crate) struct ProjectPage {
    pub(super) head: Head,
    pub(super) refresh_s: u16,
    /// Whether SLMM does not answer.
    pub(super) away: bool,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) number: Option<String>,
    pub(super) address: Option<String>,
    pub(super) status: &'static str,
    pub(super) deleted: bool,
    /// The page of its client, where there is one.
    pub(super) client: Option<String>,
    pub(super) client_name: Option<String>,
    pub(super) places: Vec<Place>,
    pub(super) breaches: Breaches,
    pub(super) to_come: Vec<Stay>,
    pub(super) past: Vec<Stay>,
    pub(super) portal: PortalPanel,
    /// Where it may come to stand: status and verb.
    pub(super) statuses: Vec<(&'static str, &'static str)>,
}

/// A location.
#[derive(Debug, Serialize)]
pub(super) struct Place {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    /// Degrees north and east, as read.
    pub(super) position: Option<String>,
    pub(super) now: Now,
    pub(super) stay: Option<Stay>,
    /// The whole order with this location one place earlier, or later.
    pub(super) up: Option<String>,
    pub(super) down: Option<String>,
}

/// A meter's stay.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Stay {
    pub(super) id: String,
    pub(super) unit: String,
    pub(super) place: String,
    pub(super) from: When,
    pub(super) until: Option<When>,
}

/// How its portal stands.
#[derive(Debug, Serialize)]
pub(super) struct PortalPanel {
    pub(super) open: bool,
    pub(super) has_password: bool,
    pub(super) link: Option<String>,
    pub(super) last_opened: Option<Opened>,
    /// How many are watching, in words.
    pub(super) watching: String,
}

impl PortalPanel {
    fn of(office: &Office, access: &PortalAccess, deleted: bool, zone: &TimeZone) -> Self {
        let open = access.enabled && !deleted;
        let link = access.link.as_ref().filter(|_| open);
        Self {
            open,
            has_password: access.has_password,
            link: link.map(|link| office.link_url(link)),
            last_opened: Opened::of(access, zone, office.now()),
            watching: watching(access.watching),
        }
    }
}

/// `GET /projects/{id}`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let detail = project(&office, &staff, id_of(&id)?).await?;
    let settings = &office.settings;
    let accounts = office.survey.visit(&detail.locations, settings).await;
    let away = !office.slmm.is_reachable().await;
    html(&office, &page(&office, detail, &accounts, away))
}

fn page(office: &Office, detail: ProjectDetail, accounts: &[Account], away: bool) -> ProjectPage {
    let zone = zone(office, &detail.project);
    let now = office.now();
    let stays = |stays: Vec<StayRecord>| stays.iter().map(|one| stay(one, &zone, now)).collect();
    let project = detail.project;
    let deleted = project.status == ProjectStatus::Deleted;
    let settings = &office.settings;
    let mut nows = accounts
        .iter()
        .map(|account| Now::of(account, settings, now));
    ProjectPage {
        head: Head::in_zone(office, "projects", &zone),
        refresh_s: EVERY_S,
        away,
        id: project.id.to_string(),
        name: project.name,
        number: project.number,
        address: project.address,
        status: project.status.as_str(),
        deleted,
        client: project.client.map(|client| format!("/clients/{client}")),
        client_name: project.client_name,
        breaches: Breaches::of(&detail.locations, accounts, settings, (&zone, now)),
        places: places(detail.locations, &mut nows, &zone, now),
        to_come: stays(detail.to_come),
        past: stays(detail.past),
        portal: PortalPanel::of(office, &detail.portal, deleted, &zone),
        statuses: statuses(project.status),
    }
}

fn statuses(now: ProjectStatus) -> Vec<(&'static str, &'static str)> {
    [
        ProjectStatus::Active,
        ProjectStatus::Completed,
        ProjectStatus::Archived,
        ProjectStatus::Deleted,
    ]
    .into_iter()
    .filter(|status| *status != now)
    .map(|status| (status.as_str(), verb(status)))
    .collect()
}

fn stay(record: &StayRecord, zone: &TimeZone, now: Timestamp) -> Stay {
    let window = record.assignment.window;
    Stay {
        id: record.assignment.id.to_string(),
        unit: record.assignment.unit.to_string(),
        place: record.location_name.clone(),
        from: When::near(window.from, zone, now),
        until: window.until.map(|until| When::near(until, zone, now)),
    }
}

fn places(
    details: Vec<PlaceDetail>,
    nows: &mut dyn Iterator<Item = Now>,
    zone: &TimeZone,
    now: Timestamp,
) -> Vec<Place> {
    let ids: Vec<String> = details
        .iter()
        .map(|detail| detail.location.id.to_string())
        .collect();
    let line = |(index, (detail, state)): (usize, (PlaceDetail, Now))| {
        let location = detail.location;
        let position = location.latitude.zip(location.longitude);
        Place {
            id: location.id.to_string(),
            name: location.name,
            description: location.description,
            position: position.map(|(north, east)| format!("{north:.5}, {east:.5}")),
            now: state,
            stay: detail.stay.map(|record| stay(&record, zone, now)),
            up: index
                .checked_sub(1)
                .and_then(|before| swapped(&ids, before)),
            down: swapped(&ids, index),
        }
    };
    details
        .into_iter()
        .zip(nows)
        .enumerate()
        .map(line)
        .collect()
}

/// The order with the one at `index` and the next after it in each other's place.
fn swapped(ids: &[String], index: usize) -> Option<String> {
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.get_mut(index..=index.checked_add(1)?)?.reverse();
    Some(ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_neighbours_change_places_and_the_ends_have_one_each() {
        let ids = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(swapped(&ids, 0).as_deref(), Some("b a c"));
        assert_eq!(swapped(&ids, 1).as_deref(), Some("a c b"));
        assert_eq!(swapped(&ids, 2), None);
        assert_eq!(swapped(&[], 0), None);
    }
}
