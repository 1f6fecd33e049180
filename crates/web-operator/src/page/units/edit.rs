//! What is said of a meter anew.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data, Path};
use store_operator::UnitEdit;
use web::WebError;

use super::detail::{known, page};
use super::{due, fields_sent, unit_of};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Form, Sent, status_of};

/// `POST /units/{id}`.
pub(crate) async fn edit(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let unit = unit_of(&id)?;
    let sent = Sent::read(&body)?;
    let seen = sent.seen()?;
    let edited = match said(&sent) {
        Ok(said) => {
            let act = office.desk.act(staff.actor(), move |operator| {
                operator.edit_unit_as_seen(&unit, &said, seen)
            });
            act.await
        }
        Err(error) => Err(error),
    };
    match edited {
        Ok(()) => Ok(back(&id)),
        Err(error) => {
            let known = known(&office, &staff, &id).await?;
            let status = status_of(&error);
            let mut forms = known.forms();
            let typed = Form::new(fields_sent(&sent));
            let said = typed.typed_over(&forms.said, &sent, &error);
            forms.said = said.refused(error)?;
            page(&office, status, &known, forms, None)
        }
    }
}

/// To the meter's page.
pub(super) fn back(id: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, format!("/units/{id}")))
        .finish()
}

fn said(sent: &Sent) -> Result<UnitEdit, WebError> {
    Ok(UnitEdit {
        serial: sent.optional("serial"),
        model: sent.optional("model"),
        calibration_due: due(sent)?,
    })
}
