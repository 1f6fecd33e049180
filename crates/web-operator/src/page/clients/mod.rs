//! The firm's clients.

pub(crate) mod archive;
pub(crate) mod detail;
pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod new;

use store_operator::NewClient;

use super::form::{Field, Form, Sent};

fn form(name: &str, email: &str) -> Form {
    Form::new(vec![
        Field::text("name", "Name", name).required(),
        Field::text("email", "E-mail", email)
            .of_kind("email")
            .hint("Whom to write to, as in name@company.example."),
    ])
}

fn form_of(sent: &Sent) -> Form {
    form(sent.text("name"), sent.text("email"))
}

fn said(sent: &Sent) -> NewClient {
    NewClient {
        name: sent.text("name").to_owned(),
        contact_email: sent.optional("email"),
    }
}
