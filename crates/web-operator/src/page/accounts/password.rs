//! Another password for somebody who has lost theirs.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use domain::OperatorUserId;
use store_operator::{AccountRecord, SecondFactorThen};
use web::{FieldProblem, WebError};

use super::door::closed;
use super::secret::AccountSecretPage;
use super::{Manager, sheet};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// Where one's own password is changed, which takes the one that one has.
const OWN: &str = "/profile/password";

/// `GET /accounts/{id}/password`.
pub(crate) async fn ask(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(&staff) else {
        return closed(&office, &staff).await;
    };
    let id = id_of(&id)?;
    if manager.is(id) {
        return Ok(see_other(OWN));
    }
    let account = manager.account(&office, id).await?;
    html(&office, &page(&office, &account, &Sent::default()))
}

/// `POST /accounts/{id}/password`: the new one is shown on the answer alone.
pub(crate) async fn reset(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(&staff) else {
        return closed(&office, &staff).await;
    };
    let (id, sent) = (id_of(&id)?, Sent::read(&body)?);
    if manager.is(id) {
        return Ok(see_other(OWN));
    }
    match replace(&office, &manager, id, &sent).await {
        Ok(page) => html(&office, &page),
        Err(error) => {
            let account = manager.account(&office, id).await?;
            page(&office, &account, &sent).refused(&office, error)
        }
    }
}

async fn replace(
    office: &Office,
    manager: &Manager,
    id: OperatorUserId,
    sent: &Sent,
) -> Result<AccountSecretPage, WebError> {
    let then = match sent.text("second_factor") {
        "" | "kept" => SecondFactorThen::Kept,
        "removed" => SecondFactorThen::Removed,
        _ => {
            let problem = FieldProblem::new("second_factor", "choose one of the list");
            return Err(WebError::Unprocessable(vec![problem]));
        }
    };
    let (password, hash) = office.new_password().await?;
    let account = manager
        .does(office, move |operator, by| {
            operator.reset_password(by, id, &hash, then)?;
            operator.account(id)
        })
        .await?;
    Ok(AccountSecretPage::new(office, &account, &password, false))
}

fn page(office: &Office, account: &AccountRecord, sent: &Sent) -> SheetPage {
    let choice = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let choices = vec![
        choice("kept", "asked for as before"),
        choice("removed", "off: the phone is lost too"),
    ];
    let field = Field::select(
        "second_factor",
        "Second factor",
        sent.text("second_factor"),
        choices,
    );
    let fields = account.has_second_factor.then(|| field.required());
    SheetPage {
        title: format!("A new password for {}?", account.display_name),
        notes: vec![
            "They are signed out everywhere at once, and the old password is dead. A lockout ends."
                .into(),
            "The new one is shown once, on the next page: have at hand how you tell it to them."
                .into(),
        ],
        act: "New password".into(),
        danger: true,
        ..sheet(
            office,
            account,
            "password",
            Form::new(fields.into_iter().collect()),
        )
    }
}
