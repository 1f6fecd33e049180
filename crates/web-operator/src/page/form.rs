//! Forms: what was typed stays, and a problem stands at its field.

use std::collections::HashMap;
use std::fmt;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use serde::Serialize;
use store_operator::Seen;
use web::{FieldProblem, WebError};

use crate::error::refused;

/// A field of a form, as the template shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Field {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    /// What the browser makes of it: `text`, `email`, `number`, `date`, `select`…
    pub(super) kind: &'static str,
    pub(super) value: String,
    /// What is asked for, in a few words; empty for nothing.
    pub(super) hint: &'static str,
    pub(super) required: bool,
    pub(super) problem: Option<String>,
    /// What a `select` offers, and a line of text suggests: value and words.
    pub(super) choices: Vec<(String, String)>,
    /// What a browser may fill in, as `autocomplete` names it; empty for whatever it likes.
    pub(super) autocomplete: &'static str,
    /// Whether the page begins here: the first field that is wrong.
    pub(super) focus: bool,
}

impl Field {
    /// A line of text.
    pub(crate) fn text(name: &'static str, label: &'static str, value: &str) -> Self {
        Self {
            name,
            label,
            kind: "text",
            value: value.to_owned(),
            hint: "",
            required: false,
            problem: None,
            choices: Vec::new(),
            autocomplete: "",
            focus: false,
        }
    }

    /// What the page was made of, sent back unseen.
    pub(crate) fn hidden(name: &'static str, value: &str) -> Self {
        Self::text(name, "", value).of_kind("hidden")
    }

    /// A password, which is never sent back. `autocomplete` tells a new one from one's own.
    pub(crate) fn password(
        name: &'static str,
        label: &'static str,
        autocomplete: &'static str,
    ) -> Self {
        Self::text(name, label, "")
            .of_kind("password")
            .filled_in_as(autocomplete)
            .required()
    }

    /// A choice among these.
    pub(crate) fn select(
        name: &'static str,
        label: &'static str,
        value: &str,
        choices: Vec<(String, String)>,
    ) -> Self {
        Self {
            kind: "select",
            choices,
            ..Self::text(name, label, value)
        }
    }

    /// Of another kind, as `<input type>` names it.
    pub(crate) fn of_kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// Says what a browser may fill in.
    pub(crate) fn filled_in_as(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    /// Suggests these; anything else may be written too.
    pub(crate) fn suggest(mut self, choices: Vec<(String, String)>) -> Self {
        self.choices = choices;
        self
    }

    /// Says what is asked for.
    pub(crate) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// Has to be filled in.
    pub(crate) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What stands in it, as a reader of the page sees it.
    fn shown(&self) -> &str {
        let chosen = self.choices.iter().find(|(value, _)| *value == self.value);
        match chosen {
            Some((_, words)) if self.kind == "select" => words,
            _ if self.value.is_empty() => "empty",
            _ => &self.value,
        }
    }
}

/// A form with what is wrong about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Form {
    pub(super) fields: Vec<Field>,
    /// What is wrong with no field in particular.
    pub(super) problem: Option<String>,
    /// The fields at which something is wrong, in their order.
    pub(super) wrong: Vec<Wrong>,
}

/// A field at which something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Wrong {
    name: &'static str,
    label: &'static str,
}

impl Form {
    /// A form to fill in.
    pub(crate) fn new(fields: Vec<Field>) -> Self {
        Self {
            fields,
            problem: None,
            wrong: Vec::new(),
        }
    }

    /// The same for something that was so when it was `seen`, which goes along.
    pub(crate) fn with_seen(mut self, seen: impl fmt::Display) -> Self {
        self.fields.push(Field::hidden(SEEN, &seen.to_string()));
        self
    }

    /// A form as it was typed, of something that is `now` so. What was seen goes along again; where
    /// the edit came too late for it, what is seen now does, and each field says what it became.
    pub(crate) fn typed_over(mut self, now: &Self, sent: &Sent, error: &WebError) -> Self {
        let seen = if matches!(error, WebError::Stale(_)) {
            for field in &mut self.fields {
                let other = now.fields.iter().find(|other| other.name == field.name);
                let other = other.filter(|other| other.value != field.value);
                field.problem = other.map(|other| format!("now it is: {}", other.shown()));
            }
            now.fields.iter().find(|field| field.name == SEEN)
        } else {
            None
        };
        let seen = seen.map_or_else(|| sent.text(SEEN), |field| field.value.as_str());
        if !seen.is_empty() {
            self.fields.push(Field::hidden(SEEN, seen));
        }
        self
    }

    /// The same with what was refused about it. `Err` gives back an error that is none of a form's.
    pub(crate) fn refused(mut self, error: WebError) -> Result<Self, WebError> {
        match error {
            WebError::Unprocessable(problems) => {
                for FieldProblem { field, detail } in problems {
                    match self.fields.iter_mut().find(|one| one.name == field) {
                        Some(one) => one.problem = Some(detail),
                        None => self.problem = Some(format!("{field}: {detail}")),
                    }
                }
            }
            WebError::Conflict(words) => self.problem = Some(words),
            WebError::Missing(words) | WebError::Upstream(words) => {
                self.problem = Some(words.into_owned());
            }
            WebError::Stale(words) => self.problem = Some(format!("{words} {AGAIN}")),
            other => return Err(other),
        }
        Ok(self.begun_where_wrong())
    }

