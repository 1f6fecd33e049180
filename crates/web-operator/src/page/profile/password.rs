//! One's own password, changed.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use auth::{EmailAddress, Password};
use domain::Timestamp;
use store_operator::LiveAccount;
use web::{FieldProblem, WebError};

use super::back;
use super::onward::goes_on;
use super::proof::{FIELD, prove};
use super::proof_page::{ProofPage, own_password};
use crate::Office;
use crate::guard::Staff;
use crate::page::accounts::door::closed;
use crate::page::form::{Field, Form, Sent};
use crate::page::head::Head;
use crate::page::html;
use crate::page::sheet::SheetPage;

/// `GET /profile/password`.
pub(crate) async fn show(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    if staff.account().is_none() {
        return closed(&office, &staff).await;
    }
    html(&office, &page(&office))
}

/// `POST /profile/password`: every other session ends, this one goes on.
pub(crate) async fn change(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let Some(me) = staff.account() else {
        return closed(&office, &staff).await;
    };
    let sent = Sent::untrimmed(&body)?;
    match replace(&office, &staff, me, &sent).await {
        Ok(valid_from) => goes_on(&office, &request, valid_from, "/profile?said=password"),
        Err(error) => page(&office).refused(&office, error),
    }
}

/// The new password is looked at first: what is wrong with it costs no attempt at the old one.
async fn replace(
    office: &Office,
    staff: &Staff,
    me: &LiveAccount,
    sent: &Sent,
) -> Result<Timestamp, WebError> {
    let new = chosen(&me.email, sent)?;
    let proven = prove(office, staff, me, sent.text(FIELD)).await?;
    let hash = office.hash(&new).await?;
    let asker = me.asker();
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.change_own_password(asker, &proven, &hash)
        })
        .await
}

fn chosen(email: &str, sent: &Sent) -> Result<Password, WebError> {
    let refused =
        |field: &str, words: String| WebError::Unprocessable(vec![FieldProblem::new(field, words)]);
    // What is stored as the address of an account is one.
    let email = EmailAddress::parse(email).map_err(|error| refused("new", error.to_string()))?;
    let new = Password::chosen(sent.text("new").to_owned(), &email)
        .map_err(|error| refused("new", error.to_string()))?;
    if sent.text("new") == sent.text(FIELD) {
        return Err(refused("new", "it is the one you have".into()));
    }
    if sent.text("new") != sent.text("again") {
        return Err(refused(
            "again",
            "it is not the same as the one above".into(),
        ));
    }
    Ok(new)
}

fn page(office: &Office) -> ProofPage {
    ProofPage(SheetPage {
        head: Head::new(office, "profile"),
        title: "Change your password".into(),
        back: back(),
        notes: vec![
            "Wherever else you are signed in, you are signed out. Here you stay signed in.".into(),
        ],
        form: Form::new(vec![
            own_password("Your password now"),
            Field::password("new", "New password", "new-password")
                .hint("12 characters or more. A few words in a row are easy to keep."),
            Field::password("again", "The new password again", "new-password"),
        ]),
        action: "/profile/password".into(),
        act: "Change password".into(),
        danger: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(body: &str) -> Option<(String, String)> {
        let sent = Sent::untrimmed(body.as_bytes()).unwrap();
        match chosen("ada@firm.example", &sent) {
            Ok(_) => None,
            Err(WebError::Unprocessable(mut problems)) => problems
                .pop()
                .map(|problem| (problem.field, problem.detail)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_new_password_is_long_new_and_typed_twice() {
        let at = |body| refusal(body).map(|(field, _)| field);
        assert_eq!(at("password=old&new=twelve+chars&again=twelve+chars"), None);
        assert_eq!(
            at("password=old&new=eleven+char&again=eleven+char").unwrap(),
            "new"
        );
        assert_eq!(
            at("password=old&new=twelve+chars&again=twelve+char").unwrap(),
            "again"
        );
        assert_eq!(
            at("password=old&new=twelve+chars&again=+twelve+chars").unwrap(),
            "again"
        );
        let same = "password=the+old+password&new=the+old+password&again=the+old+password";
        assert_eq!(at(same).unwrap(), "new");
        let email = "password=old&new=Ada@firm.example&again=Ada@firm.example";
        assert_eq!(at(email).unwrap(), "new");
        assert_eq!(at("").unwrap(), "new");
    }
}
