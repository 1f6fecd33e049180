//! What breaks round the programs, and what they make of it.

mod clock;
mod disk_full;
mod half_open;
mod killed;
mod locked;
mod loris;
mod postgres_killed;
mod slmm;

use std::time::Duration;

use testkit::{Engine, House, Installation, Running, Site, TestDatabase, Viewer, Visitor};

/// Far more than anything takes, so that only what never comes runs into it.
const AMPLE: Duration = Duration::from_secs(30);

/// Both servers at work on a site, a client who has come in, and a member of staff.
struct Shop {
    /// Where the portal is.
    portal: String,
    site: Site,
    visitor: Visitor,
    staff: Visitor,
}

impl Shop {
    /// The portal and the operator app at work on a site, and a client who watches it live.
    async fn open(house: &Installation) -> (Running, Running, Self, Viewer) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let (mut portal, mut office) = (house.portal().start(), house.office().start());
        let shop = Self::of(&mut portal, &mut office, site).await;
        let mut viewer = shop.watches().await;
        viewer.frame("reading").await;
        (portal, office, shop, viewer)
    }

    async fn of(portal: &mut Running, office: &mut Running, site: Site) -> Self {
        let portal = format!("http://{}", portal.address("the portal is open"));
        let office = format!("http://{}", office.address("the operator app is open"));
        Self {
            visitor: Visitor::at(&portal).enter(&site.portal).await,
            staff: Visitor::at(&office),
            portal,
            site,
        }
    }

    /// The path of one of the routes of the location.
    fn path(&self, what: &str) -> String {
        format!("/portal/api/location/{}/{what}", self.site.location)
    }

    /// Where the password is asked for.
    fn prompt(&self) -> String {
        format!("/portal/p/{}", self.site.portal.link.as_str())
    }

    /// Somebody else tries a password: the status.
    async fn knock(&self, password: &str) -> u16 {
        let stranger = Visitor::at(&self.portal).from_address("203.0.113.1");
        stranger
            .knock(self.site.portal.link.as_str(), password)
            .await
            .status
    }

    /// A live socket of the client's.
    async fn watches(&self) -> Viewer {
        let watching = self.visitor.watch(self.site.location).await;
        watching.expect("a live socket")
    }
}

/// Asks until it is so.
async fn eventually(what: &str, is_so: impl AsyncFn() -> bool) {
    let asking = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let outcome = tokio::time::timeout(AMPLE, asking).await;
    assert!(outcome.is_ok(), "it never came about: {what}");
}

/// Has SQLite look through its whole file.
fn is_whole(data: &TestDatabase) {
    if data.engine() == Engine::Sqlite {
        let found = data
            .raw()
            .text("SELECT integrity_check FROM pragma_integrity_check");
        assert_eq!(found.as_deref(), Some("ok"));
    }
}

/// Lets the house's time run about ten times as fast as ours.
async fn keep_passing(house: &House) {
    loop {
        house.pass(Duration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
