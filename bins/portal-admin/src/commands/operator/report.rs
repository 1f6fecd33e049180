//! What the commands on accounts answer.

use serde::Serialize;
use store_operator::AccountRecord;

use crate::output::{Report, table};

#[derive(Serialize)]
pub(super) struct Made {
    pub(super) id: String,
    pub(super) email: String,
    /// Only if it was made just now.
    pub(super) password: Option<String>,
    /// Said where the account was there before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) active: Option<bool>,
}

impl Report for Made {
    fn text(&self) -> String {
        let password = match &self.password {
            Some(password) => format!("{password} (shown only now)"),
            None => "the one that was given".to_owned(),
        };
        let mut lines = vec![
            format!("account   {}", self.id),
            format!("e-mail    {}", self.email),
            format!("password  {password}"),
        ];
        if self.active == Some(false) {
            let enable = format!("portal-admin operator enable {}", self.email);
            lines.push(format!("the account is disabled: `{enable}`"));
        }
        lines.join("\n")
    }
}

#[derive(Serialize)]
pub(super) struct Standing {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) active: bool,
}

impl Report for Standing {
    fn text(&self) -> String {
        let state = if self.active {
            "may sign in"
        } else {
            "is let in no more, and every session is over"
        };
        format!("{} {state}", self.email)
    }
}

#[derive(Serialize)]
pub(super) struct Signed {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) sessions_valid_from: String,
}

impl Report for Signed {
    fn text(&self) -> String {
        format!("every session of {} is over", self.email)
    }
}

#[derive(Serialize)]
pub(super) struct Accounts {
    operators: Vec<Account>,
}

#[derive(Serialize)]
struct Account {
    id: String,
    email: String,
    name: String,
    role: &'static str,
    active: bool,
    second_factor: bool,
    created_at: String,
    last_login_at: Option<String>,
    locked_until: Option<String>,
}

impl Accounts {
    pub(super) fn of(accounts: Vec<AccountRecord>) -> Self {
        Self {
            operators: accounts.into_iter().map(Account::from).collect(),
        }
    }
}

impl From<AccountRecord> for Account {
    fn from(record: AccountRecord) -> Self {
        let AccountRecord {
            id,
            email,
            display_name,
            role,
            active,
            created_at,
            last_login_at,
            locked_until,
            has_second_factor,
        } = record;
        Self {
            id: id.to_string(),
            email: email.as_str().to_owned(),
            name: display_name.as_str().to_owned(),
            role: role.as_str(),
            active,
            second_factor: has_second_factor,
            created_at: created_at.to_string(),
            last_login_at: last_login_at.map(|at| at.to_string()),
            locked_until: locked_until.map(|at| at.to_string()),
        }
    }
}

impl Account {
    fn state(&self) -> String {
        match &self.locked_until {
            _ if !self.active => "disabled".to_owned(),
            Some(until) => format!("locked until {until}"),
            None => "active".to_owned(),
        }
    }
}

impl Report for Accounts {
    fn text(&self) -> String {
        let rows = self.operators.iter().map(|account| {
            let factor = if account.second_factor { "on" } else { "off" };
            [
                account.email.clone(),
                account.name.clone(),
                account.role.to_owned(),
                account.state(),
                factor.to_owned(),
                account.last_login_at.clone().unwrap_or_default(),
            ]
        });
        table(
            [
                "E-MAIL",
                "NAME",
                "ROLE",
                "STATE",
                "SECOND FACTOR",
                "LAST SIGN-IN",
            ],
            rows,
        )
    }
}
