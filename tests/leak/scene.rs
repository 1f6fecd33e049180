//! Two clients' projects, the one's with something to hide, and everybody who may not see it.

use std::time::Duration;

use domain::{Metric, ProjectStatus};
use slmm_sim::{Event, RuleSpec};
use testkit::{House, PortalApp, Reply, Site, Visitor, at};

use super::askers::{Asker, Due, Sessions, askers, ticket};
use super::secrets::Secrets;

/// The deployment.
pub(crate) struct Scene {
    pub(crate) app: PortalApp,
    /// The site with something to hide; its link has been replaced, and so has its password.
    pub(crate) site: Site,
    /// The other client's.
    pub(crate) other: Site,
    /// A link that led to the site once.
    pub(crate) dead_link: String,
    /// A preview ticket of the site that was used.
    pub(crate) dead_ticket: String,
    /// All that must not be told.
    pub(crate) secrets: Secrets,
    /// The rightful session.
    pub(crate) rightful: Asker,
    pub(crate) askers: Vec<Asker>,
    visitor: Visitor,
    pub(crate) house: House,
}

const LEVELS: [(Metric, &str); 6] = [
    (Metric::Lp, "171.1"),
    (Metric::Leq, "172.2"),
    (Metric::Lmax, "173.3"),
    (Metric::Lpeak, "174.4"),
    (Metric::Ln1, "175.5"),
    (Metric::Ln2, "176.6"),
];
const THRESHOLD: f64 = 177.7;

impl Scene {
    pub(crate) async fn of(house: House) -> Self {
        let mut site = house.data.site("Aardvark Quay", "SLM-101");
        let other = house.data.site("Quay Street", "SLM-102");
        house.data.raw().execute(&format!(
            "UPDATE monitoring_locations SET name = 'Aardvark gate' WHERE id = '{}'",
            site.location
        ));
        make_noise(&house, &site);
        let dead_link = site.portal.link.as_str().to_owned();
        let sessions = Sessions::of(&house, &mut site).await;
        let rightful = sessions.rightful();
        let foreign = house.data.session(&other.portal).await;
        let app = house.portal_with(|options| options.slmm_timeout = Duration::from_secs(20));
        let visitor = Visitor::of(&app);
        let dead_ticket = ticket(&house, &site);
        visitor.get(&format!("/portal/preview/{dead_ticket}")).await;
        let askers = askers(&sessions, &foreign, ticket(&house, &site));
        Self {
            visitor: Visitor::of(&app),
            app,
            secrets: secrets_of(&site),
            site,
            other,
            dead_link,
            dead_ticket,
            rightful,
            askers,
            house,
        }
    }

    /// What this asker is answered.
    pub(crate) async fn ask(&self, asker: &Asker, method: &str, path: &str) -> Reply {
        let visitor = self.visitor.moves_to(&self.app);
        let visitor = match &asker.cookie {
            Some(cookie) => visitor.with_cookie(cookie),
            None => visitor,
        };
        let request = visitor
            .request(method.parse().unwrap(), path)
            .header("sec-fetch-site", "same-origin");
        let request = match method {
            "POST" => request
                .header("content-type", "application/x-www-form-urlencoded")
                .body("password=guess"),
            _ => request,
        };
        visitor.send(request).await
    }

    /// The other client, signed in.
    pub(crate) fn other_client(&self) -> &Asker {
        let is_client = |asker: &&Asker| asker.due == Due::OwnOnly;
        self.askers.iter().find(is_client).unwrap()
    }

    /// Ids that are none of the other client's locations, each for a reason of its own.
    pub(crate) fn ids_of_nothing(&self) -> Vec<(&'static str, String)> {
        let data = &self.house.data;
        let operator = data.operator();
        let removed = data.location(self.other.project, "Removed");
        operator.remove_location(removed).unwrap();
        let vibration = data.location(self.other.project, "Vibration");
        let kind = "UPDATE monitoring_locations SET location_type = 'vibration' WHERE id";
        data.raw().execute(&format!("{kind} = '{vibration}'"));
        let gone = data.site("Gone", "SLM-103");
        operator
            .set_status(gone.project, ProjectStatus::Deleted)
            .unwrap();
        let own = self.other.location.to_string();
        vec![
            ("not yours", self.site.location.to_string()),
            ("removed", removed.to_string()),
            ("of another kind", vibration.to_string()),
            ("of a deleted project", gone.location.to_string()),
            ("unknown", "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into()),
            ("a project", self.other.project.to_string()),
            ("a meter", self.other.unit.as_str().into()),
            ("in capitals", own.to_uppercase()),
            ("without hyphens", own.replace('-', "")),
            ("in braces", format!("%7B{own}%7D")),
            ("with a blank", format!("{own}%20")),
            ("with a zero byte", format!("{own}%00")),
            ("with a slash", format!("{own}%2f")),
            ("a word", "none".into()),
            ("a number", "-1".into()),
            ("no UTF-8", "%ff%fe".into()),
            ("a way up", "..%2f..%2fhealthz".into()),
            ("SQL", "'%20OR%20'1'='1".into()),
            ("long", "a".repeat(3000)),
        ]
    }
}

/// Levels, a limit and what broke it, by which the site would be known anywhere.
fn make_noise(house: &House, site: &Site) {
    let unit = site.unit.as_str();
    for (metric, text) in LEVELS {
        house.sim().force(unit, metric, Some(text)).unwrap();
    }
    house.sim().poll(unit).unwrap();
    let limit = RuleSpec {
        name: "Aardvark night".into(),
        threshold_db: THRESHOLD,
        ..RuleSpec::default()
    };
    let rule = house.sim().insert_rule(unit, limit);
    house.sim().insert_event(Event {
        rule_id: rule.id,
        rule_name: rule.spec.name,
        metric: rule.spec.metric,
        threshold_db: THRESHOLD,
        onset_value: Some(178.8),
        peak_value: Some(179.9),
        clear_at: Some(at("2026-11-21T03:10:00Z")),
        ..Event::lost_contact(unit, at("2026-11-21T03:00:00Z"))
    });
}

fn secrets_of(site: &Site) -> Secrets {
    let mut secrets = Secrets::default();
    secrets.add("a name", "Aardvark");
    secrets.add("the project's id", site.project.to_string());
    secrets.add("the location's id", site.location.to_string());
    secrets.add("the meter's id", site.unit.as_str());
    secrets.add("the password", site.portal.password.reveal());
    for (metric, text) in LEVELS {
        secrets.add(metric.as_str(), text);
    }
    secrets.add("the limit", THRESHOLD.to_string());
    secrets.add("the onset", "178.8");
    secrets.add("the peak", "179.9");
    secrets
}
