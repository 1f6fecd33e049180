//! The door from a request to a scope. Every page and every JSON route behind the gate takes a
//! [`Session`], and there is no other way to one.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use auth::{LinkToken, PortalSession};
use domain::LocationId;
use store::{Location, ProjectScope, SessionCheck};
use web::WebError;

use crate::Portal;

/// A live session, proven against the database for this very request.
pub(crate) struct Session {
    scope: ProjectScope,
    proof: PortalSession,
}

impl Session {
    /// What the visitor may see.
    pub(crate) fn scope(&self) -> &ProjectScope {
        &self.scope
    }

    /// What the cookie said, which the database has confirmed.
    pub(crate) fn proof(&self) -> &PortalSession {
        &self.proof
    }

    /// The location that a request names, if it is the visitor's. An id that is none, is unknown,
    /// or is another's gives one and the same answer.
    pub(crate) fn location(&self, id: &str) -> Result<&Location, WebError> {
        let id: LocationId = id.parse().map_err(|_not_an_id| WebError::NotFound)?;
        self.scope.location(id).ok_or(WebError::NotFound)
    }
}

impl FromRequest for Session {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let portal = request
                .app_data::<Data<Portal>>()
                .ok_or(WebError::NotFound)?;
            portal.prove(&request).await
        })
    }
}

impl Portal {
    async fn prove(&self, request: &HttpRequest) -> Result<Session, WebError> {
        let Some(proof) = self.signed_session(request) else {
            return Err(WebError::SessionEnded { prompt: None });
        };
        if proof.is_expired(self.now(), self.settings.session_max_age) {
            return Err(ended(self.database.prompt_for(&proof).await?.as_ref()));
        }
        match self.database.check_session(&proof).await? {
            SessionCheck::Live(scope) => {
                self.note_presence(&proof);
                Ok(Session { scope, proof })
            }
            SessionCheck::Dead { prompt } => Err(ended(prompt.as_ref())),
        }
    }
}

fn ended(prompt: Option<&LinkToken>) -> WebError {
    WebError::SessionEnded {
        prompt: prompt.map(|token| format!("/portal/p/{}", token.as_str())),
    }
}
