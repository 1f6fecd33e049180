//! A meter's page: how it is and sounds, its rules as sentences, what happened, and what staff may
//! do.

pub(crate) mod acts;
pub(crate) mod delete;
pub(crate) mod edit;
mod form;
pub(super) mod parts;
pub(super) mod samples;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::{Metric, UnitId};
use futures_util::future::join3;
use serde::Serialize;
use slmm_operator::{ControlError, RuleInput};
use web::history::{Range, ranges};
use web::{Page, WebError};

use self::form::RuleForm;
use self::parts::{
    DevicePart, EventLine, LivePart, RuleLine, believed, clock_note, percentiles, symbol,
};
use super::form::query;
use super::head::Head;
use super::html_with;
use super::units::stay::Stay;
use crate::Office;
use crate::guard::Staff;

/// How many events the page lists.
const EVENTS: u16 = 50;
/// How much history the chart begins with, h.
const HOURS: f64 = 2.0;
/// How often the page is made anew while somebody looks, s.
const REFRESH_S: u32 = 20;
/// The lines of the chart.
const LINES: [Metric; 5] = [
    Metric::Lp,
    Metric::Leq,
    Metric::Lmax,
    Metric::Ln1,
    Metric::Ln2,
];

/// `operator/meter.html`
#[derive(Debug, Serialize)]
pub(crate) struct MeterPage {
    pub(super) head: Head,
    pub(super) refresh_s: u32,
    pub(super) unit: String,
    /// Where it stands now.
    pub(super) stay: Option<Stay>,
    pub(super) live: LivePart,
    /// `None` where SLMM did not say.
    pub(super) device: Option<DevicePart>,
    pub(super) chart: ChartPart,
    pub(super) rules: Option<Vec<RuleLine>>,
    /// It has none yet: the first is offered at once.
    pub(super) no_rules: bool,
    /// SLMM cannot list the rules, for one with an impossible threshold is stored.
    pub(super) unlistable: bool,
    pub(super) events: Option<Vec<EventLine>>,
    /// How many events go on.
    pub(super) active: usize,
    /// A rule to be made.
    pub(super) form: RuleForm,
    /// How SLMM's clock differs from the site's, where it does.
    pub(super) clock_note: Option<String>,
    /// The last rule is gone and the meter is still kept on its fast rate.
    pub(super) offer_rest: bool,
}

/// What the chart's script needs.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChartPart {
    /// As the query writes it.
    pub(super) hours: String,
    pub(super) ranges: Vec<Range>,
    /// What the lines are called: as the JSON names it, and as people do.
    pub(super) labels: Vec<(&'static str, String)>,
    /// The fixed local time in which rules' hours count, min east of UTC.
    pub(super) limit_offset_min: i32,
}

/// `GET /slm/{unit_id}?hours=`; `GET /slm/{unit_id}/rules` is the same page.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let meter = office.meter(&staff, &unit).await?;
    let form = RuleForm::new(&RuleInput::default(), percentiles(&office.settings));
    let mut page = page(&office, &staff, &meter, form).await?;
    page.chart = ChartPart::new(&office, hours(&query(&request, "hours")));
    html_with(&office, StatusCode::OK, &page)
}

/// The range asked for, h; the usual one for what the chart cannot be asked for.
fn hours(text: &str) -> f64 {
    let hours = text.parse().ok();
    hours
        .filter(|hours| (0.1..=48.0).contains(hours))
        .unwrap_or(HOURS)
}

/// The page with this form on it. SLMM away leaves its parts out and says so.
///
/// # Errors
/// Those of the database.
pub(super) async fn page(
    office: &Office,
    staff: &Staff,
    meter: &UnitId,
    form: RuleForm,
) -> Result<MeterPage, WebError> {
    let stay = stay(office, staff, meter).await?;
    let control = &office.control;
    let (device, rules, events) = join3(
        control.device(meter),
        control.rules(meter),
        control.events(meter, EVENTS),
    )
    .await;
    let (now, settings) = (office.now(), &office.settings);
    let zone = &settings.site_zone;
    let device = device.ok();
    let unlistable = matches!(rules, Err(ControlError::RulesUnlistable));
    let (rules, events) = (rules.ok(), events.ok());
    let kept_alive = device
        .as_ref()
        .and_then(|device| device.monitor)
        .is_some_and(|monitor| monitor.kept_alive);
    let no_rules = rules.as_ref().is_some_and(Vec::is_empty);
    let events: Option<Vec<EventLine>> = events.map(|events| {
        let of_slmm = &settings.slmm_zone;
        let going_on = believed(&events, rules.as_deref(), device.as_ref(), of_slmm, now);
        let line = |(event, goes_on)| EventLine::new(event, zone, now).unless(goes_on);
        events.iter().zip(going_on).map(line).collect()
    });
    let active = events.iter().flatten().filter(|event| event.active).count();
    Ok(MeterPage {
        head: Head::new(office, "units"),
        refresh_s: REFRESH_S,
        unit: meter.as_str().to_owned(),
        stay,
        live: LivePart::new(office, device.as_ref(), zone, now),
        device: device.map(|device| DevicePart::new(&device, zone, now)),
        chart: ChartPart::new(office, HOURS),
        rules: rules.map(|rules| {
            let line = |rule| RuleLine::new(rule, settings, now);
            rules.iter().map(line).collect()
        }),
        no_rules,
        unlistable,
        events,
        active,
        form,
        clock_note: clock_note(settings, now),
        offer_rest: kept_alive && no_rules,
    })
}

async fn stay(office: &Office, staff: &Staff, meter: &UnitId) -> Result<Option<Stay>, WebError> {
    let unit = meter.clone();
    let detail = office
        .desk
        .act(staff.actor(), move |operator| operator.unit_detail(&unit))
        .await?;
    let (zone, now) = (&office.settings.site_zone, office.now());
    Ok(detail.current.map(|stay| Stay::of(&stay, zone, now)))
}

impl ChartPart {
    fn new(office: &Office, hours: f64) -> Self {
        let settings = &office.settings;
        let of = percentiles(settings);
        let label = |metric: &Metric| (metric.as_str(), symbol(*metric, of).plain());
        Self {
            hours: hours.to_string(),
            ranges: ranges(hours),
            labels: LINES.iter().map(label).collect(),
            limit_offset_min: settings.slmm_zone.to_offset(office.now()).seconds() / 60,
        }
    }
}

impl Page for MeterPage {
    const TEMPLATE: &'static str = "operator/meter.html";

    fn samples() -> Vec<Self> {
        samples::meter()
    }
}
