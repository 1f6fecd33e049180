//! A page that is one form: something new, something edited, or an act that asks first.

use actix_web::HttpResponse;
use serde::Serialize;
use web::{Page, WebError};

use super::form::{Field, Form, status_of};
use super::head::Head;
use super::html_with;
use crate::Office;

/// `operator/sheet.html`
#[derive(Debug, Serialize)]
pub(crate) struct SheetPage {
    pub(super) head: Head,
    pub(super) title: String,
    pub(super) back: Back,
    /// What has to be known before.
    pub(super) notes: Vec<String>,
    pub(super) form: Form,
    /// Where the form is sent.
    pub(super) action: String,
    /// What the button says.
    pub(super) act: String,
    /// Whether what it does cannot be taken back.
    pub(super) danger: bool,
}

/// Where a page leads back to.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Back {
    pub(super) href: String,
    pub(super) name: String,
}

impl Back {
    pub(crate) fn to(href: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            name: name.into(),
        }
    }
}

impl SheetPage {
    /// The page again, with what was refused at its field. Gives back an error that is none of a
    /// form's.
    pub(crate) fn refused(
        mut self,
        office: &Office,
        error: WebError,
    ) -> Result<HttpResponse, WebError> {
        let status = status_of(&error);
        self.form = self.form.refused(error)?;
        html_with(office, status, &self)
    }
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "operator/sheet.html";

    fn samples() -> Vec<Self> {
        let page = |form, notes, danger| Self {
            head: Head::sample("projects", false),
            title: "New <location>".into(),
            back: Back::to("/projects/1", "Harbour <Tower>"),
            notes,
            form,
            action: "/projects/1/locations/new".into(),
            act: "Add".into(),
            danger,
        };
        let name = Field::text("name", "Name", "North <gate>").required();
        let mut wrong = name.clone().hint("as the client calls it");
        wrong.problem = Some("a name is needed".into());
        let choices = vec![
            (String::new(), "Nobody yet".into()),
            ("1".into(), "Harbour & Sons".into()),
        ];
        let mut choice = Field::select("client", "Client", "1", choices);
        let fields = vec![name.hint("as the client calls it"), choice.clone()];
        choice.problem = Some("choose one of the list".into());
        let number = Field::text("latitude", "Latitude", "").of_kind("number");
        let seen = Field::hidden("seen", "00ff00ff00ff00ff");
        let refused = Form::new(vec![wrong, choice, number, seen])
            .refused(WebError::Conflict(
                "The meter stands at <North gate>.".into(),
            ))
            .unwrap_or_else(|_no_form| Form::new(Vec::new()));
        vec![
            page(Form::new(fields), Vec::new(), false),
            page(refused, Vec::new(), false),
            page(
                Form::new(Vec::new()),
                vec!["Its <history> is kept.".into()],
                true,
            ),
        ]
    }
}