    fn begun_where_wrong(mut self) -> Self {
        let mut wrong = self.fields.iter_mut().filter(|one| one.problem.is_some());
        if let Some(first) = wrong.next() {
            first.focus = true;
        }
        let wrong = self.fields.iter().filter(|one| one.problem.is_some());
        let told = |field: &Field| Wrong {
            name: field.name,
            label: field.label,
        };
        self.wrong = wrong.map(told).collect();
        self
    }
}

/// The field that brings back what was seen of something before it was said anew.
const SEEN: &str = "seen";
const AGAIN: &str = "Nothing of yours is saved yet: look at what it is now, and save again to put \
     what stands here in its place.";

/// The status of a page that shows a form again.
pub(crate) fn status_of(refusal: &WebError) -> StatusCode {
    match refusal {
        WebError::Stale(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// What a form sent, trimmed; a field that is not there is empty.
#[derive(Clone, Default)]
pub(crate) struct Sent(HashMap<String, String>);

impl fmt::Debug for Sent {
    /// What was typed may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Sent {
    /// Reads an `application/x-www-form-urlencoded` body of which every name is given once.
    ///
    /// # Errors
    /// [`WebError::BadRequest`] for a body that is none.
    pub(crate) fn read(body: &[u8]) -> Result<Self, WebError> {
        Ok(Self(Self::pairs(body)?.into_iter().collect()))
    }

    /// The same in the order of the form, trimmed, a name perhaps several times.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn pairs(body: &[u8]) -> Result<Vec<(String, String)>, WebError> {
        let trimmed = |(name, value): (String, String)| (name, value.trim().to_owned());
        Ok(as_typed(body)?.into_iter().map(trimmed).collect())
    }

    /// The same as it was typed, blanks included: for passwords, of which they may be a part.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn untrimmed(body: &[u8]) -> Result<Self, WebError> {
        Ok(Self(as_typed(body)?.into_iter().collect()))
    }

    /// A field's text.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// A field's text, or nothing where it is empty.
    pub(crate) fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_owned()).filter(|text| !text.is_empty())
    }

    /// What was seen of something before it was said anew, where the form brings it back.
    ///
    /// # Errors
    /// [`WebError::Unprocessable`] where the form has made something else of it.
    pub(crate) fn seen(&self) -> Result<Option<Seen>, WebError> {
        let read = |text: String| text.parse().map_err(refused);
        self.optional(SEEN).map(read).transpose()
    }

    /// A number with a point, or nothing where the field is empty.
    ///
    /// # Errors
    /// [`WebError::Unprocessable`] names the field.
    pub(crate) fn number(&self, name: &'static str) -> Result<Option<f64>, WebError> {
        let parse = |text: String| {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            number.ok_or_else(|| {
                let detail = "write a number such as 40.7074";
                WebError::Unprocessable(vec![FieldProblem::new(name, detail)])
            })
        };
        self.optional(name).map(parse).transpose()
    }
}

fn as_typed(body: &[u8]) -> Result<Vec<(String, String)>, WebError> {
    serde_urlencoded::from_bytes(body)
        .map_err(|_malformed| WebError::BadRequest("Send a form.".into()))
}

/// The text of a query's parameter; empty where there is none.
pub(crate) fn query(request: &HttpRequest, name: &str) -> String {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let mut values = pairs.into_iter().filter(|(key, _)| key == name);
    values.next().map(|(_, value)| value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_and_problems_stand_at_their_field() {
        let form = Form::new(vec![
            Field::text("name", "Name", " "),
            Field::text("email", "E-mail", "x"),
        ]);
        let refused = form
            .clone()
            .refused(WebError::Unprocessable(vec![
                FieldProblem::new("name", "write 1 to 80 characters"),
                FieldProblem::new("other", "is wrong"),
            ]))
            .unwrap();
        assert_eq!(
            refused.fields[0].problem.as_deref(),
            Some("write 1 to 80 characters")
        );
        assert_eq!(refused.fields[1].value, "x");
        assert_eq!(refused.problem.as_deref(), Some("other: is wrong"));
        assert!(refused.fields[0].focus && !refused.fields[1].focus);
        let wrong: Vec<_> = refused.wrong.iter().map(|one| one.label).collect();
        assert_eq!(wrong, ["Name"]);
        assert!(form.refused(WebError::NotFound).is_err());
    }

    #[test]
    fn a_form_is_read_trimmed_and_numbers_are_numbers() {
        let sent = Sent::read(b"name=+North+gate+&lat=40.7&lon=x&far=inf").unwrap();
        assert_eq!(sent.text("name"), "North gate");
        assert_eq!(sent.optional("none"), None);
        assert_eq!(sent.number("lat").unwrap(), Some(40.7));
        assert!(sent.number("lon").is_err() && sent.number("far").is_err());
        assert_eq!(sent.number("none").unwrap(), None);
    }

    #[test]
    fn a_password_keeps_its_blanks_and_is_never_sent_back() {
        let sent = Sent::untrimmed(b"password=+two+words+").unwrap();
        assert_eq!(sent.text("password"), " two words ");
        assert!(!format!("{sent:?}").contains("two"));
        let field = Field::password("password", "Password", "current-password");
        assert_eq!((field.kind, field.value.as_str()), ("password", ""));
    }
}
