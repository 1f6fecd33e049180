//! What is done from the meter's page. Each act leads back to it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data, Path};
use slmm_operator::RuleInput;
use web::{Failure, WebError};

use super::form::RuleForm;
use super::page;
use super::parts::percentiles;
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Sent;
use crate::page::html_with;

/// `POST /slm/{unit_id}/rules`.
pub(crate) async fn create(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let input = read_rule(&body)?;
    let meter = office.meter(&staff, &unit).await?;
    match office.create_rule(&staff, &meter, &input).await {
        Ok(_) => Ok(to_meter(&unit)),
        Err(error) => {
            let status = status(&error);
            let form = RuleForm::new(&input, percentiles(&office.settings)).refused(error)?;
            let page = page(&office, &staff, &meter, form).await?;
            html_with(&office, status, &page)
        }
    }
}

/// The status of a form that is shown again: it is there, whatever SLMM does not have.
pub(super) fn status(error: &WebError) -> StatusCode {
    match Failure::from(error).status {
        StatusCode::NOT_FOUND => StatusCode::UNPROCESSABLE_ENTITY,
        status => status,
    }
}

/// `POST /slm/{unit_id}/rules/{rule_id}/enabled`: pauses a rule, or lets it go on.
pub(crate) async fn enable(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let sent = Sent::read(&body)?;
    let (on, seen) = (sent.text("on") == "true", Some(sent.text("seen")));
    let meter = office.meter(&staff, &unit).await?;
    let (rule, _) = office.seen_rule(&meter, &id, seen).await?;
    let input = RuleInput {
        enabled: on.into(),
        ..RuleInput::from(&rule)
    };
    office
        .change_rule(&staff, &meter, (&id, seen), &input)
        .await?;
    Ok(to_meter(&unit))
}

/// `POST /slm/{unit_id}/events/{event_id}/ack`.
pub(crate) async fn acknowledge(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let id: i64 = id.parse().map_err(|_no_id| WebError::NotFound)?;
    let from_inbox = Sent::read(&body)?.text("from") == "alerts";
    let meter = office.meter(&staff, &unit).await?;
    office.acknowledge(&staff, &meter, id).await?;
    Ok(if from_inbox {
        see("/alerts")
    } else {
        to_meter(&unit)
    })
}

/// `POST /slm/{unit_id}/keepalive`.
pub(crate) async fn keepalive(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let on = Sent::read(&body)?.text("on") == "true";
    let meter = office.meter(&staff, &unit).await?;
    office.keep_alive(&staff, &meter, on).await?;
    Ok(to_meter(&unit))
}

/// Reads the form of a rule.
pub(super) fn read_rule(body: &[u8]) -> Result<RuleInput, WebError> {
    let fields = Sent::pairs(body)?;
    Ok(RuleInput::from_fields(fields))
}

pub(super) fn to_meter(unit: &str) -> HttpResponse {
    see(&format!("/slm/{unit}"))
}

fn see(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, path))
        .finish()
}
