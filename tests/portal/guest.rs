//! Somebody who has come in and looks at a location, over and over.

use std::time::Duration;

use domain::LocationId;
use serde_json::Value;
use testkit::{House, PortalApp, PortalOptions, Reply, Site, Visitor};
use web_portal::routes::TABLE;

/// Far more than any answer takes, so that only one that never comes runs into it.
pub(super) const AMPLE: Duration = Duration::from_secs(30);

/// A portal that waits for SLMM as long as it takes, so that a busy machine makes nothing
/// unavailable.
pub(super) fn patient(options: &mut PortalOptions) {
    options.slmm_timeout = AMPLE;
}

/// A patient portal, and a guest of it.
pub(super) async fn visited(house: &House, site: &Site) -> (PortalApp, Guest) {
    let app = house.portal_with(patient);
    let guest = Guest::of(&app, site).await;
    (app, guest)
}

/// A visitor of a site, behind the gate.
pub(super) struct Guest {
    visitor: Visitor,
    site: Site,
}

impl Guest {
    pub(super) async fn of(app: &PortalApp, site: &Site) -> Self {
        Self {
            visitor: Visitor::of(app).enter(&site.portal).await,
            site: site.clone(),
        }
    }

    /// Another one with the same session, and the same pool of connections.
    pub(super) fn companion(&self, app: &PortalApp) -> Self {
        Self {
            visitor: self.visitor.moves_to(app),
            site: self.site.clone(),
        }
    }

    pub(super) async fn opens(&self, path: &str) -> Reply {
        let reply = tokio::time::timeout(AMPLE, self.visitor.get(path)).await;
        reply.unwrap_or_else(|_| panic!("no answer to {path}"))
    }

    pub(super) async fn reads(&self, path: &str) -> Value {
        let reply = self.opens(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }

    /// One of the routes of the site's first location, such as `live`.
    pub(super) async fn tells(&self, what: &str) -> Value {
        self.tells_of(self.site.location, what).await
    }

    pub(super) async fn tells_of(&self, location: LocationId, what: &str) -> Value {
        self.reads(&format!("/portal/api/location/{location}/{what}"))
            .await
    }

    pub(super) async fn overview(&self) -> Value {
        self.reads("/portal/api/overview").await
    }

    /// Opens every path of the portal's table, of which none may fail, and the pages and JSON
    /// routes behind the gate must all succeed.
    pub(super) async fn opens_everything(&self, app: &PortalApp) {
        for (methods, pattern) in TABLE {
            if !methods.contains("GET") {
                continue;
            }
            let path = pattern
                .replace("{id}", &self.site.location.to_string())
                .replace("{link_token}", self.site.portal.link.as_str())
                .replace("{hash}/{file}*", "none/none.css")
                .replace("{ticket}", "none");
            // Logging out is among them: the session goes with the companion.
            let reply = self.companion(app).opens(&path).await;
            assert!(
                reply.status < 500,
                "{path}: {} {}",
                reply.status,
                reply.body
            );
            let needs_a_session = pattern.starts_with("/portal/api")
                || pattern.contains("{id}")
                || *pattern == "/portal/events";
            if needs_a_session && !pattern.ends_with("/stream") {
                assert_eq!(reply.status, 200, "{path}: {}", reply.body);
            }
        }
    }

    /// Reads until it is so. The portal asks SLMM behind a visitor's back while it has something
    /// else to say, so what is new may come with the next answer only.
    pub(super) async fn reads_until(&self, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        self.reads_while(path, is_so, || {}).await
    }

    /// The same of a portal that may have lost patience with SLMM, on a busy machine also with
    /// one that is well: `pass` lets the time go by after which it asks again.
    pub(super) async fn reads_while(
        &self,
        path: &str,
        is_so: impl Fn(&Value) -> bool,
        pass: impl Fn(),
    ) -> Value {
        let mut last = Value::Null;
        let reading = async {
            for attempt in 1.. {
                last = self.reads(path).await;
                if is_so(&last) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
                if attempt % 20 == 0 {
                    pass();
                }
            }
        };
        let outcome = tokio::time::timeout(AMPLE, reading).await;
        assert!(outcome.is_ok(), "{path} never came to be so: {last}");
        last
    }

    /// What is told of the site's first location when SLMM has been heard, not remembered.
    pub(super) async fn hears(&self) -> Value {
        let heard = |live: &Value| live["remembered"] == false;
        self.reads_until(&self.path("live"), heard).await
    }

    /// The path of one of the routes of the site's first location.
    pub(super) fn path(&self, what: &str) -> String {
        format!("/portal/api/location/{}/{what}", self.site.location)
    }
}

/// The words that a list of objects has in a field.
pub(super) fn words<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    let items = list.as_array().expect("a list");
    items
        .iter()
        .map(|item| item[field].as_str().expect("a text"))
        .collect()
}

/// Waits for something that other threads bring about.
pub(super) async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(AMPLE, waiting)
        .await
        .expect("it came about");
}
