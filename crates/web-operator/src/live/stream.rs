//! `GET /api/slmm/{unit_id}/monitor`

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use auth::OperatorSession;
use web::WebError;
use web::lan::require_host_origin;
use web::live::{CloseCode, Handshake, ViewerTimes};

use super::Subject;
use super::pump::Speaker;
use crate::Office;
use crate::guard::Staff;

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
    let session = staff.session().copied();
    let subject = Subject::of(meter.clone(), session.as_ref());
    let speaker = Speaker::new(office.clone().into_inner(), meter, session);
    let place = office
        .live
        .join(&desk, subject, |publisher| speaker.speak(publisher))?;
    let times = office.times(session.as_ref());
    Ok(handshake.accept(payload.into_inner(), place, (), times))
}

impl Office {
    /// For how long somebody may watch: not beyond their session.
    fn times(&self, session: Option<&OperatorSession>) -> ViewerTimes {
        let cap = self.settings.watching.cap;
        let left = session.map_or(cap, |session| session.time_left(self.now()));
        let farewell = if left < cap {
            CloseCode::SessionEnded
        } else {
            CloseCode::Paused
        };
        ViewerTimes {
            ping_every: self.settings.watching.ping_every,
            stay: cap.min(left),
            farewell,
        }
    }
}
