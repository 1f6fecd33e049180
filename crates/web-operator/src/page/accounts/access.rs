//! Whether an account's owner comes in: disabled, enabled, signed out, let in again.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::OperatorUserId;
use store_operator::{AccountRecord, Authority, Operator, OperatorError};
use web::WebError;

use super::door::closed;
use super::{Manager, path, sheet};
use crate::Office;
use crate::guard::Staff;
use crate::page::form::Form;
use crate::page::sheet::SheetPage;
use crate::page::{html, id_of, see_other};

/// What is done on a page that asks first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Disable,
    SignOut,
}

/// `GET /accounts/{id}/disable`.
pub(crate) async fn ask_disable(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    ask(&office, &staff, &id, Act::Disable).await
}

/// `GET /accounts/{id}/sign-out`.
pub(crate) async fn ask_sign_out(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    ask(&office, &staff, &id, Act::SignOut).await
}

/// `POST /accounts/{id}/disable`.
pub(crate) async fn disable(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    act(
        &office,
        &staff,
        &id,
        Some(Act::Disable),
        Operator::disable_account,
    )
    .await
}

/// `POST /accounts/{id}/sign-out`.
pub(crate) async fn sign_out(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    let end = |operator: &Operator, by, account| {
        operator
            .sign_out_everywhere(by, account)
            .map(|_valid_from| ())
    };
    act(&office, &staff, &id, Some(Act::SignOut), end).await
}

/// `POST /accounts/{id}/enable`: nothing is lost by it, so it does not ask.
pub(crate) async fn enable(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    act(&office, &staff, &id, None, Operator::enable_account).await
}

/// `POST /accounts/{id}/let-in`: a lockout ends now.
pub(crate) async fn let_in(
    office: Data<Office>,
    staff: Staff,
    id: Path<String>,
) -> Result<HttpResponse, WebError> {
    act(&office, &staff, &id, None, Operator::end_lockout).await
}

async fn ask(office: &Office, staff: &Staff, id: &str, act: Act) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(staff) else {
        return closed(office, staff).await;
    };
    let id = id_of(id)?;
    if manager.is(id) && act == Act::Disable {
        return Ok(see_other(&path(id)));
    }
    let account = manager.account(office, id).await?;
    html(office, &page(office, &account, act, manager.is(id)))
}

/// Does it, and shows the account; what is refused is told on the page that has asked.
async fn act(
    office: &Office,
    staff: &Staff,
    id: &str,
    asked: Option<Act>,
    how: impl FnOnce(&Operator, Authority, OperatorUserId) -> Result<(), OperatorError> + Send + 'static,
) -> Result<HttpResponse, WebError> {
    let Some(manager) = Manager::of(staff) else {
        return closed(office, staff).await;
    };
    let id: OperatorUserId = id_of(id)?;
    let done = manager
        .does(office, move |operator, by| how(operator, by, id))
        .await;
    match (done, asked) {
        (Ok(()), _) => Ok(see_other(&path(id))),
        (Err(error), None) => Err(error),
        (Err(error), Some(act)) => {
            let account = manager.account(office, id).await?;
            page(office, &account, act, manager.is(id)).refused(office, error)
        }
    }
}

fn page(office: &Office, account: &AccountRecord, act: Act, own: bool) -> SheetPage {
    let name = &account.display_name;
    let (part, title, label, words) = match act {
        Act::Disable => (
            "disable",
            format!("Disable the account of {name}?"),
            "Disable account",
            "They are signed out everywhere at once and cannot sign in any more. What they did \
             stays on record. The account can be enabled again at any time, with the same password.",
        ),
        Act::SignOut => (
            "sign-out",
            format!("Sign {name} out everywhere?"),
            "Sign out everywhere",
            "Every session of theirs ends at once. They can sign in again with the same password: \
             whoever should not, needs a new password or a disabled account.",
        ),
    };
    let own = own.then(|| "This is your own account: you are signed out, too.".to_owned());
    SheetPage {
        title,
        notes: std::iter::once(words.to_owned()).chain(own).collect(),
        act: label.into(),
        danger: true,
        ..sheet(office, account, part, Form::new(Vec::new()))
    }
}
