//! Two clients, and a meter that goes from the one to the other.

use std::time::Duration;

use domain::{LocationId, Metric};
use serde_json::Value;
use slmm_sim::{Event, RuleSpec, TrailRow};
use testkit::{House, PortalApp, Site, Visitor, at};

use crate::fresh::refresh;

pub(crate) const METER: &str = "SLM-101";

/// What the meter heard at the first client's: nowhere else is it as loud.
pub(crate) const RUNNING_BEFORE: [(Metric, &str); 5] = [
    (Metric::Leq, "101.3"),
    (Metric::Lmax, "109.4"),
    (Metric::Lpeak, "119.5"),
    (Metric::Ln1, "107.6"),
    (Metric::Ln2, "105.7"),
];
const LP_BEFORE: &str = "99.1";
const TRAIL_BEFORE: [&str; 3] = ["98.2", "100.8", "108.9"];
const ONSET_BEFORE: &str = "96.6";
const PEAK_BEFORE: &str = "103.7";

/// What the meter hears at the second client's.
pub(crate) const LP_AFTER: &str = "61.4";
pub(crate) const RUNNING_AFTER: [(Metric, &str); 5] = [
    (Metric::Leq, "63.2"),
    (Metric::Lmax, "71.8"),
    (Metric::Lpeak, "79.9"),
    (Metric::Ln1, "69.3"),
    (Metric::Ln2, "66.5"),
];

/// Two clients: the meter stands at the first's; at the second's place stands none.
pub(crate) struct Move {
    pub(crate) house: House,
    pub(crate) app: PortalApp,
    pub(crate) first: Client,
    pub(crate) second: Client,
    pub(crate) site: Site,
}

impl Move {
    pub(crate) async fn of(house: House) -> Self {
        let site = house.data.site("Brickworks", METER);
        let project = house.data.project("Almshouses");
        let location = house.data.location(project, "Almshouse yard");
        let portal = house.data.portal(project);
        remember_the_first(&house);
        let app = house.portal_with(|options| options.slmm_timeout = Duration::from_secs(20));
        Self {
            first: Client {
                visitor: Visitor::of(&app).enter(&site.portal).await,
                location: site.location,
            },
            second: Client {
                visitor: Visitor::of(&app).enter(&portal).await,
                location,
            },
            app,
            site,
            house,
        }
    }

    /// The second client's place gets the meter, now, and it goes on measuring there.
    pub(crate) fn carry(&self) {
        self.house
            .data
            .assign(&self.site.unit, self.second.location);
        self.house
            .sim()
            .force(METER, Metric::Lp, Some(LP_AFTER))
            .unwrap();
        self.house.sim().poll(METER).unwrap();
    }

    /// The meter begins a new measurement.
    pub(crate) fn restart(&self) {
        let sim = self.house.sim();
        sim.stop_measuring(METER).unwrap();
        sim.poll(METER).unwrap();
        sim.start_measuring(METER).unwrap();
        for (metric, text) in RUNNING_AFTER {
            sim.force(METER, metric, Some(text)).unwrap();
        }
        sim.poll(METER).unwrap();
    }

    /// Lets time pass, and waits until the portal knows what SLMM says then.
    pub(crate) async fn pass(&self, seconds: u64) {
        self.house.pass(Duration::from_secs(seconds));
        refresh(&self.app, &self.site.unit).await;
    }
}

/// Somebody signed in, and their place.
pub(crate) struct Client {
    pub(crate) visitor: Visitor,
    pub(crate) location: LocationId,
}

impl Client {
    pub(crate) async fn get(&self, what: &str) -> Value {
        let path = format!("/portal/api/location/{}/{what}", self.location);
        self.visitor.get(&path).await.json()
    }

    /// The running values that are shown.
    pub(crate) async fn running(&self) -> Vec<Value> {
        let reading = self.get("live").await["reading"].clone();
        let names = ["leq", "lmax", "lpeak", "ln1", "ln2"];
        names.map(|name| reading[name].clone()).into()
    }

