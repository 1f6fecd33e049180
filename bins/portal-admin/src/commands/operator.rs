//! Accounts of staff. A password is shown once, here, and nowhere else.

mod report;

use auth::{EmailAddress, Role};
use domain::OperatorUserId;
use store_operator::{Authority, NewAccount, SecondFactorThen};

use self::report::{Accounts, Made, Signed, Standing};
use super::Desk;
use super::passwords::account_password;
use crate::args::{AccountOf, OperatorAct};
use crate::error::AdminError;

/// Whoever has the machine and the database may do everything.
const BY: Authority = Authority::CommandLine;

pub(super) fn act(desk: &Desk, act: OperatorAct) -> Result<(), AdminError> {
    match act {
        OperatorAct::Create {
            email,
            name,
            role,
            password_stdin,
        } => create(desk, email, name, role, password_stdin),
        OperatorAct::ResetPassword {
            email,
            password_stdin,
            without_second_factor,
        } => {
            let then = if without_second_factor {
                SecondFactorThen::Removed
            } else {
                SecondFactorThen::Kept
            };
            reset_password(desk, &email, password_stdin, then)
        }
        OperatorAct::Disable(AccountOf { email }) => {
            let id = desk.operator.account_named(&email)?;
            desk.operator.disable_account(BY, id)?;
            standing(desk, id)
        }
        OperatorAct::Enable(AccountOf { email }) => {
            let id = desk.operator.account_named(&email)?;
            desk.operator.enable_account(BY, id)?;
            standing(desk, id)
        }
        OperatorAct::List => {
            let accounts = desk.operator.list_accounts()?;
            desk.out.say(&Accounts::of(accounts))
        }
        OperatorAct::SignOutEverywhere(AccountOf { email }) => sign_out_everywhere(desk, &email),
    }
}

fn create(
    desk: &Desk,
    email: String,
    name: String,
    role: Role,
    password_stdin: bool,
) -> Result<(), AdminError> {
    let address = EmailAddress::parse(&email).map_err(AdminError::Email)?;
    let (password, hash) = account_password(desk, &address, password_stdin)?;
    let new = NewAccount { email, name, role };
    let id = desk.operator.create_account(BY, &new, &hash)?;
    desk.out.say(&Made {
        id: id.to_string(),
        email: address.as_str().to_owned(),
        password,
        active: None,
    })
}

fn reset_password(
    desk: &Desk,
    email: &str,
    password_stdin: bool,
    second_factor: SecondFactorThen,
) -> Result<(), AdminError> {
    let account = desk.operator.account(desk.operator.account_named(email)?)?;
    let (password, hash) = account_password(desk, &account.email, password_stdin)?;
    desk.operator
        .reset_password(BY, account.id, &hash, second_factor)?;
    desk.out.say(&Made {
        id: account.id.to_string(),
        email: account.email.as_str().to_owned(),
        password,
        active: Some(account.active),
    })
}

fn standing(desk: &Desk, id: OperatorUserId) -> Result<(), AdminError> {
    let account = desk.operator.account(id)?;
    desk.out.say(&Standing {
        id: account.id.to_string(),
        email: account.email.as_str().to_owned(),
        active: account.active,
    })
}

fn sign_out_everywhere(desk: &Desk, email: &str) -> Result<(), AdminError> {
    let account = desk.operator.account(desk.operator.account_named(email)?)?;
    let valid_from = desk.operator.sign_out_everywhere(BY, account.id)?;
    desk.out.say(&Signed {
        id: account.id.to_string(),
        email: account.email.as_str().to_owned(),
        sessions_valid_from: valid_from.to_string(),
    })
}
