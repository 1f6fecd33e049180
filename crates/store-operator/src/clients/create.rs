//! A new client.

use diesel::dsl::exists;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, select};
use domain::ClientId;
use store::internal::Db;
use store::internal::schema::clients;

use super::StoredClient;
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
