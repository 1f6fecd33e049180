//! Who is signed in: asked of the database for every request.

use actix_web::HttpRequest;
use auth::OperatorSession;
use store_operator::{LiveAccount, check_operator_session};
use web::WebError;

use crate::Office;

/// A live session, proven against the database for this very request.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    /// Whose it is, as their account is now.
    pub(crate) account: LiveAccount,
    /// What the cookie said.
    pub(crate) session: OperatorSession,
}

impl Office {
    /// The live session that a request brings, if it brings one.
    pub(crate) async fn signed_in(
        &self,
        request: &HttpRequest,
    ) -> Result<Option<SignedIn>, WebError> {
        let Some(session) = self.signed_session(request) else {
            return Ok(None);
        };
        let account = self.account_of(&session).await?;
        Ok(account.map(|account| SignedIn { account, session }))
    }

    /// Whose session it is, if nothing has ended it; its age does not matter. A channel is shared
    /// by sessions of several ages, and each viewer knows how long their own lasts.
    pub(crate) async fn account_as_shown(
        &self,
        session: &OperatorSession,
    ) -> Result<Option<LiveAccount>, WebError> {
        let now = session.last_seen_at;
        Ok(check_operator_session(&self.database, session, now).await?)
    }

    /// Whose session it is, if it lives.
    pub(crate) async fn account_of(
        &self,
        session: &OperatorSession,
    ) -> Result<Option<LiveAccount>, WebError> {
        Ok(check_operator_session(&self.database, session, self.now()).await?)
    }
}
