//! `GET /api/slmm/{unit_id}/monitor`

use std::time::Duration;

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use web::WebError;
use web::lan::require_host_origin;
use web::live::{CloseCode, Handshake, ViewerTimes};

use super::pump::speak;
use crate::Office;
use crate::guard::Staff;

/// How often a viewer is asked whether it is there.
const PING_EVERY: Duration = Duration::from_secs(20);

/// Refuses before the upgrade: from another site's page 403, of a meter that is not in the roster
/// 404, without a place 503. The guard refuses whoever may not be here at all.
pub(crate) async fn stream(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    require_host_origin(&request)?;
    let meter = office.meter(&staff, &unit).await?;
    let handshake = Handshake::of(&request)?;
    let actor = staff.actor();
    let desk = format!("{} {}", actor.name, actor.origin);
    let all = office.clone().into_inner();
    let of = meter.clone();
    let place = office
        .live
        .join(&desk, meter, |publisher| speak(all, of, publisher))?;
    let times = ViewerTimes {
        ping_every: PING_EVERY,
        stay: office.settings.watching.cap,
        farewell: CloseCode::Paused,
    };
    Ok(handshake.accept(payload.into_inner(), place, (), times))
}
