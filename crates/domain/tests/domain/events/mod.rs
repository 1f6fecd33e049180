//! Breaches and interruptions, judged from what SLMM recorded.

mod breach;
mod contact;
mod lapsed;

use domain::{
    AlarmSource, AlertEvent, BreachStatus, Comparison, EventKind, Events, Levels, Limit, Metric,
    Tenure, TimeZone, Timestamp,
};

use crate::build::{at, db, stay};

/// A limit of 65 dB with a margin of 2, always in force.
fn limit() -> Limit {
    Limit {
        rule: 7,
        name: "Night noise".to_owned(),
        metric: Some(Metric::Leq),
        comparison: Comparison::Above,
        threshold: 65.0,
        duration_s: 60,
        clear_margin: 2.0,
        schedule: None,
        enabled: true,
    }
}

/// A breach of that limit, open since three o'clock.
fn open() -> AlertEvent {
    AlertEvent {
        id: 100,
        rule: 7,
        name: "Night noise".to_owned(),
        kind: EventKind::Breach {
            metric: Metric::Leq,
            threshold: 65.0,
        },
        onset_at: at("03:00"),
        onset: Some(db(66.1)),
        peak: Some(db(66.1)),
        clear_at: None,
        active: true,
    }
}

fn cleared() -> AlertEvent {
    AlertEvent {
        peak: Some(db(71.2)),
        clear_at: Some(at("03:20")),
        active: false,
        ..open()
    }
}

fn lost_contact() -> AlertEvent {
    AlertEvent {
        id: 200,
        rule: 0,
        name: "Device unreachable".to_owned(),
        kind: EventKind::Connectivity,
        onset: None,
        peak: None,
        ..open()
    }
}

fn leq(level: f64) -> Levels {
    Levels {
        leq: Some(db(level)),
        ..Levels::default()
    }
}

/// What is known at four o'clock of a meter that is still loud.
struct Known {
    limits: Option<Vec<Limit>>,
    levels: Option<Levels>,
    began: Option<Timestamp>,
    reachable: bool,
    now: Timestamp,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            limits: Some(vec![limit()]),
            levels: Some(leq(70.0)),
            began: None,
            reachable: true,
            now: at("04:00"),
        }
    }
}

impl Known {
    fn judge(&self, tenure: &Tenure, events: &[AlertEvent]) -> Events {
        AlarmSource {
            limits: self.limits.as_deref(),
            levels: self.levels.as_ref(),
            began: self.began,
            reachable: self.reachable,
            zone: &TimeZone::fixed(jiff::tz::offset(-5)),
            now: self.now,
        }
        .judge(tenure, events)
    }
}

fn here() -> Tenure {
    stay("2026-11-01 00:00", None)
}

fn with_limit(limit: Limit) -> Known {
    Known {
        limits: Some(vec![limit]),
        ..Known::default()
    }
}

/// How the one event given is told.
fn status(known: &Known, event: AlertEvent) -> BreachStatus {
    let events = known.judge(&here(), &[event]);
    assert_eq!(events.interruptions, []);
    let [breach] = events.breaches.as_slice() else {
        panic!("one breach: {events:?}");
    };
    let active = usize::from(breach.status == BreachStatus::Active);
    assert_eq!(events.active(), active);
    breach.status
}

fn open_event(known: &Known) -> BreachStatus {
    status(known, open())
}
