//! A meter's rules: what clients read as its limits.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use slmm_operator::RuleInput;
use web::WebError;
use web::json::{private_json, private_json_with};

use super::view::{DeletedView, RuleAnswer, RulesView};
use crate::Office;
use crate::guard::Staff;
use crate::slmm_acts::{unprocessable, upstream};

/// `GET …/alerts/rules`.
pub(crate) async fn list(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
) -> Result<HttpResponse, WebError> {
    let meter = office.meter(&staff, &unit).await?;
    let rules = office.control.rules(&meter).await.map_err(upstream)?;
    Ok(private_json(&RulesView::new(&rules)))
}

/// `POST …/alerts/rules`: 201 with the rule as SLMM has it now.
pub(crate) async fn create(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let meter = office.meter(&staff, &unit).await?;
    let input = RuleInput::from_json(&body).map_err(unprocessable)?;
    let rule = office.create_rule(&staff, &meter, &input).await?;
    Ok(private_json_with(
        StatusCode::CREATED,
        &RuleAnswer::new(&rule),
    ))
}

/// `PUT …/alerts/rules/{rule_id}`: the whole rule anew.
pub(crate) async fn update(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let meter = office.meter(&staff, &unit).await?;
    let input = RuleInput::from_json(&body).map_err(unprocessable)?;
    let rule = office
        .change_rule(&staff, &meter, (&id, None), &input)
        .await?;
    Ok(private_json(&RuleAnswer::new(&rule)))
}

/// `DELETE …/alerts/rules/{rule_id}`: says how many are left.
pub(crate) async fn delete(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let meter = office.meter(&staff, &unit).await?;
    let remaining = office.delete_rule(&staff, &meter, (&id, None)).await?;
    Ok(private_json(&DeletedView {
        deleted: id,
        remaining,
    }))
}
