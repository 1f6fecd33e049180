//! The firm's clients.

mod create;
mod detail;
mod edit;

use diesel::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::ClientId;
use store::internal::Db;
use store::internal::schema::clients;

use crate::Operator;
use crate::error::OperatorError;
use crate::field;
use crate::seen::Seen;

pub use create::NewClient;
pub use detail::ClientDetail;
pub use edit::ClientEdit;

/// A client, as listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientRecord {
    /// Its id.
    pub id: ClientId,
    /// What it is called.
    pub name: String,
    /// Its name for addresses: lower case, unique.
    pub slug: String,
    /// Whom to write to.
    pub contact_email: Option<String>,
    /// Whether the firm still works for it.
    pub active: bool,
}

impl ClientRecord {
    /// What there is to be said anew, as it is now.
    pub fn seen(&self) -> Seen {
        Seen::of((&self.name, &self.contact_email))
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = clients)]
pub(crate) struct StoredClient {
    id: String,
    name: String,
    slug: String,
    contact_email: Option<String>,
    active: bool,
}

impl Operator {
    /// All clients by name.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when the database does not answer.
    pub fn list_clients(&self) -> Result<Vec<ClientRecord>, OperatorError> {
        self.read(|db| {
            let rows: Vec<StoredClient> = clients::table
                .order((clients::name.asc(), clients::id.asc()))
                .select(StoredClient::as_select())
                .load(db)?;
            rows.into_iter().map(read).collect()
        })
    }
}

pub(crate) fn read(row: StoredClient) -> Result<ClientRecord, OperatorError> {
    Ok(ClientRecord {
        id: field::stored_id("clients", "id", &row.id)?,
        name: row.name,
        slug: row.slug,
        contact_email: row.contact_email,
        active: row.active,
    })
}

pub(crate) fn expect_client(db: &mut Db, client: ClientId) -> Result<StoredClient, OperatorError> {
    clients::table
        .find(client.to_string())
        .select(StoredClient::as_select())
        .first(db)
        .optional()?
        .ok_or_else(|| OperatorError::not_found("client", client.to_string()))
}
