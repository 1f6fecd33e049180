//! The firm's clients.

use diesel::dsl::exists;
use diesel::{ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper, select};
use domain::ClientId;
use store::internal::Db;
use store::internal::schema::clients;

use crate::Operator;
use crate::act::Change;
use crate::audit::State;
use crate::error::OperatorError;
use crate::field;

/// What is said of a new client.
#[derive(Debug, Clone, Default)]
pub struct NewClient {
    /// What it is called.
    pub name: String,
    /// Whom to write to.
    pub contact_email: Option<String>,
}

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

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = clients)]
struct StoredClient {
    id: String,
    name: String,
    slug: String,
    contact_email: Option<String>,
    active: bool,
}

impl Operator {
    /// Creates a client.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a field that cannot be taken.
    pub fn create_client(&self, new: &NewClient) -> Result<ClientId, OperatorError> {
        let name = field::name("name", &new.name)?;
        let contact_email = field::email("email", new.contact_email.as_deref())?;
        let id = ClientId::generate(&*self.clock, &*self.random)?;
        self.act(|db| {
            let row = StoredClient {
                id: id.to_string(),
                slug: free_slug(db, &name)?,
                name,
                contact_email,
                active: true,
            };
            diesel::insert_into(clients::table)
                .values(&row)
                .execute(db)?;
            let after = State::default()
                .text("name", &row.name)
                .text("slug", &row.slug)
                .optional("email", row.contact_email);
            Ok((
                id,
                Some(Change {
                    action: "client.create",
                    subject: row.id,
                    projects: Vec::new(),
                    before: None,
                    after: Some(after),
                }),
            ))
        })
    }

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

fn read(row: StoredClient) -> Result<ClientRecord, OperatorError> {
    Ok(ClientRecord {
        id: field::stored_id("clients", "id", &row.id)?,
        name: row.name,
        slug: row.slug,
        contact_email: row.contact_email,
        active: row.active,
    })
}

/// A slug that no other client has: the name's own, or that with a number.
fn free_slug(db: &mut Db, name: &str) -> Result<String, OperatorError> {
    let plain = slug(name);
    let mut candidate = plain.clone();
    let mut number = 1_u32;
    while select(exists(clients::table.filter(clients::slug.eq(&candidate)))).get_result(db)? {
        number += 1;
        candidate = format!("{plain}-{number}");
    }
    Ok(candidate)
}

/// Letters and digits of ASCII in lower case, hyphens for runs of everything else.
fn slug(name: &str) -> String {
    let words: Vec<_> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    if words.is_empty() {
        "client".to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_is_what_an_address_can_hold() {
        assert_eq!(slug("Harbour & Sons, Ltd."), "harbour-sons-ltd");
        assert_eq!(slug("Société 2000"), "soci-t-2000");
        assert_eq!(slug("北港"), "client");
    }
}
