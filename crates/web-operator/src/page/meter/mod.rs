//! A meter's page: how it is and sounds, its rules as sentences, what happened, and what staff may
//! do.

pub(crate) mod acts;
pub(crate) mod delete;
pub(crate) mod edit;
mod form;
pub(super) mod parts;
pub(super) mod samples;
mod told;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::{Metric, UnitId};
use serde::Serialize;
use slmm_operator::{ControlError, RuleInput};
use web::history::{Range, ranges};
use web::{Page, WebError};

use self::delete::number_form;
use self::form::RuleForm;
use self::parts::{DevicePart, EventLine, LivePart, RuleLine, clock_note, percentiles, symbol};
use self::told::{Told, away};
use super::form::{Form, query};
use super::head::Head;
use super::html_with;
use super::units::stay::Stay;
use crate::Office;
use crate::guard::Staff;

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
    /// Why SLMM did not say how the meter is; `None` where it did.
    pub(super) away: Option<&'static str>,
    /// `None` where SLMM did not say.
    pub(super) device: Option<DevicePart>,
    pub(super) chart: ChartPart,
    pub(super) rules: Option<Vec<RuleLine>>,
    /// It has none yet: the first is offered at once.
    pub(super) no_rules: bool,
    /// SLMM cannot list the rules, for one with an impossible threshold is stored.
    pub(super) unlistable: bool,
    /// Deletes that rule by its number.
    pub(super) by_number: Form,
    pub(super) events: Option<Vec<EventLine>>,
    /// How many events go on.
    pub(super) active: usize,
    /// A rule to be made.
    pub(super) form: RuleForm,
    /// How SLMM's clock differs from the site's, where it does.
    pub(super) clock_note: Option<String>,
    /// The last rule is gone and the meter is still polled every 10 s.
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
    let stay = office.current_stay(staff, meter).await?;
    let zone = office.zone_of(stay.as_ref());
    let told = Told::of(office, meter).await;
    let (now, settings) = (office.now(), &office.settings);
    let events = told.lines(&settings.slmm_zone, (&zone, now));
    let no_rules = told.rules.as_ref().is_ok_and(Vec::is_empty);
    let device = told.device.as_ref().ok();
    let away = told.device.as_ref().err().map(|error| away(*error));
    Ok(MeterPage {
        head: Head::in_zone(office, "units", &zone),
        refresh_s: REFRESH_S,
        unit: meter.as_str().to_owned(),
        stay: stay.map(|stay| Stay::of(&stay, &zone, now)),
        live: LivePart::new(office, device, &zone, now),
        offer_rest: no_rules && told.kept_alive(),
        device: device.map(|device| DevicePart::new(device, &zone, now)),
        away,
        chart: ChartPart::new(office, HOURS),
        unlistable: matches!(told.rules, Err(ControlError::RulesUnlistable)),
        by_number: number_form(""),
        rules: told.rules.ok().map(|rules| {
            let line = |rule| RuleLine::new(rule, settings, now);
            rules.iter().map(line).collect()
        }),
        no_rules,
        active: events.iter().flatten().filter(|event| event.active).count(),
        events,
        form,
        clock_note: clock_note(&settings.slmm_zone, &zone, now),
    })
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
