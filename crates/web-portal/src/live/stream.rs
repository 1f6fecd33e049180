//! `GET /portal/api/location/{id}/stream`

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use auth::{PortalSession, Token};
use web::WebError;
use web::live::{CloseCode, Handshake, ViewerTimes};

use super::{Subject, pump};
use crate::Portal;
use crate::session::Session;

/// Refuses before the upgrade: without a session 401, from another site's page 403, out of scope
/// 404, without a place 503.
pub(crate) async fn stream(
    request: HttpRequest,
    portal: Data<Portal>,
    session: Session,
    id: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    portal.settings.origin.require_own_origin(&request)?;
    let location = session.location(&id)?.id();
    let handshake = Handshake::of(&request)?;
    let subject = Subject {
        location,
        epoch: session.proof().epoch,
    };
    let speaker = pump::Speaker::new(portal.clone().into_inner(), *session.proof(), location);
    let tag = PortalSession::log_tag(&session.proof().seal(&portal.signer));
    let place = portal
        .live
        .join(&tag, subject, |publisher| speaker.speak(publisher))?;
    let seat = portal.seat(session.proof());
    Ok(handshake.accept(
        payload.into_inner(),
        place,
        seat,
        portal.viewer_times(&session),
    ))
}

impl Portal {
    /// A viewer may stay for the cap, or for what is left of the session if that is less.
    fn viewer_times(&self, session: &Session) -> ViewerTimes {
        let left = session
            .proof()
            .time_left(self.now(), self.settings.session_max_age);
        let cap = self.settings.stream_cap;
        let (stay, farewell) = if left < cap {
            (left, CloseCode::SessionEnded)
        } else {
            (cap, CloseCode::Paused)
        };
        ViewerTimes {
            ping_every: self.settings.ping_every,
            stay,
            farewell,
        }
    }
}
