//! A page that is one form in which a password is typed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use web::{Page, WebError};

use super::proof::FIELD;
use crate::Office;
use crate::page::form::{Field, Form};
use crate::page::head::Head;
use crate::page::html_with;
use crate::page::sheet::{Back, SheetPage};

/// `operator/profile-password.html`: a sheet with the script that shows what is typed.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct ProofPage(pub(super) SheetPage);

impl ProofPage {
    /// The page again, with what was refused at its field. Gives back an error that is none of a
    /// form's.
    pub(super) fn refused(
        self,
        office: &Office,
        error: WebError,
    ) -> Result<HttpResponse, WebError> {
        let Self(mut sheet) = self;
        sheet.form = sheet.form.refused(error)?;
        html_with(office, StatusCode::UNPROCESSABLE_ENTITY, &Self(sheet))
    }
}

/// Asks for one's own password.
pub(super) fn own_password(label: &'static str) -> Field {
    Field::password(FIELD, label, "current-password")
}

impl Page for ProofPage {
    const TEMPLATE: &'static str = "operator/profile-password.html";

    fn samples() -> Vec<Self> {
        let page = |form, danger| {
            Self(SheetPage {
                head: Head::sample("profile", false),
                title: "Your <password>".into(),
                back: Back::to("/profile", "Your account"),
                notes: vec!["Every other session of yours ends.".into()],
                form,
                action: "/profile/password".into(),
                act: "Change password".into(),
                danger,
            })
        };
        let own = own_password("Your password now");
        let new = Field::password("new", "New password", "new-password").hint("12 or more");
        let mut wrong = own.clone();
        wrong.problem = Some("it is not your password".into());
        vec![
            page(Form::new(vec![own, new]), false),
            page(Form::new(vec![wrong]), true),
        ]
    }
}
