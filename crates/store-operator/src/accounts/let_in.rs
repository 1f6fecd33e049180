//! The way in, its end: somebody is in, or nobody is for a while; both go on the record.

use auth::OperatorSession;
use domain::Timestamp;
use store::internal::{Db, millis};

use super::change::store;
use super::stored::StoredAccount;
use crate::act::Change;
use crate::audit::{self, State};
use crate::error::OperatorError;
use crate::{Actor, Operator};

impl Operator {
    /// Signs somebody in: forgets the failures, remembers the moment, puts it on the record.
    pub(super) fn let_in(
        &self,
        db: &mut Db,
        mut account: StoredAccount,
        now: Timestamp,
        after: State,
    ) -> Result<OperatorSession, OperatorError> {
        account.forget_failures();
        account.last_login_at = Some(millis(now));
        account.sign_in_count = account.sign_in_count.saturating_add(1);
        store(db, &account)?;
        let session = OperatorSession::new(account.id()?, account.valid_from()?, now);
        let change = Change {
            action: "operator.sign-in",
            subject: account.id,
            projects: Vec::new(),
            before: None,
            after: Some(after),
        };
        audit::record(&self.as_actor(account.email), db, vec![change])?;
        Ok(session)
    }

    pub(super) fn tell_lock(
        &self,
        db: &mut Db,
        account: &str,
        until: Timestamp,
    ) -> Result<(), OperatorError> {
        let change = Change {
            action: "operator.lockout",
            subject: account.to_owned(),
            projects: Vec::new(),
            before: None,
            after: Some(State::default().plain("locked_until", until)),
        };
        audit::record(
            &self.as_actor("nobody signed in".to_owned()),
            db,
            vec![change],
        )
    }

    /// The attempt that locked an account was not made, or did not fail.
    pub(super) fn tell_lock_lifted(&self, db: &mut Db, account: &str) -> Result<(), OperatorError> {
        let change = Change {
            action: "operator.end-lockout",
            subject: account.to_owned(),
            projects: Vec::new(),
            before: None,
            after: Some(State::default().plain("attempt", "no failure")),
        };
        audit::record(
            &self.as_actor("nobody signed in".to_owned()),
            db,
            vec![change],
        )
    }

    /// Whoever is on their way in is known by what they have shown, not by who let them try.
    fn as_actor(&self, name: String) -> Self {
        let origin = self.actor.origin.clone();
        Self {
            actor: Actor { name, origin },
            ..self.clone()
        }
    }
}
