//! What a form says of a project.

use domain::ClientId;
use store_operator::{ClientRecord, NewProject, OperatorError, ProjectClient, ProjectRecord};
use web::{FieldProblem, WebError};

use crate::page::form::{Field, Form, Sent};

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) number: String,
    pub(super) client: String,
    pub(super) client_name: String,
    pub(super) time_zone: String,
    pub(super) address: String,
}

impl Typed {
    pub(super) fn sent(sent: &Sent) -> Self {
        let text = |name| sent.text(name).to_owned();
        Self {
            name: text("name"),
            number: text("number"),
            client: text("client"),
            client_name: text("client_name"),
            time_zone: text("time_zone"),
            address: text("address"),
        }
    }

    pub(super) fn of(project: &ProjectRecord) -> Self {
        let linked = project.client.map(|client| client.to_string());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            name: project.name.clone(),
            number: text(&project.number),
            client_name: match linked {
                Some(_) => String::new(),
                None => text(&project.client_name),
            },
            client: linked.unwrap_or_default(),
            time_zone: text(&project.time_zone),
            address: text(&project.address),
        }
    }

    /// The form. An archived client is offered only where the project is theirs.
    pub(super) fn form(&self, clients: &[ClientRecord]) -> Form {
        let mut choices = vec![(String::new(), "None of the list".to_owned())];
        let offered = clients
            .iter()
            .filter(|client| client.active || client.id.to_string() == self.client);
        choices.extend(offered.map(|client| (client.id.to_string(), client.name.clone())));
        Form::new(vec![
            Field::text("name", "Name", &self.name)
                .required()
                .hint("As the client calls it: the portal shows it."),
            Field::select("client", "Client", &self.client, choices),
            Field::text("client_name", "Client by name", &self.client_name)
                .hint("For a client that is not of the list."),
            Field::text("number", "Number", &self.number).hint("The firm's number for it."),
            Field::text("address", "Address", &self.address),
            Field::text("time_zone", "Time zone", &self.time_zone)
                .hint("An IANA name such as America/New_York. Empty: the site's own."),
        ])
    }

    /// What is to be stored.
    ///
    /// # Errors
    /// [`WebError::Unprocessable`] for a client who is said twice or is none.
    pub(super) fn said(&self) -> Result<NewProject, WebError> {
        let optional = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let refused = |field, detail| {
            Err(WebError::Unprocessable(vec![FieldProblem::new(
                field, detail,
            )]))
        };
        let client = match (self.client.as_str(), self.client_name.as_str()) {
            ("", "") => ProjectClient::Unknown,
            ("", name) => ProjectClient::Named(name.to_owned()),
            (id, "") => match id.parse::<ClientId>() {
                Ok(client) => ProjectClient::Client(client),
                Err(_not_an_id) => return refused("client", CHOOSE),
            },
            _ => {
                return refused(
                    "client_name",
                    "leave it empty, or choose none of the list: a project has one client",
                );
            }
        };
        Ok(NewProject {
            name: self.name.clone(),
            number: optional(&self.number),
            client,
            time_zone: optional(&self.time_zone),
            address: optional(&self.address),
        })
    }
}

const CHOOSE: &str = "choose a client of the list, or none";

/// A client who is not there is a field that is wrong, not a page that is.
pub(super) fn no_such_client(error: OperatorError) -> OperatorError {
    match error {
        OperatorError::NotFound { kind: "client", .. } => OperatorError::Invalid {
            field: "client",
            problem: CHOOSE.to_owned(),
        },
        other => other,
    }
}
