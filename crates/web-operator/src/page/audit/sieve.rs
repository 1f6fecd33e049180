//! The filter of the log, as its form and its addresses give it.

use actix_web::HttpRequest;
use domain::TimeZone;
use store_operator::{AuditFilter, OperatorError};
use web::WebError;

use super::day_begins;
use crate::error::refused;
use crate::page::form::{Field, Form, query};

/// What acts are done to.
const KINDS: [&str; 6] = [
    "client", "project", "location", "unit", "portal", "operator",
];

/// What stands in the filter, as it was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Sieve {
    who: String,
    what: String,
    kind: String,
    subject: String,
    from: String,
    until: String,
}

impl Sieve {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let text = |name| query(request, name).trim().to_owned();
        Self {
            who: text("who"),
            what: text("what"),
            kind: text("kind"),
            subject: text("subject"),
            from: text("from"),
            until: text("until"),
        }
    }

    /// The filter that it stands for, days being those of this zone and `until` the last of them.
    pub(super) fn filter(&self, zone: &TimeZone) -> Result<AuditFilter, WebError> {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let day = |field, text: &str, after| {
            let given = Some(text).filter(|text| !text.is_empty());
            let read = given.map(|text| day_begins(field, text, zone, after));
            read.transpose()
        };
        let read = || -> Result<AuditFilter, OperatorError> {
            Ok(AuditFilter {
                actor: text(&self.who),
                action: text(&self.what),
                subject_kind: text(&self.kind),
                subject_id: text(&self.subject),
                from: day("from", &self.from, false)?,
                until: day("until", &self.until, true)?,
            })
        };
        read().map_err(refused)
    }

    /// The names and texts for an address.
    pub(super) fn pairs(&self) -> [(&'static str, &str); 6] {
        [
            ("who", &self.who),
            ("what", &self.what),
            ("kind", &self.kind),
            ("subject", &self.subject),
            ("from", &self.from),
            ("until", &self.until),
        ]
    }

    pub(super) fn form(&self) -> Form {
        let kind = |kind: &str| (kind.to_owned(), kind.to_owned());
        let any = std::iter::once((String::new(), "anything".to_owned()));
        Form::new(vec![
            Field::text("who", "Who", &self.who).hint("the whole name"),
            Field::text("what", "What", &self.what).hint("such as project.edit"),
            Field::select(
                "kind",
                "On what",
                &self.kind,
                any.chain(KINDS.map(kind)).collect(),
            ),
            Field::text("subject", "Its id", &self.subject),
            Field::text("from", "From", &self.from).of_kind("date"),
            Field::text("until", "Until", &self.until).of_kind("date"),
        ])
    }
}
