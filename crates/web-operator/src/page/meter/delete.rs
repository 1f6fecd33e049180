//! The end of a rule. It asks first, and deletes what it asked about only.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use slmm_operator::RuleInput;
use web::WebError;

use super::acts::{status, to_meter};
use super::form::RuleForm;
use super::page;
use super::parts::percentiles;
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
use crate::page::head::Head;
use crate::page::sheet::{Back, SheetPage};
use crate::page::{html, html_with};

/// `GET /slm/{unit_id}/rules/{rule_id}/delete`.
pub(crate) async fn ask(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let meter = office.meter(&staff, &unit).await?;
    let (rule, all) = office.rule(&meter, &id).await?;
    let mut notes = vec![
        "SLMM stops watching it at once, and clients no longer read it as a limit. What it recorded stays.".to_owned(),
    ];
    if all == 1 {
        notes.push("It is the meter's last rule: afterwards nothing is watched there, and you are asked whether keepalive is to stay on.".to_owned());
    }
    let page = SheetPage {
        head: Head::new(&office, "units"),
        title: format!("Delete “{}”?", rule.name),
        back: Back::to(format!("/slm/{unit}"), unit.clone()),
        notes,
        form: Form::new(vec![Field::hidden("seen", &rule.mark())]),
        action: format!("/slm/{unit}/rules/{}/delete", rule.id),
        act: "Delete it".into(),
        danger: true,
    };
    html(&office, &page)
}

/// `POST /slm/{unit_id}/rules/{rule_id}/delete`.
pub(crate) async fn delete(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let sent = Sent::read(&body)?;
    let meter = office.meter(&staff, &unit).await?;
    let seen = Some(sent.text("seen"));
    office.delete_rule(&staff, &meter, (&id, seen)).await?;
    Ok(to_meter(&unit))
}

/// `POST /slm/{unit_id}/delete-rule`: by its number, while SLMM cannot list the rules.
pub(crate) async fn by_number(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let sent = Sent::read(&body)?;
    let number = sent.text("rule");
    let meter = office.meter(&staff, &unit).await?;
    let Err(error) = office.delete_by_number(&staff, &meter, number).await else {
        return Ok(to_meter(&unit));
    };
    let status = status(&error);
    let form = RuleForm::new(&RuleInput::default(), percentiles(&office.settings));
    let mut page = page(&office, &staff, &meter, form).await?;
    if !page.unlistable {
        // The form is not on the page.
        return Err(error);
    }
    page.by_number = number_form(number).refused(error)?;
    html_with(&office, status, &page)
}

/// The form that asks for a rule's number.
pub(super) fn number_form(value: &str) -> Form {
    let number = Field::text("rule", "Number of the rule", value)
        .of_kind("number")
        .required()
        .hint("SLMM numbers the rules of all its meters in one row");
    Form::new(vec![number])
}
