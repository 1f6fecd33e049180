//! The page of one rule: to change it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use serde::Serialize;
use slmm_operator::RuleInput;
use web::{Page, WebError};

use super::acts::{read_rule, to_meter};
use super::form::RuleForm;
use super::parts::{clock_note, percentiles};
use super::samples;
use crate::Office;
use crate::guard::Staff;
use crate::page::head::Head;
use crate::page::html_with;

/// `operator/rule.html`
#[derive(Debug, Serialize)]
pub(crate) struct RulePage {
    pub(super) head: Head,
    pub(super) unit: String,
    pub(super) id: i64,
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
    let form = |input: &RuleInput| Ok(RuleForm::new(input, percentiles(&office.settings)));
    page(&office, &staff, (&unit, &id), StatusCode::OK, form).await
}

/// `POST /slm/{unit_id}/rules/{rule_id}`.
pub(crate) async fn change(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let input = read_rule(&body)?;
    let meter = office.meter(&staff, &unit).await?;
    match office.change_rule(&staff, meter, &id, &input).await {
        Ok(_) => Ok(to_meter(&unit)),
        Err(error) => {
            let refused =
                |_: &RuleInput| RuleForm::new(&input, percentiles(&office.settings)).refused(error);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&office, &staff, (&unit, &id), status, refused).await
        }
    }
}

async fn page(
    office: &Office,
    staff: &Staff,
    (unit, id): (&str, &str),
    status: StatusCode,
    form: impl FnOnce(&RuleInput) -> Result<RuleForm, WebError>,
) -> Result<HttpResponse, WebError> {
    let meter = office.meter(staff, unit).await?;
    let (rule, _) = office.rule(&meter, id).await?;
    let page = RulePage {
        head: Head::new(office, "units"),
        unit: meter.as_str().to_owned(),
        id: rule.id,
        name: rule.name.clone(),
        form: form(&RuleInput::from(&rule))?,
        clock_note: clock_note(&office.settings, office.now()),
    };
    html_with(office, status, &page)
}

impl Page for RulePage {
    const TEMPLATE: &'static str = "operator/rule.html";

    fn samples() -> Vec<Self> {
        samples::rule_pages()
    }
}
