//! Who a page is shown to. Pages read it for their bar and for what they offer; what somebody may
//! do, the guard alone decides.

use std::future::Future;

use auth::Role;
use serde::Serialize;
use store_operator::LiveAccount;

use crate::OperatorSettings;
use crate::settings::Access;

tokio::task_local! {
    static VIEWER: Viewer;
}

/// Whoever asked for the page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Viewer {
    /// `None` while the app is open and nobody has signed in.
    pub(super) person: Option<Person>,
    /// Whether they may change clients, projects, locations, meters and portals.
    pub(super) may_manage: bool,
    /// Whether they may manage accounts.
    pub(super) may_accounts: bool,
}

/// Somebody who has signed in.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Person {
    name: String,
    role: &'static str,
}

impl Viewer {
    pub(crate) fn of(settings: &OperatorSettings, account: Option<&LiveAccount>) -> Self {
        let is = |least: Role| account.is_some_and(|account| account.role >= least);
        Self {
            person: account.map(|account| Person {
                name: account.display_name.clone(),
                role: account.role.as_str(),
            }),
            may_manage: settings.access == Access::Open || is(Role::Admin),
            may_accounts: is(Role::Superadmin),
        }
    }

    /// Whoever asked for what is being answered; nobody with any right outside of an answer.
    pub(super) fn current() -> Self {
        VIEWER.try_with(Clone::clone).unwrap_or_default()
    }

    /// For the samples of pages.
    pub(super) fn sample(role: Role) -> Self {
        Self {
            person: Some(Person {
                name: "Ada <Byron>".into(),
                role: role.as_str(),
            }),
            may_manage: role >= Role::Admin,
            may_accounts: role >= Role::Superadmin,
        }
    }

    /// For the samples of pages: the app is open and nobody has signed in.
    pub(super) fn anybody() -> Self {
        Self {
            may_manage: true,
            ..Self::default()
        }
    }
}

/// Answers a request of this viewer's.
pub(crate) async fn while_seen_by<F: Future>(viewer: Viewer, answer: F) -> F::Output {
    VIEWER.scope(viewer, answer).await
}
