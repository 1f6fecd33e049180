//! By what right somebody changes an account.

use auth::OperatorSession;
use domain::{OperatorUserId, Timestamp};
use store::internal::{Db, millis};

use super::stored::{StoredAccount, find_account};
use crate::error::OperatorError;

/// By which session somebody acts. It was looked at before the act; the act looks once more, under
/// the account's lock, for what was revoked meanwhile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// Whose session it is.
    pub account: OperatorUserId,
    /// The account's `sessions_valid_from` under which it was made, UTC, whole milliseconds.
    pub valid_from: Timestamp,
}

impl Asker {
    /// Whoever is here by that session.
    pub fn of(session: &OperatorSession) -> Self {
        Self {
            account: session.user,
            valid_from: session.valid_from,
        }
    }

    /// Refuses a session that has ended, given the account as it is now.
    pub(super) fn still_in(self, now: &StoredAccount) -> Result<(), OperatorError> {
        if now.active && now.sessions_valid_from == millis(self.valid_from) {
            return Ok(());
        }
        let words = "you were signed out meanwhile: sign in again".to_owned();
        Err(OperatorError::Conflict(words))
    }
}

/// By what right somebody changes accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// They have the machine and the database: the command line.
    CommandLine,
    /// They are signed in. What they may, and whether they still are, is looked up when they act.
    Account(Asker),
}

impl Authority {
    /// Lets through who may manage accounts: the command line, and active superadmins whose session
    /// has not ended.
    pub(super) fn manage(self, db: &mut Db) -> Result<(), OperatorError> {
        let Self::Account(asker) = self else {
            return Ok(());
        };
        let account = find_account(db, asker.account)?;
        let Some(account) = account.filter(StoredAccount::is_active_superadmin) else {
            return Err(refused());
        };
        asker.still_in(&account)
    }

    /// As [`Self::manage`], and to nobody's own account: what ends sessions there, or changes who
    /// one is, asks for one's own password first, or takes somebody else.
    pub(super) fn manage_another(
        self,
        db: &mut Db,
        account: OperatorUserId,
    ) -> Result<(), OperatorError> {
        self.manage(db)?;
        if self.owns(account) {
            let words = "this is your own account: another superadmin does that".to_owned();
            return Err(OperatorError::Conflict(words));
        }
        Ok(())
    }

    /// Lets through the account's owner too. `row` is the account, held.
    pub(super) fn manage_or_own(
        self,
        db: &mut Db,
        account: OperatorUserId,
        row: &StoredAccount,
    ) -> Result<(), OperatorError> {
        match self {
            Self::Account(asker) if asker.account == account => asker.still_in(row),
            _ => self.manage(db),
        }
    }

    fn owns(self, account: OperatorUserId) -> bool {
        matches!(self, Self::Account(asker) if asker.account == account)
    }
}

fn refused() -> OperatorError {
    OperatorError::Conflict("only a superadmin manages accounts".to_owned())
}
