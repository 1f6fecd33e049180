//! A password of somebody's account, shown this once.

use auth::Password;
use serde::Serialize;
use store_operator::AccountRecord;
use web::Page;

use super::back;
use crate::Office;
use crate::page::head::Head;
use crate::page::sheet::Back;

/// `operator/accounts-password.html`
#[derive(Debug, Serialize)]
pub(crate) struct AccountSecretPage {
    head: Head,
    back: Back,
    /// Whether the account was just made.
    made: bool,
    active: bool,
    second_factor: bool,
    name: String,
    email: String,
    #[serde(serialize_with = "shown")]
    password: Password,
}

impl AccountSecretPage {
    pub(super) fn new(
        office: &Office,
        account: &AccountRecord,
        password: &Password,
        made: bool,
    ) -> Self {
        Self {
            head: Head::new(office, "accounts"),
            back: back(account),
            made,
            active: account.active,
            second_factor: account.has_second_factor,
            name: account.display_name.to_string(),
            email: account.email.to_string(),
            password: password.clone(),
        }
    }
}

fn shown<S: serde::Serializer>(password: &Password, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(password.reveal())
}

impl Page for AccountSecretPage {
    const TEMPLATE: &'static str = "operator/accounts-password.html";

    fn samples() -> Vec<Self> {
        let password = Password::candidate("abcd-efgh-jkmn-pqrs-tuvw-xyz2".into());
        let page = |password, made, active, second_factor| Self {
            head: Head::sample("accounts", false),
            back: Back::to("/accounts/1", "Ada <Lovelace>"),
            made,
            active,
            second_factor,
            name: "Ada <Lovelace>".into(),
            email: "ada@firm.example".into(),
            password,
        };
        let cases = [
            (true, true, false),
            (false, true, true),
            (false, false, false),
        ];
        let pages = cases.map(|(made, active, second_factor)| {
            let password = password.clone().ok()?;
            Some(page(password, made, active, second_factor))
        });
        pages.into_iter().flatten().collect()
    }
}
