//! Another name, another address, in or out of work.

use diesel::{AsChangeset, QueryDsl, RunQueryDsl};
use domain::ClientId;
use store::internal::Db;
use store::internal::schema::clients;

use super::{StoredClient, expect_client};
use crate::Operator;
use crate::act::Change;
use crate::audit::Changes;
use crate::error::OperatorError;
use crate::field;
use crate::seen::Seen;

/// What is said of a client anew: all of it, also what stays as it was. Its slug stays, for
/// addresses that are in use; whether the firm still works for it is an act of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientEdit {
    /// What it is called.
    pub name: String,
    /// Whom to write to.
    pub contact_email: Option<String>,
}

#[derive(AsChangeset)]
#[diesel(table_name = clients, treat_none_as_null = true)]
struct Said {
    name: String,
    contact_email: Option<String>,
    active: bool,
}

impl Operator {
    /// Says of a client anew what it is called and whom to write to.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] for a field that cannot be taken, [`OperatorError::NotFound`].
    pub fn edit_client(&self, client: ClientId, edit: &ClientEdit) -> Result<(), OperatorError> {
        self.edit_client_as_seen(client, edit, None)
    }

    /// The same unless it has been said anew since it was `seen`.
    ///
    /// # Errors
    /// As [`Self::edit_client`], and [`OperatorError::Stale`].
    pub fn edit_client_as_seen(
        &self,
        client: ClientId,
        edit: &ClientEdit,
        seen: Option<Seen>,
    ) -> Result<(), OperatorError> {
        let name = field::name("name", &edit.name)?;
        let contact_email = field::email("email", edit.contact_email.as_deref())?;
        self.act(|db| {
            let row = expect_client(db, client)?;
            Seen::of((&row.name, &row.contact_email)).expect(seen)?;
            let said = Said {
                name,
                contact_email,
                active: row.active,
            };
            Ok(((), say(db, "client.edit", row, &said)?))
        })
    }

    /// Takes a client out of work. Its projects and their portals stay as they are.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn archive_client(&self, client: ClientId) -> Result<(), OperatorError> {
        self.set_client_active("client.archive", client, false)
    }

    /// Takes a client back into work.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn unarchive_client(&self, client: ClientId) -> Result<(), OperatorError> {
        self.set_client_active("client.unarchive", client, true)
    }

    fn set_client_active(
        &self,
        action: &'static str,
        client: ClientId,
        active: bool,
    ) -> Result<(), OperatorError> {
        self.act(|db| {
            let row = expect_client(db, client)?;
            let said = Said {
                name: row.name.clone(),
                contact_email: row.contact_email.clone(),
                active,
            };
            Ok(((), say(db, action, row, &said)?))
        })
    }
}

fn say(
    db: &mut Db,
    action: &'static str,
    row: StoredClient,
    said: &Said,
) -> Result<Option<Change>, OperatorError> {
    let changes = Changes::default()
        .text("name", &row.name, &said.name)
        .optional(
            "email",
            row.contact_email.as_deref(),
            said.contact_email.as_deref(),
        )
        .plain("active", Some(row.active), Some(said.active));
    let Some((before, after)) = changes.states() else {
        return Ok(None);
    };
    diesel::update(clients::table.find(&row.id))
        .set(said)
        .execute(db)?;
    Ok(Some(Change {
        action,
        subject: row.id,
        // A portal says nothing of the client.
        projects: Vec::new(),
        before: Some(before),
        after: Some(after),
    }))
}
