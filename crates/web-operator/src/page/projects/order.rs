//! In which order a project's locations are shown.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::{LocationId, ProjectId};
use web::{FieldProblem, WebError};

use super::path;
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Sent;
use crate::page::{id_of, see_other};

/// `POST /projects/{id}/locations/order`: `locations` has every location's id, in the new order,
/// with blanks between.
pub(crate) async fn set(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (id, sent) = (id_of::<ProjectId>(&id)?, Sent::read(&body)?);
    let order: Vec<LocationId> = sent
        .text("locations")
        .split_whitespace()
        .map(location)
        .collect::<Result<_, _>>()?;
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.order_locations(id, &order)
        })
        .await?;
    Ok(see_other(&format!("{}#locations", path(id))))
}

fn location(text: &str) -> Result<LocationId, WebError> {
    text.parse().map_err(|_not_an_id| {
        let detail = "name each location of the project once, by its id";
        WebError::Unprocessable(vec![FieldProblem::new("locations", detail)])
    })
}
