//! What happened at a meter, and who has seen it.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use slmm_operator::Control;
use web::json::private_json;
use web::{FieldProblem, WebError};

use super::view::{AcknowledgedView, EventsView};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::query;
use crate::slmm_acts::upstream;

/// How many are told where nobody says.
const USUAL: u16 = 50;

/// `GET …/alerts/events?limit=` (1 to 500): the newest first.
pub(crate) async fn list(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let limit = limit(&query(&request, "limit"))?;
    let meter = office.meter(&staff, &unit).await?;
    let events = office.control.events(&meter, limit).await;
    Ok(private_json(&EventsView::new(&events.map_err(upstream)?)))
}

/// `POST …/alerts/events/{event_id}/ack`: under the name of whoever does it.
pub(crate) async fn acknowledge(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let id: i64 = id.parse().map_err(|_no_id| WebError::NotFound)?;
    let meter = office.meter(&staff, &unit).await?;
    let name = office.acknowledge(&staff, &meter, id).await?;
    Ok(private_json(&AcknowledgedView {
        acknowledged: id,
        by: name.as_str().to_owned(),
    }))
}

fn limit(text: &str) -> Result<u16, WebError> {
    if text.is_empty() {
        return Ok(USUAL);
    }
    let limit = text.parse().ok();
    limit
        .filter(|limit| (1..=Control::MOST_EVENTS).contains(limit))
        .ok_or_else(|| {
            let words = format!("a whole number from 1 to {}", Control::MOST_EVENTS);
            WebError::Unprocessable(vec![FieldProblem::new("limit", words)])
        })
}
