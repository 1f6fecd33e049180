//! A marker in everything that is nobody's business, and the rightful visitor looking everywhere.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::LocationId;
use testkit::{House, PortalApp, Site, Visitor, on_both_engines};

use crate::fresh::refresh;

use super::routes::{self, Door};
use super::secrets::Secrets;
use super::upstream::{self, Meter};
use super::{columns, log};

/// Where the rightful visitor comes from.
const ADDRESS: &str = "198.51.100.77";

/// A house in which everything is marked.
pub(crate) struct Marked {
    pub(crate) house: House,
    pub(crate) site: Site,
    pub(crate) secrets: Secrets,
    /// What may not even be logged.
    pub(crate) unlogged: Secrets,
    without_meter: LocationId,
}

impl Marked {
    pub(crate) async fn of(house: House) -> Self {
        log::collect();
        let data = &house.data;
        let site = data.site("Shown project", "Canary-unit");
        let client = data.client("Canary-client");
        data.operator().link_project(site.project, client).unwrap();
        let without_meter = data.location(site.project, "Shown without meter");
        let removed = data.location(site.project, "Canary-removed");
        data.operator().remove_location(removed).unwrap();
        let vibration = data.location(site.project, "Canary-vibration");
        data.raw().execute(&format!(
            "UPDATE monitoring_locations SET location_type = 'vibration' WHERE id = '{vibration}'"
        ));
        // Another client's: with a name, but no record.
        let other = data.site("Canary-project", "Canary-other-unit");
        data.raw().execute(&format!(
            "UPDATE projects SET client_name = 'Canary-client-name' WHERE id = '{}'",
            other.project
        ));
        data.operator().issue_preview_ticket(site.project).unwrap();
        let secrets = columns::plant(data).and(&upstream::secrets());
        house.clock().advance(Duration::from_secs(37));
        let hash = data.raw().text(&format!(
            "SELECT portal_password_hash FROM projects WHERE id = '{}'",
            site.project
        ));
        let mut unlogged = Secrets::default();
        unlogged.add("the link", site.portal.link.as_str());
        unlogged.add("the password", site.portal.password.reveal());
        unlogged.add("the password's hash", hash.unwrap());
        Self {
            house,
            site,
            secrets,
            unlogged,
            without_meter,
        }
    }

    /// A server that waits for SLMM however busy the machine is.
    pub(crate) fn portal(&self) -> PortalApp {
        self.house.portal_with(|options| {
            options.slmm_timeout = Duration::from_secs(20);
            options.report_every = Some(Duration::from_millis(100));
        })
    }

    /// Asks everything behind the gate, about every location; what was told is what comes back.
    async fn look_everywhere(&self, visitor: &Visitor, context: &str) -> String {
        let mut told = String::new();
        for ask in routes::every() {
            let locations = [self.site.location, self.without_meter];
            for location in locations {
                let path = ask.about(&location.to_string());
                if matches!(ask.door, Door::Secret | Door::Socket) || path == "/portal/logout" {
                    continue;
                }
                let reply = visitor.get(&path).await;
                assert!(reply.status < 400, "{context}: {path}: {}", reply.body);
                self.secrets
                    .assert_absent(&reply, &format!("{context}: {path}"));
                told.push_str(&reply.body);
            }
        }
        told
    }

    async fn state(&self, visitor: &Visitor) -> (String, bool) {
        let path = format!("/portal/api/location/{}/live", self.site.location);
        let live = visitor.get(&path).await.json();
        let state = live["state"].as_str().unwrap().to_owned();
        (state, live["remembered"].as_bool().unwrap())
    }

    /// Somebody at this server who came in by link and password.
    pub(crate) async fn enter(&mut self, app: &PortalApp) -> Visitor {
        let visitor = Visitor::of(app).from_address(ADDRESS);
        let (link, password) = (&self.site.portal.link, &self.site.portal.password);
        let reply = visitor.knock(link.as_str(), password.reveal()).await;
        assert_eq!(reply.status, 303);
        self.secrets.assert_absent(&reply, "the gate");
        // Written down by now, and told to staff alone.
        self.secrets.add("projects.portal_opened_from", ADDRESS);
        self.unlogged.add("the cookie", visitor.cookie().unwrap());
        visitor
    }
}

on_both_engines! {
    async fn nothing_private_is_in_any_answer_whatever_the_meter_does(house: House) {
        let mut marked = Marked::of(house).await;
        let app = marked.portal();
        let visitor = marked.enter(&app).await;
        let mut told = String::new();
        for (meter, state) in [
            (Meter::Measuring, "measuring"), (Meter::Stopped, "stopped"), (Meter::Offline, "offline"),
            (Meter::Stale, "stale"), (Meter::NoData, "no_data"), (Meter::Measuring, "measuring"),
        ] {
            upstream::say(&marked.house, "Canary-unit", meter);
            refresh(&app, &marked.site.unit).await;
            assert_eq!(marked.state(&visitor).await, (state.to_owned(), false));
            told += &marked.look_everywhere(&visitor, state).await;
            marked.house.clock().advance(Duration::from_secs(31));
        }

        // SLMM raves, and goes away; this server remembers, one that comes new does not.
        upstream::say(&marked.house, "Canary-unit", Meter::Raving);
        assert_eq!(marked.state(&visitor).await, ("measuring".to_owned(), true));
        told += &marked.look_everywhere(&visitor, "raving").await;
        marked.house.sim().set_down(true);
        marked.house.clock().advance(Duration::from_secs(31));
        assert_eq!(marked.state(&visitor).await, ("stale".to_owned(), true));
        told += &marked.look_everywhere(&visitor, "remembered").await;
        let new = marked.portal();
        let there = visitor.moves_to(&new);
        assert_eq!(marked.state(&there).await, ("unavailable".to_owned(), false));
        told += &marked.look_everywhere(&there, "unavailable").await;

        // The meter leaves.
        marked.house.data.operator().end_assignment(&marked.site.unit).unwrap();
        assert_eq!(marked.state(&visitor).await, ("no_meter".to_owned(), false));
        told += &marked.look_everywhere(&visitor, "no meter").await;

        // What is meant to be seen was, so the search can find.
        let location = marked.site.location.to_string();
        let named = ["Shown project", "Shown without meter", "North gate", "America/Denver", "40.7", &location];
        let unseen: BTreeSet<_> = named.iter().chain(&upstream::PUBLIC).filter(|text| !told.contains(**text)).collect();
        assert!(unseen.is_empty(), "never shown: {unseen:?}");
        log::assert_without(&marked.unlogged);
    }
}
