//! Projects and all that belongs to one.

mod audience;
mod breaches;
pub(crate) mod detail;
pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod locations;
pub(crate) mod meters;
pub(crate) mod new;
pub(crate) mod order;
pub(crate) mod place;
pub(crate) mod portal;
pub(crate) mod remove;
mod said;
mod samples;
pub(crate) mod status;
pub(crate) mod stays;

use domain::{ProjectId, TimeZone};
use store_operator::{ProjectDetail, ProjectRecord};
use web::WebError;

use super::sheet::Back;
use crate::Office;
use crate::guard::Staff;

pub(in crate::page) async fn project(
    office: &Office,
    staff: &Staff,
    id: ProjectId,
) -> Result<ProjectDetail, WebError> {
    office
        .desk
        .act(staff.actor(), move |operator| operator.project_detail(id))
        .await
}

/// The local time of a project: its own, or the site's.
pub(in crate::page) fn zone(office: &Office, project: &ProjectRecord) -> TimeZone {
    let own = project.time_zone.as_deref();
    own.and_then(|name| TimeZone::get(name).ok())
        .unwrap_or_else(|| office.settings.site_zone.clone())
}

fn back(project: &ProjectRecord) -> Back {
    Back::to(path(project.id), &project.name)
}

fn path(id: ProjectId) -> String {
    format!("/projects/{id}")
}