    /// Everything there is to look at, as one text.
    pub(crate) async fn everything(&self) -> String {
        let about = [
            "live",
            "history?hours=2",
            "history?hours=24",
            "history?hours=48",
            "events?limit=200",
            "thresholds",
        ];
        let about = about.map(|what| format!("/portal/api/location/{}/{what}", self.location));
        let page = format!("/portal/location/{}", self.location);
        let whole = [
            "/portal",
            "/portal/events",
            "/portal/api/overview",
            "/portal/api/events",
        ];
        let mut text = String::new();
        for path in about
            .into_iter()
            .chain([page])
            .chain(whole.map(str::to_owned))
        {
            let reply = self.visitor.get(&path).await;
            assert_eq!(reply.status, 200, "{path}");
            text += &format!("\n{path}\n{}", reply.body);
        }
        text
    }
}

/// Fills SLMM's memory of the meter with the first client's sound. The limit is broken from the
/// first poll on.
fn remember_the_first(house: &House) {
    let sim = house.sim();
    sim.clear_trail(METER).unwrap();
    let [lp, leq, lmax] = TRAIL_BEFORE.map(|text| Some(text.to_owned()));
    for minute in [
        "2026-11-20T06:00:00Z",
        "2026-11-21T02:30:00Z",
        "2026-11-21T03:58:00Z",
    ] {
        let row = TrailRow {
            at: at(minute),
            lp: lp.clone(),
            leq: leq.clone(),
            lmax: lmax.clone(),
            ln1: leq.clone(),
            ln2: leq.clone(),
        };
        sim.insert_row(METER, row).unwrap();
    }
    let mut lost = Event::lost_contact(METER, at("2026-11-21T01:00:00Z"));
    lost.clear_at = Some(at("2026-11-21T01:05:00Z"));
    sim.insert_event(lost);
    sim.insert_event(Event {
        rule_id: 7,
        rule_name: "Brickworks limit".into(),
        metric: "lp".into(),
        threshold_db: 95.5,
        onset_value: ONSET_BEFORE.parse().ok(),
        peak_value: PEAK_BEFORE.parse().ok(),
        clear_at: Some(at("2026-11-21T03:10:00Z")),
        ..Event::lost_contact(METER, at("2026-11-21T03:00:00Z"))
    });
    let limit = RuleSpec {
        name: "Night limit".into(),
        threshold_db: 95.5,
        cooldown_s: 0,
        ..RuleSpec::default()
    };
    sim.insert_rule(METER, limit);
    sim.force(METER, Metric::Lp, Some(LP_BEFORE)).unwrap();
    for (metric, text) in RUNNING_BEFORE {
        sim.force(METER, metric, Some(text)).unwrap();
    }
    sim.poll(METER).unwrap();
}

/// Every text by which the first client's sound would be known.
pub(crate) fn marks_of_the_first() -> Vec<&'static str> {
    let running = RUNNING_BEFORE.iter().map(|(_, text)| *text);
    let single = [LP_BEFORE, ONSET_BEFORE, PEAK_BEFORE, "Brickworks"];
    running.chain(TRAIL_BEFORE).chain(single).collect()
}

pub(crate) fn marks_of_the_second() -> Vec<&'static str> {
    let running = RUNNING_AFTER.iter().map(|(_, text)| *text);
    running.chain([LP_AFTER, "Almshouse"]).collect()
}

pub(crate) fn assert_shows_none(text: &str, marks: &[&str]) {
    let shown: Vec<_> = marks.iter().filter(|mark| text.contains(**mark)).collect();
    assert!(shown.is_empty(), "{shown:?} in {text}");
}

pub(crate) fn numbers(of: [(Metric, &str); 5]) -> Vec<Value> {
    let number = |(_, text): &(Metric, &str)| text.parse::<f64>().unwrap().into();
    of.iter().map(number).collect()
}

/// The column of a history, without what is no number.
pub(crate) fn column(history: &Value, name: &str) -> Vec<f64> {
    let values = history[name].as_array().unwrap();
    values.iter().filter_map(Value::as_f64).collect()
}
