//! Everybody's accounts: what superadmins keep.

pub(crate) mod access;
pub(crate) mod detail;
pub(crate) mod door;
pub(crate) mod list;
pub(crate) mod name;
pub(crate) mod new;
pub(crate) mod password;
pub(crate) mod role;
pub(crate) mod secret;

use auth::Role;
use domain::OperatorUserId;
use store_operator::{AccountRecord, Authority, LiveAccount, Operator, OperatorError};
use web::{FieldProblem, WebError};

use super::form::{Field, Form};
use super::head::Head;
use super::profile::may;
use super::sheet::{Back, SheetPage};
use crate::Office;
use crate::guard::Staff;

/// By whose right accounts are managed: a superadmin who is signed in.
struct Manager {
    staff: Staff,
    me: LiveAccount,
}

impl Manager {
    /// `None` for nobody, and for whoever may not.
    fn of(staff: &Staff) -> Option<Self> {
        let me = staff.account().filter(|me| me.role >= Role::Superadmin)?;
        Some(Self {
            me: me.clone(),
            staff: staff.clone(),
        })
    }

    fn is(&self, account: OperatorUserId) -> bool {
        self.me.id == account
    }

    async fn does<T: Send + 'static>(
        &self,
        office: &Office,
        work: impl FnOnce(&Operator, Authority) -> Result<T, OperatorError> + Send + 'static,
    ) -> Result<T, WebError> {
        let by = Authority::Account(self.me.asker());
        let actor = self.staff.actor();
        office
            .desk
            .act(actor, move |operator| work(operator, by))
            .await
    }

    async fn account(
        &self,
        office: &Office,
        id: OperatorUserId,
    ) -> Result<AccountRecord, WebError> {
        self.does(office, move |operator, _| operator.account(id))
            .await
    }
}

fn path(account: OperatorUserId) -> String {
    format!("/accounts/{account}")
}

fn back(account: &AccountRecord) -> Back {
    Back::to(path(account.id), account.display_name.as_str())
}

/// A page that is about one account.
fn sheet(office: &Office, account: &AccountRecord, act: &str, form: Form) -> SheetPage {
    SheetPage {
        head: Head::new(office, "accounts"),
        title: String::new(),
        back: back(account),
        notes: Vec::new(),
        form,
        action: format!("{}/{act}", path(account.id)),
        act: "Save".into(),
        danger: false,
    }
}

/// Asks for the name of an account's owner.
pub(super) fn name_field(name: &str) -> Field {
    Field::text("name", "Name", name)
        .hint("As it is shown to the others, 80 characters at most.")
        .required()
}

fn role_field(role: &str) -> Field {
    let choice = |role: Role| (role.to_string(), format!("{role}: {}", may(role)));
    let choices = Role::ALL.into_iter().rev().map(choice).collect();
    Field::select("role", "Role", role, choices).required()
}

fn role_of(text: &str) -> Result<Role, WebError> {
    text.parse().map_err(|_unknown| {
        let words = "choose one of the list";
        WebError::Unprocessable(vec![FieldProblem::new("role", words)])
    })
}
