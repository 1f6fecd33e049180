//! Opening and closing a project's portal.

mod access;

use auth::{LinkToken, PasswordHash};
use diesel::{AsChangeset, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};
use diesel::{Selectable, SelectableHelper};
use domain::ProjectId;
use store::internal::Db;
use store::internal::schema::projects;

use crate::Operator;
use crate::audit::State;
use crate::error::OperatorError;
use crate::field;
use crate::projects::{change, expect_kept_project};

pub use access::PortalAccess;
pub(crate) use access::portal_access;

/// A portal that is open now.
#[derive(Debug, Clone)]
pub struct PortalOpened {
    /// The token of its link.
    pub link: LinkToken,
    /// Whether the password that was offered became the portal's: there was none before. Otherwise
    /// the earlier one holds.
    pub password_taken: bool,
}

#[derive(Queryable, Selectable, AsChangeset, Clone, PartialEq, Eq)]
#[diesel(table_name = projects, treat_none_as_null = true)]
struct StoredPortal {
    id: String,
    portal_enabled: bool,
    portal_password_hash: Option<String>,
    portal_link_token: Option<String>,
    portal_epoch: i64,
}

impl StoredPortal {
    fn link(&self) -> Result<Option<LinkToken>, OperatorError> {
        let read = |token: &String| {
            LinkToken::parse(token)
                .map_err(|_malformed| field::corrupt("projects", &self.id, "portal_link_token"))
        };
        self.portal_link_token.as_ref().map(read).transpose()
    }

    /// What of it may be written down. Of secrets there is only whether they are new.
    fn state(&self, before: Option<&Self>) -> State {
        let is_new = |differs: fn(&Self, &Self) -> bool| {
            before.filter(|before| differs(before, self)).map(|_| "new")
        };
        State::default()
            .plain("enabled", self.portal_enabled)
            .plain("epoch", self.portal_epoch)
            .optional(
                "link",
                is_new(|old, new| old.portal_link_token != new.portal_link_token),
            )
            .optional(
                "password",
                is_new(|old, new| old.portal_password_hash != new.portal_password_hash),
            )
    }
}

impl Operator {
    /// Opens a project's portal. It gets a link and a password where it has none: `password` is
    /// the hash of one that the caller has made, and shows once if it was taken.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`], or [`OperatorError::Conflict`] for a deleted project.
    pub fn portal_enable(
        &self,
        project: ProjectId,
        password: &PasswordHash,
    ) -> Result<PortalOpened, OperatorError> {
        self.change_portal("portal.enable", project, None, |portal| {
            let link = match portal.link()? {
                Some(link) => link,
                None => LinkToken::generate(&*self.random)?,
            };
            let password_taken = portal.portal_password_hash.is_none();
            if password_taken {
                portal.portal_password_hash = Some(password.as_str().to_owned());
            }
            portal.portal_link_token = Some(link.as_str().to_owned());
            portal.portal_enabled = true;
            Ok(PortalOpened {
                link,
                password_taken,
            })
        })
    }

    /// Closes a project's portal: every session ends, and its link is dead for good.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`].
    pub fn portal_disable(&self, project: ProjectId) -> Result<(), OperatorError> {
        self.portal_disable_once(project, None)
    }

    /// The same once only: for a portal of the epoch that was `seen`.
    ///
    /// # Errors
    /// As [`Self::portal_disable`], and [`OperatorError::Stale`].
    pub fn portal_disable_once(
        &self,
        project: ProjectId,
        seen: Option<i64>,
    ) -> Result<(), OperatorError> {
        self.change_portal("portal.disable", project, seen, |portal| {
            if portal.portal_enabled {
                let link = LinkToken::generate(&*self.random)?;
                portal.portal_link_token = Some(link.as_str().to_owned());
                portal.portal_enabled = false;
                portal.portal_epoch += 1;
            }
            Ok(())
        })
    }

    /// Replaces a portal's password: every session ends.
    ///
    /// # Errors
    /// As [`Self::portal_enable`].
    pub fn portal_password(
        &self,
        project: ProjectId,
        password: &PasswordHash,
    ) -> Result<(), OperatorError> {
        self.portal_password_once(project, password, None)
            .map(|_link| ())
    }

    /// The same once only, for a portal of the epoch that was `seen`; the token of its link, if it
    /// is open.
    ///
    /// # Errors
    /// As [`Self::portal_enable`], and [`OperatorError::Stale`].
    pub fn portal_password_once(
        &self,
        project: ProjectId,
        password: &PasswordHash,
        seen: Option<i64>,
    ) -> Result<Option<LinkToken>, OperatorError> {
        self.change_portal("portal.password", project, seen, |portal| {
            portal.portal_password_hash = Some(password.as_str().to_owned());
            portal.portal_epoch += 1;
            Ok(portal.link()?.filter(|_| portal.portal_enabled))
        })
    }

    /// Replaces a portal's link: the old one is dead for good, and every session ends.
    ///
    /// # Errors
    /// As [`Self::portal_enable`].
    pub fn portal_rotate_link(&self, project: ProjectId) -> Result<LinkToken, OperatorError> {
        self.portal_rotate_link_once(project, None)
    }

    /// The same once only: for a portal of the epoch that was `seen`.
    ///
    /// # Errors
    /// As [`Self::portal_enable`], and [`OperatorError::Stale`].
    pub fn portal_rotate_link_once(
        &self,
        project: ProjectId,
        seen: Option<i64>,
    ) -> Result<LinkToken, OperatorError> {
        self.change_portal("portal.rotate-link", project, seen, |portal| {
            let link = LinkToken::generate(&*self.random)?;
            portal.portal_link_token = Some(link.as_str().to_owned());
            portal.portal_epoch += 1;
            Ok(link)
        })
    }

    fn change_portal<T>(
        &self,
        action: &'static str,
        project: ProjectId,
        seen: Option<i64>,
        work: impl FnOnce(&mut StoredPortal) -> Result<T, OperatorError>,
    ) -> Result<T, OperatorError> {
        self.act(|db| {
            let before = stored_portal(db, project)?;
            if seen.is_some_and(|seen| seen != before.portal_epoch) {
                return Err(OperatorError::Stale(DONE));
            }
            let mut after = before.clone();
            let value = work(&mut after)?;
            if after.portal_enabled {
                expect_kept_project(db, project)?;
            }
            if after == before {
                return Ok((value, None));
            }
            diesel::update(projects::table.find(&before.id))
                .set(&after)
                .execute(db)?;
            let old = Some(before.state(None));
            let change = change(action, &before.id, old, after.state(Some(&before)));
            Ok((value, Some(change)))
        })
    }
}

const DONE: &str = "it was done already since that page was opened, and is not done again";

fn stored_portal(db: &mut Db, project: ProjectId) -> Result<StoredPortal, OperatorError> {
    projects::table
        .find(project.to_string())
        .select(StoredPortal::as_select())
        .first(db)
        .optional()?
        .ok_or_else(|| OperatorError::not_found("project", project.to_string()))
}
