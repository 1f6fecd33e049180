//! What an empty house leads to.

use serde::Serialize;
use store_operator::Operator;
use web::WebError;

use crate::Office;
use crate::guard::Staff;

/// The first step that is still to be done.
#[derive(Debug, Serialize)]
pub(super) struct First {
    pub(super) words: &'static str,
    pub(super) href: &'static str,
    pub(super) act: &'static str,
}

impl First {
    pub(super) async fn of(office: &Office, staff: &Staff) -> Result<Self, WebError> {
        let clients = office.desk.act(staff.actor(), Operator::list_clients);
        Ok(Self::after(!clients.await?.is_empty()))
    }

    pub(super) fn after(has_client: bool) -> Self {
        if has_client {
            Self {
                words: "There is no project yet. A project has the locations that are monitored \
                        for a client, and the portal by which the client looks at them.",
                href: "/projects/new",
                act: "New project",
            }
        } else {
            Self {
                words: "Nothing is here yet. Begin with the client for whom you monitor; the \
                        project, its locations and their meters follow.",
                href: "/clients/new",
                act: "New client",
            }
        }
    }
}
