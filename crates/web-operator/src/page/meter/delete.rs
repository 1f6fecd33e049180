//! The end of a rule. It asks first.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use web::WebError;

use super::acts::to_meter;
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Form;
use crate::page::head::Head;
use crate::page::html;
use crate::page::sheet::{Back, SheetPage};

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
        form: Form::new(Vec::new()),
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
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let meter = office.meter(&staff, &unit).await?;
    office.delete_rule(&staff, meter, &id).await?;
    Ok(to_meter(&unit))
}
