//! What may be said of a project.

use diesel::{AsChangeset, Insertable};
use domain::ClientId;
use store::internal::Db;
use store::internal::schema::projects;

use crate::clients::expect_client;
use crate::error::OperatorError;
use crate::field;

/// Whose project it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ProjectClient {
    /// Nobody has said yet.
    #[default]
    Unknown,
    /// A client of the firm.
    Client(ClientId),
    /// Somebody by name, without a record of their own.
    Named(String),
}

/// What is said of a project, a new one or one that is edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewProject {
    /// What the client calls it.
    pub name: String,
    /// The firm's number for it.
    pub number: Option<String>,
    /// Whose it is.
    pub client: ProjectClient,
    /// Its IANA time zone, where it has its own.
    pub time_zone: Option<String>,
    /// Where it is.
    pub address: Option<String>,
}

/// The same, as it can be stored.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = projects, treat_none_as_null = true)]
pub(super) struct Said {
    pub(super) name: String,
    pub(super) number: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) client_name: Option<String>,
    pub(super) time_zone: Option<String>,
    pub(super) address: Option<String>,
    #[diesel(skip_insertion, skip_update)]
    client: Option<ClientId>,
}

impl Said {
    pub(super) fn of(new: &NewProject) -> Result<Self, OperatorError> {
        let (client, client_name) = match &new.client {
            ProjectClient::Unknown => (None, None),
            ProjectClient::Client(client) => (Some(*client), None),
            ProjectClient::Named(name) => (None, Some(field::name("client_name", name)?)),
        };
        Ok(Self {
            name: field::name("name", &new.name)?,
            number: field::short("number", new.number.as_deref())?,
            client_id: client.map(|client| client.to_string()),
            client_name,
            time_zone: field::time_zone(new.time_zone.as_deref())?,
            address: field::long("address", new.address.as_deref())?,
            client,
        })
    }

    pub(super) fn expect_client(&self, db: &mut Db) -> Result<(), OperatorError> {
        match self.client {
            Some(client) => expect_client(db, client).map(drop),
            None => Ok(()),
        }
    }
}
