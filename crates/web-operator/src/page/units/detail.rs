//! `/units/{id}`: one meter, where it stood, and what is said of it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use serde::Serialize;
use store_operator::UnitDetail;
use web::when::When;
use web::{Page, WebError};

use super::stay::Stay;
use super::{fields, fields_of, unit_of};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Form;
use crate::page::head::Head;
use crate::page::html_with;

/// `operator/units-detail.html`
#[derive(Debug, Serialize)]
pub(crate) struct UnitPage {
    head: Head,
    id: String,
    /// What it is, where it is no sound level meter.
    other_kind: Option<String>,
    retired_at: Option<When>,
    current: Option<Stay>,
    history: Vec<Stay>,
    form: Form,
    /// Why it could not be taken out of use, or back into it.
    problem: Option<String>,
}

/// `GET /units/{id}`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let detail = detail(&office, &staff, &id).await?;
    let form = Form::new(fields_of(&detail.unit));
    page(&office, StatusCode::OK, &detail, form, None)
}

pub(super) async fn detail(
    office: &Office,
    staff: &Staff,
    id: &str,
) -> Result<UnitDetail, WebError> {
    let unit = unit_of(id)?;
    let read = office
        .desk
        .act(staff.actor(), move |operator| operator.unit_detail(&unit));
    read.await
}

pub(super) fn page(
    office: &Office,
    status: StatusCode,
    detail: &UnitDetail,
    form: Form,
    problem: Option<String>,
) -> Result<HttpResponse, WebError> {
    let (zone, now) = (&office.settings.site_zone, office.now());
    let unit = &detail.unit;
    let is_meter = unit.kind == domain::DeviceKind::SoundLevelMeter.as_str();
    let page = UnitPage {
        head: Head::new(office, "units"),
        id: unit.id.to_string(),
        other_kind: (!is_meter).then(|| unit.kind.clone()),
        retired_at: unit.retired_at.map(|at| When::full(at, zone)),
        current: detail
            .current
            .as_ref()
            .map(|stay| Stay::of(stay, zone, now)),
        history: detail
            .history
            .iter()
            .map(|stay| Stay::of(stay, zone, now))
            .collect(),
        form,
        problem,
    };
    html_with(office, status, &page)
}

impl Page for UnitPage {
    const TEMPLATE: &'static str = "operator/units-detail.html";

    fn samples() -> Vec<Self> {
        let at = || When::full(domain::Timestamp::UNIX_EPOCH, &domain::TimeZone::UTC);
        let stays = Stay::samples();
        vec![
            Self {
                head: Head::sample("units", true),
                id: "SLM-101".into(),
                other_kind: None,
                retired_at: None,
                current: stays.get(1).cloned(),
                history: stays,
                form: Form::new(fields("00123", "NL-43", "2026-11-21")),
                problem: Some("unit SLM-101 stands at <North gate>".into()),
            },
            Self {
                head: Head::sample("units", false),
                id: "SLM-102".into(),
                other_kind: Some("vibration".into()),
                retired_at: Some(at()),
                current: None,
                history: Vec::new(),
                form: Form::new(fields("", "", "")),
                problem: None,
            },
            Self {
                head: Head::sample_for_operator("units"),
                id: "SLM-103".into(),
                other_kind: None,
                retired_at: None,
                current: None,
                history: Vec::new(),
                form: Form::new(fields("00123", "NL-43", "")),
                problem: None,
            },
        ]
    }
}
