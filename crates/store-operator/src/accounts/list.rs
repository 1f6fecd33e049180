//! Many accounts, and one by what somebody calls it.

use auth::Role;
use diesel::dsl::exists;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper};
use domain::OperatorUserId;
use store::internal::Db;
use store::internal::schema::operator_users;

use super::AccountRecord;
use super::create::email;
use super::stored::{StoredAccount, expect_account};
use crate::Operator;
use crate::error::OperatorError;
use crate::field::stored_id;
use crate::paging::{Page, Paged, Words};

/// Which accounts are looked for; by default all are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Each word of it stands in the address, the name or the role, in whatever case.
    pub search: String,
    /// Those of this role.
    pub role: Option<Role>,
    /// Those whose owner may sign in, or those whose owner may not.
    pub active: Option<bool>,
}

impl From<&str> for AccountFilter {
    fn from(search: &str) -> Self {
        Self {
            search: search.to_owned(),
            ..Self::default()
        }
    }
}

impl Operator {
    /// All accounts by address, disabled ones too.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn list_accounts(&self) -> Result<Vec<AccountRecord>, OperatorError> {
        let now = self.now();
        let rows = self.read(load)?;
        rows.into_iter().map(|row| row.read(now)).collect()
    }

    /// A page of the accounts that the filter lets through, by address.
    ///
    /// # Errors
    /// As [`Self::list_accounts`].
    pub fn find_accounts(
        &self,
        filter: impl Into<AccountFilter>,
        page: Page,
    ) -> Result<Paged<AccountRecord>, OperatorError> {
        let filter = filter.into();
        let words = Words::of(&filter.search);
        let is_found = |account: &AccountRecord| {
            filter.role.is_none_or(|role| role == account.role)
                && filter.active.is_none_or(|active| active == account.active)
                && words.found_in(&[
                    Some(account.email.as_str()),
                    Some(account.display_name.as_str()),
                    Some(account.role.as_str()),
                ])
        };
        let found = self.list_accounts()?.into_iter().filter(is_found).collect();
        Ok(Paged::cut(found, page))
    }

    /// One account.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn account(&self, account: OperatorUserId) -> Result<AccountRecord, OperatorError> {
        let now = self.now();
        self.read(|db| expect_account(db, account))?.read(now)
    }

    /// The account of that id or that address.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a text that is neither, [`OperatorError::NotFound`].
    pub fn account_named(&self, asked: &str) -> Result<OperatorUserId, OperatorError> {
        if let Ok(id) = asked.parse() {
            return self.account(id).map(|account| account.id);
        }
        let email = email(asked)?;
        let found: Option<String> = self.read(|db| {
            Ok(operator_users::table
                .filter(operator_users::email.eq(email.as_str()))
                .select(operator_users::id)
                .first(db)
                .optional()?)
        })?;
        let id = found.ok_or_else(|| OperatorError::not_found("operator", email.as_str()))?;
        stored_id("operator_users", "id", &id)
    }

    /// Whether somebody can sign in who can manage accounts. Where nobody can, only the command
    /// line helps: the app should not ask for a sign-in without saying so.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn has_superadmin(&self) -> Result<bool, OperatorError> {
        self.read(|db| {
            let superadmins = operator_users::table
                .filter(operator_users::active.eq(true))
                .filter(operator_users::role.eq(Role::Superadmin.as_str()));
            Ok(diesel::select(exists(superadmins)).get_result(db)?)
        })
    }
}

fn load(db: &mut Db) -> Result<Vec<StoredAccount>, OperatorError> {
    let mut rows: Vec<StoredAccount> = operator_users::table
        .select(StoredAccount::as_select())
        .load(db)?;
    // The engines sort differently.
    rows.sort_by(|one, next| one.email.cmp(&next.email));
    Ok(rows)
}
