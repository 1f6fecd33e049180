//! `/units/{id}`: one meter, where it stood, and what is said of it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use domain::UnitId;
use serde::Serialize;
use store_operator::{BoardProject, Operator, OperatorError, UnitDetail};
use web::when::When;
use web::{Page, WebError};

use super::place::place_form;
use super::stay::Stay;
use super::{fields, fields_of, unit_of};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
use crate::page::head::Head;
use crate::page::html_with;
use crate::page::projects::meters::{LIMITS_STAY, MOVED};

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
    /// Where it may be put, where it may be put anywhere.
    place: Option<Form>,
    /// Whether that was tried and could not be.
    refused: bool,
    /// What putting it somewhere does, and does not.
    notes: Vec<&'static str>,
    form: Form,
    /// Why it could not be taken out of use, or back into it.
    problem: Option<String>,
}

/// A unit, and where it might stand.
pub(super) struct Known {
    pub(super) detail: UnitDetail,
    pub(super) projects: Vec<BoardProject>,
}

/// What the page's two forms say.
pub(super) struct Forms {
    /// Of the instrument.
    pub(super) said: Form,
    /// Of where it is to stand.
    pub(super) place: Form,
    /// Whether the latter was refused.
    pub(super) refused: bool,
}

/// `GET /units/{id}`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let known = known(&office, &staff, &id).await?;
    let forms = known.forms();
    page(&office, StatusCode::OK, &known, forms, None)
}

pub(super) async fn known(office: &Office, staff: &Staff, id: &str) -> Result<Known, WebError> {
    let unit = unit_of(id)?;
    let read = office
        .desk
        .act(staff.actor(), move |operator| read(operator, &unit));
    read.await
}

fn read(operator: &Operator, unit: &UnitId) -> Result<Known, OperatorError> {
    Ok(Known {
        detail: operator.unit_detail(unit)?,
        projects: operator.board()?,
    })
}

impl Known {
    /// The forms as they begin.
    pub(super) fn forms(&self) -> Forms {
        Forms {
            said: Form::new(fields_of(&self.detail.unit)).with_seen(self.detail.unit.seen()),
            place: place_form(self, &Sent::default()),
            refused: false,
        }
    }

    fn is_meter(&self) -> bool {
        self.detail.unit.kind == domain::DeviceKind::SoundLevelMeter.as_str()
    }
}

pub(super) fn page(
    office: &Office,
    status: StatusCode,
    known: &Known,
    forms: Forms,
    problem: Option<String>,
) -> Result<HttpResponse, WebError> {
    let (zone, now) = (&office.settings.site_zone, office.now());
    let (unit, is_meter) = (&known.detail.unit, known.is_meter());
    let current = known.detail.current.as_ref();
    let may_be_put = is_meter && unit.retired_at.is_none();
    let page = UnitPage {
        head: Head::new(office, "units"),
        id: unit.id.to_string(),
        other_kind: (!is_meter).then(|| unit.kind.clone()),
        retired_at: unit.retired_at.map(|at| When::full(at, zone)),
        current: current.map(|stay| Stay::of(stay, zone, now)),
        history: known
            .detail
            .history
            .iter()
            .map(|stay| Stay::of(stay, zone, now))
            .collect(),
        place: may_be_put.then_some(forms.place),
        refused: forms.refused,
        notes: match current {
            Some(_) => vec![MOVED, LIMITS_STAY],
            None => vec![LIMITS_STAY],
        },
        form: forms.said,
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
                place: Some(Form::new(vec![Field::text("location", "Location", "")])),
                refused: true,
                notes: vec![MOVED, LIMITS_STAY],
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
                place: None,
                refused: false,
                notes: Vec::new(),
                form: Form::new(fields("", "", "")),
                problem: None,
            },
            Self {
                head: Head::sample("units", false),
                id: "SLM-103".into(),
                other_kind: None,
                retired_at: None,
                current: None,
                history: Vec::new(),
                place: Some(Form::new(vec![Field::text("location", "Location", "")])),
                refused: false,
                notes: vec![LIMITS_STAY],
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
                place: Some(Form::new(vec![Field::text("location", "Location", "")])),
                refused: false,
                notes: vec![LIMITS_STAY],
                form: Form::new(fields("00123", "NL-43", "")),
                problem: None,
            },
        ]
    }
}
