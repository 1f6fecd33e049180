//! Out of use, and back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use web::WebError;

use super::detail::{known, page};
use super::edit::back;
use super::unit_of;
use crate::Office;
use crate::guard::Staff;

/// `POST /units/{id}/retire`.
pub(crate) async fn retire(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let unit = unit_of(&id)?;
    let zone = &office.settings.site_zone;
    let act = office.desk.act_in(zone, staff.actor(), move |operator| {
        operator.retire_unit(&unit)
    });
    match act.await {
        Ok(()) => Ok(back(&id)),
        // A meter that stands somewhere: the page that shows where says so.
        Err(WebError::Conflict(words)) => {
            let known = known(&office, &staff, &id).await?;
            let forms = known.forms();
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&office, status, &known, forms, Some(words))
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
