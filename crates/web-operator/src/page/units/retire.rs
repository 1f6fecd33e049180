//! Out of use, and back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use web::WebError;

use super::detail::{detail, page};
use super::edit::back;
use super::{fields_of, unit_of};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Form;

/// `POST /units/{id}/retire`.
pub(crate) async fn retire(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let unit = unit_of(&id)?;
    let act = office
        .desk
        .act(staff.actor(), move |operator| operator.retire_unit(&unit));
    match act.await {
        Ok(()) => Ok(back(&id)),
        // A meter that stands somewhere: the page that shows where says so.
        Err(WebError::Conflict(words)) => {
            let detail = detail(&office, &staff, &id).await?;
            let form = Form::new(fields_of(&detail.unit));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&office, status, &detail, form, Some(words))
        }
        Err(error) => Err(error),
    }
}

/// `POST /units/{id}/unretire`.
pub(crate) async fn unretire(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let unit = unit_of(&id)?;
    office
        .desk
        .act(staff.actor(), move |operator| operator.unretire_unit(&unit))
        .await?;
    Ok(back(&id))
}
