//! By what right somebody changes an account.

use auth::Role;
use domain::OperatorUserId;
use store::internal::Db;

use super::stored::find_account;
use crate::error::OperatorError;

/// By what right somebody changes accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// They have the machine and the database: the command line.
    CommandLine,
    /// They are signed in with this account. What it may is looked up when they act.
    Account(OperatorUserId),
}

impl Authority {
    /// Lets through who may manage accounts: the command line, and active superadmins.
    pub(super) fn manage(self, db: &mut Db) -> Result<(), OperatorError> {
        let Self::Account(id) = self else {
            return Ok(());
        };
        let account = find_account(db, id)?;
        let may = match account.filter(|account| account.active) {
            Some(account) => account.role()? >= Role::Superadmin,
            None => false,
        };
        if may {
            Ok(())
        } else {
            let words = "only a superadmin manages accounts".to_owned();
            Err(OperatorError::Conflict(words))
        }
    }

    /// Lets through the account's owner too.
    pub(super) fn manage_or_own(
        self,
        db: &mut Db,
        account: OperatorUserId,
    ) -> Result<(), OperatorError> {
        let owns = self == Self::Account(account);
        if owns && find_account(db, account)?.is_some_and(|own| own.active) {
            return Ok(());
        }
        self.manage(db)
    }
}
