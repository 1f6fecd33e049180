//! Who asks for what is not theirs, and what they are told.

use std::time::Duration;

use auth::{PortalSession, SecretKey, Signer, Token};
use testkit::{House, SeededRandom, Site};

/// What somebody without a right to the site is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// That they need a link.
    Access,
    /// The way back to the prompt at which they once came in.
    Prompt,
    /// What is theirs, and of everything else that it does not exist.
    OwnOnly,
}

/// Somebody without a right to the site.
pub(crate) struct Asker {
    pub(crate) name: &'static str,
    pub(crate) cookie: Option<String>,
    pub(crate) due: Due,
}

fn signer() -> Signer {
    Signer::new(&testkit::apps::test_key(), &[])
}

/// Sessions of the site, of different fates.
pub(crate) struct Sessions {
    rotated: PortalSession,
    dead: PortalSession,
    live: PortalSession,
}

impl Sessions {
    pub(crate) async fn of(house: &House, site: &mut Site) -> Self {
        let operator = house.data.operator();
        let rotated = house.data.session(&site.portal).await;
        site.portal.link = operator.portal_rotate_link(site.project).unwrap();
        let dead = house.data.session(&site.portal).await;
        let hash = testkit::cheap_hash(&site.portal.password, &SeededRandom::new(5));
        operator.portal_password(site.project, &hash).unwrap();
        Self {
            rotated,
            dead,
            live: house.data.session(&site.portal).await,
        }
    }

    /// Somebody with every right to the site.
    pub(crate) fn rightful(&self) -> Asker {
        Asker {
            name: "the rightful session",
            cookie: Some(self.live.seal(&signer())),
            due: Due::OwnOnly,
        }
    }
}

/// Everybody who has none; the first has nothing at all.
pub(crate) fn askers(sessions: &Sessions, foreign: &PortalSession, ticket: String) -> Vec<Asker> {
    const OLD: Duration = Duration::from_secs(31 * 86_400);
    let expired = PortalSession {
        issued_at: sessions.live.issued_at - OLD,
        ..sessions.live
    };
    let stranger = SecretKey::random(&SeededRandom::new(1)).unwrap();
    let forged = sessions.live.seal(&Signer::new(&stranger, &[]));
    let seal = |session: &PortalSession| Some(session.seal(&signer()));
    [
        ("nobody", None, Due::Access),
        ("another client", seal(foreign), Due::OwnOnly),
        ("a dead epoch", seal(&sessions.dead), Due::Prompt),
        ("an expired session", seal(&expired), Due::Prompt),
        ("a forged session", Some(forged), Due::Access),
        ("a replaced link", seal(&sessions.rotated), Due::Access),
        ("a preview ticket", Some(ticket), Due::Access),
    ]
    .map(|(name, cookie, due)| Asker { name, cookie, due })
    .into()
}

/// A preview ticket of the site, as good as new.
pub(crate) fn ticket(house: &House, site: &Site) -> String {
    let ticket = house.data.operator().issue_preview_ticket(site.project);
    ticket.unwrap().seal(&signer())
}
