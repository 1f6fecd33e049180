//! A new account.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use store_operator::NewAccount;
use web::WebError;

use super::door::closed;
use super::secret::AccountSecretPage;
use super::{Manager, name_field, role_field, role_of};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
use crate::page::head::Head;
use crate::page::html;
use crate::page::sheet::{Back, SheetPage};

/// `GET /accounts/new`.
pub(crate) async fn show(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    match Manager::of(&staff) {
        Some(_) => html(&office, &page(&office, &Sent::default())),
        None => closed(&office, &staff).await,
    }
}

/// `POST /accounts/new`: the password is made here, and shown on the answer alone.
pub(crate) async fn create(
    office: Data<Office>,
    staff: Staff,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(&staff) else {
        return closed(&office, &staff).await;
    };
    let sent = Sent::read(&body)?;
    match make(&office, &manager, &sent).await {
        Ok(page) => html(&office, &page),
        Err(error) => page(&office, &sent).refused(&office, error),
    }
}

async fn make(
    office: &Office,
    manager: &Manager,
    sent: &Sent,
) -> Result<AccountSecretPage, WebError> {
    let new = NewAccount {
        email: sent.text("email").to_owned(),
        name: sent.text("name").to_owned(),
        role: role_of(sent.text("role"))?,
    };
    let (password, hash) = office.new_password().await?;
    let account = manager
        .does(office, move |operator, by| {
            let id = operator.create_account(by, &new, &hash)?;
            operator.account(id)
        })
        .await?;
    Ok(AccountSecretPage::new(office, &account, &password, true))
}

fn page(office: &Office, sent: &Sent) -> SheetPage {
    let role = sent.optional("role").unwrap_or_else(|| "operator".into());
    SheetPage {
        head: Head::new(office, "accounts"),
        title: "New account".into(),
        back: Back::to("/accounts", "Accounts"),
        notes: vec![
            "The password is made here and shown once, on the next page. Whoever gets it can \
             change it under their name."
                .into(),
        ],
        form: Form::new(vec![
            Field::text("email", "E-mail", sent.text("email"))
                .of_kind("email")
                .hint("They sign in with it; it cannot be changed later.")
                .required(),
            name_field(sent.text("name")),
            role_field(&role),
        ]),
        action: "/accounts/new".into(),
        act: "Make account".into(),
        danger: false,
    }
}
