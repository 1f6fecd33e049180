//! Clients of the firm.

use serde::Serialize;
use store_operator::{ClientRecord, NewClient};

use super::Desk;
use crate::error::AdminError;
use crate::output::{Made, Report, table};

#[derive(Debug, Serialize)]
struct Clients {
    clients: Vec<Client>,
}

#[derive(Debug, Serialize)]
struct Client {
    id: String,
    name: String,
    slug: String,
    contact_email: Option<String>,
    active: bool,
}

impl From<ClientRecord> for Client {
    fn from(record: ClientRecord) -> Self {
        let ClientRecord {
            id,
            name,
            slug,
            contact_email,
            active,
        } = record;
        Self {
            id: id.to_string(),
            name,
            slug,
            contact_email,
            active,
        }
    }
}

impl Report for Clients {
    fn text(&self) -> String {
        let rows = self.clients.iter().map(|client| {
            let email = client.contact_email.clone().unwrap_or_default();
            [client.id.clone(), client.name.clone(), email]
        });
        table(["ID", "NAME", "E-MAIL"], rows)
    }
}

pub(super) fn create(
    desk: &Desk,
    name: String,
    contact_email: Option<String>,
) -> Result<(), AdminError> {
    let new = NewClient {
        name,
        contact_email,
    };
    let id = desk.operator.create_client(&new)?;
    desk.out.say(&Made::new(&id))
}

pub(super) fn list(desk: &Desk) -> Result<(), AdminError> {
    let clients = desk.operator.list_clients()?;
    desk.out.say(&Clients {
        clients: clients.into_iter().map(Client::from).collect(),
    })
}
