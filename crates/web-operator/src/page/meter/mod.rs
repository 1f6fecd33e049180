//! A meter's page: how it is, its rules as sentences, what happened, and what staff may do.

pub(crate) mod acts;
pub(crate) mod edit;
mod form;
pub(super) mod parts;
pub(super) mod samples;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use domain::UnitId;
use futures_util::future::join3;
use serde::Serialize;
use slmm_operator::RuleInput;
use web::{Page, WebError};

use self::form::rule_form;
use self::parts::{DevicePart, EventLine, RuleLine};
use super::form::Form;
use super::head::Head;
use super::html_with;
use crate::Office;
use crate::guard::Staff;

/// How many events the page lists.
const EVENTS: u16 = 50;

/// `operator/meter.html`
#[derive(Debug, Serialize)]
pub(crate) struct MeterPage {
    pub(super) head: Head,
    pub(super) unit: String,
    /// `None` where SLMM did not say.
    pub(super) device: Option<DevicePart>,
    pub(super) rules: Option<Vec<RuleLine>>,
    pub(super) events: Option<Vec<EventLine>>,
    /// How many rules are being broken, as SLMM says.
    pub(super) active: usize,
    /// A rule to be made.
    pub(super) form: Form,
    /// The last rule is gone and the meter is still kept on its fast rate.
    pub(super) offer_rest: bool,
}

/// `GET /slm/{unit_id}`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
) -> Result<HttpResponse, WebError> {
    let meter = office.meter(&staff, &unit).await?;
    let form = rule_form(&RuleInput::default());
    let page = page(&office, &meter, form).await;
    html_with(&office, StatusCode::OK, &page)
}

/// The page with this form on it. SLMM away leaves its parts out and says so.
pub(super) async fn page(office: &Office, meter: &UnitId, form: Form) -> MeterPage {
    let control = &office.control;
    let (device, rules, events) = join3(
        control.device(meter),
        control.rules(meter),
        control.events(meter, EVENTS),
    )
    .await;
    let (now, zone) = (office.now(), &office.settings.site_zone);
    let device = device.ok();
    let (rules, events) = (rules.ok(), events.ok());
    let kept_alive = device
        .as_ref()
        .and_then(|device| device.monitor)
        .is_some_and(|monitor| monitor.kept_alive);
    let no_rules = rules.as_ref().is_some_and(Vec::is_empty);
    let active = events.iter().flatten().filter(|event| event.active);
    MeterPage {
        head: Head::new(office, "units"),
        unit: meter.as_str().to_owned(),
        active: active.count(),
        device: device.map(|device| DevicePart::new(office, &device, zone, now)),
        rules: rules.map(|rules| rules.iter().map(RuleLine::new).collect()),
        events: events.map(|events| {
            let line = |event| EventLine::new(event, zone, now);
            events.iter().map(line).collect()
        }),
        form,
        offer_rest: kept_alive && no_rules,
    }
}

impl Page for MeterPage {
    const TEMPLATE: &'static str = "operator/meter.html";

    fn samples() -> Vec<Self> {
        samples::meter()
    }
}
