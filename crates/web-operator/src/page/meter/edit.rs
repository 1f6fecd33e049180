//! The page of one rule: to change it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use domain::UnitId;
use serde::Serialize;
use slmm_operator::RuleInput;
use web::{Page, WebError};

use super::acts::{read_rule, status, to_meter};
use super::form::RuleForm;
use super::parts::{clock_note, percentiles};
use super::samples;
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Sent;
use crate::page::head::Head;
use crate::page::html_with;

/// `operator/rule.html`
#[derive(Debug, Serialize)]
pub(crate) struct RulePage {
    pub(super) head: Head,
    pub(super) unit: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) form: RuleForm,
    /// How SLMM's clock differs from the site's, where it does.
    pub(super) clock_note: Option<String>,
}

/// `GET /slm/{unit_id}/rules/{rule_id}`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let meter = office.meter(&staff, &unit).await?;
    let (rule, _) = office.rule(&meter, &id).await?;
    let form = RuleForm::new(&RuleInput::from(&rule), percentiles(&office.settings));
    let form = form.of(rule.mark());
    let page = page(&office, &staff, &meter, &rule.id.to_string(), form).await?;
    html_with(&office, StatusCode::OK, &page)
}

/// `POST /slm/{unit_id}/rules/{rule_id}`: the rule that was seen, and no other.
pub(crate) async fn change(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let (input, sent) = (read_rule(&body)?, Sent::read(&body)?);
    let seen = sent.text("seen");
    let meter = office.meter(&staff, &unit).await?;
    let changed = office
        .change_rule(&staff, &meter, (&id, Some(seen)), &input)
        .await;
    let Err(error) = changed else {
        return Ok(to_meter(&unit));
    };
    let status = status(&error);
    let form = RuleForm::new(&input, percentiles(&office.settings)).refused(error)?;
    let page = page(&office, &staff, &meter, &id, form.of(seen.to_owned())).await?;
    html_with(&office, status, &page)
}

/// The page of what the form says: SLMM, which may be away by now, is not asked.
async fn page(
    office: &Office,
    staff: &Staff,
    meter: &UnitId,
    id: &str,
    form: RuleForm,
) -> Result<RulePage, WebError> {
    let stay = office.current_stay(staff, meter).await?;
    let zone = office.zone_of(stay.as_ref());
    let name = match form.name.value.as_str() {
        "" => format!("Rule {id}"),
        name => name.to_owned(),
    };
    Ok(RulePage {
        head: Head::in_zone(office, "units", &zone),
        unit: meter.as_str().to_owned(),
        id: id.to_owned(),
        name,
        form,
        clock_note: clock_note(&office.settings.slmm_zone, &zone, office.now()),
    })
}

impl Page for RulePage {
    const TEMPLATE: &'static str = "operator/rule.html";

    fn samples() -> Vec<Self> {
        samples::rule_pages()
    }
}
