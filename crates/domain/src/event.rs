//! Breaches of limits and interruptions of contact, judged from what SLMM recorded.
//!
//! SLMM leaves events open for good in several cases (a restart during a breach, hours that end
//! before the level recovers, a lost device), so what it calls active is believed only while it
//! can be true.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::level::Decibel;
use crate::limit::Limit;
use crate::names::vocabulary;
use crate::reading::{Levels, Metric};
use crate::tenure::Tenure;

/// What an event of SLMM's list is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EventKind {
    /// A limit was broken.
    Breach {
        /// What was watched.
        metric: Metric,
        /// Against what, dB, as it was then.
        threshold: f64,
    },
    /// SLMM lost contact with the meter.
    Connectivity,
}

/// One event as SLMM tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertEvent {
    /// SLMM's id; it orders events of the same second and never leaves.
    pub id: i64,
    /// The id of the rule, which may meanwhile be another rule's.
    pub rule: i64,
    /// The rule's name at the time.
    pub name: String,
    /// What it is about.
    pub kind: EventKind,
    /// When it fired, UTC.
    pub onset_at: Timestamp,
    /// The level that fired it.
    pub onset: Option<Decibel>,
    /// The highest level; SLMM fills it only when the event ends of itself.
    pub peak: Option<Decibel>,
    /// When it ended, UTC.
    pub clear_at: Option<Timestamp>,
    /// Whether SLMM calls it active.
    pub active: bool,
}

vocabulary! {
    /// How a breach stands.
    BreachStatus: "active, cleared, lapsed" {
        /// In progress.
        Active = "active",
        /// Over, with its end recorded.
        Cleared = "cleared",
        /// Over, but its end was not recorded.
        Lapsed = "lapsed",
    }
}

/// A limit broken at a location.
#[derive(Debug, Clone, PartialEq)]
pub struct Breach {
    /// The limit's name at the time.
    pub limit: String,
    /// What was watched.
    pub metric: Metric,
    /// Against what, dB.
    pub threshold: f64,
    /// Since when, UTC.
    pub onset_at: Timestamp,
    /// The level at the onset.
    pub onset: Option<Decibel>,
    /// The highest level; `None` while active.
    pub peak: Option<Decibel>,
    /// Until when, UTC, where recorded.
    pub clear_at: Option<Timestamp>,
    /// How it stands.
    pub status: BreachStatus,
}

/// A time without contact with the meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interruption {
    /// Since when, UTC.
    pub from: Timestamp,
    /// Until when, UTC; `None` while it lasts.
    pub to: Option<Timestamp>,
}

/// Everything that happened at a location, newest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Events {
    /// Limits broken.
    pub breaches: Vec<Breach>,
    /// Contact lost.
    pub interruptions: Vec<Interruption>,
}

impl Events {
    /// How many breaches are in progress.
    pub fn active(&self) -> usize {
        self.breaches
            .iter()
            .filter(|breach| breach.status == BreachStatus::Active)
            .count()
    }

    /// Puts the events of another stay at the same location among these.
    pub fn merge(&mut self, other: Self) {
        self.breaches.extend(other.breaches);
        self.interruptions.extend(other.interruptions);
        self.breaches
            .sort_by_key(|breach| std::cmp::Reverse(breach.onset_at));
        self.interruptions
            .sort_by_key(|interruption| std::cmp::Reverse(interruption.from));
    }
}

/// What is known of the meter now, to test whether an open event can be true.
#[derive(Debug, Clone, Copy)]
pub struct AlarmSource<'a> {
    /// The meter's rules; `None` where SLMM did not say.
    pub limits: Option<&'a [Limit]>,
    /// The meter's latest levels; `None` where there are none.
    pub levels: Option<&'a Levels>,
    /// Since when the meter's current measurement runs, where known.
    pub began: Option<Timestamp>,
    /// Whether SLMM reaches the meter.
    pub reachable: bool,
    /// The local time in which SLMM reads a limit's hours.
    pub zone: &'a TimeZone,
    /// The time, UTC.
    pub now: Timestamp,
}

impl AlarmSource<'_> {
    /// Judges the events of a meter for one of its stays. Events that began outside the stay
    /// belong to somebody else and are dropped.
    pub fn judge(&self, tenure: &Tenure, events: &[AlertEvent]) -> Events {
        let mut judged = Events::default();
        for event in events
            .iter()
            .filter(|event| tenure.window.contains(event.onset_at))
        {
            match event.kind {
                EventKind::Breach { metric, threshold } => {
                    judged
                        .breaches
                        .push(self.breach(tenure, events, event, metric, threshold));
                }
                EventKind::Connectivity => {
                    judged
                        .interruptions
                        .extend(self.interruption(tenure, events, event));
                }
            }
        }
        judged.merge(Events::default());
        judged
    }

    fn breach(
        &self,
        tenure: &Tenure,
        events: &[AlertEvent],
        event: &AlertEvent,
        metric: Metric,
        threshold: f64,
    ) -> Breach {
        let ended_here = event
            .clear_at
            .filter(|clear_at| tenure.window.contains(*clear_at));
        let status = match (event.active, ended_here) {
            (false, Some(_)) => BreachStatus::Cleared,
            (true, _) if self.can_be_active(tenure, events, event, metric) => BreachStatus::Active,
            _ => BreachStatus::Lapsed,
        };
        let began = Tenure::settled(self.began, event.onset_at);
        let doubtful = metric.is_running() && tenure.may_carry_over(began, event.onset_at);
        let own = |level: Option<Decibel>| level.filter(|_| !doubtful);
        Breach {
            limit: event.name.clone(),
            metric,
            threshold,
            onset_at: event.onset_at,
            onset: own(event.onset),
            peak: own(event.peak).filter(|_| status == BreachStatus::Cleared),
            clear_at: ended_here.filter(|_| status == BreachStatus::Cleared),
            status,
        }
    }

    fn can_be_active(
        &self,
        tenure: &Tenure,
        events: &[AlertEvent],
        event: &AlertEvent,
        metric: Metric,
    ) -> bool {
        if !tenure.window.contains(self.now) || !is_newest(event, events) {
            return false;
        }
        // Rules that SLMM did not tell cannot prove an event wrong.
        let Some(limits) = self.limits else {
            return true;
        };
        let level = self.levels.and_then(|levels| levels.get(metric));
        limits
            .iter()
            .find(|limit| is_of(event, limit))
            .is_some_and(|limit| {
                limit.in_force(self.now, self.zone)
                    && !level.is_some_and(|level| limit.has_recovered(level))
            })
    }

    /// An open interruption that cannot be true has an unknown end, and is not told: without an
    /// end it would read as if it went on.
    fn interruption(
        &self,
        tenure: &Tenure,
        events: &[AlertEvent],
        event: &AlertEvent,
    ) -> Option<Interruption> {
        let to = match event.clear_at {
            Some(clear_at) => Some(
                tenure
                    .window
                    .until
                    .map_or(clear_at, |until| until.min(clear_at)),
            ),
            None if tenure.window.contains(self.now)
                && !self.reachable
                && is_newest(event, events) =>
            {
                None
            }
            None => return None,
        };
        Some(Interruption {
            from: event.onset_at,
            to,
        })
    }
}

/// Rule ids are used again: an event is of a rule only if name, metric and threshold agree too.
fn is_of(event: &AlertEvent, limit: &Limit) -> bool {
    let EventKind::Breach { metric, threshold } = event.kind else {
        return false;
    };
    limit.rule == event.rule
        && limit.name == event.name
        && limit.metric == Some(metric)
        && limit.threshold.total_cmp(&threshold).is_eq()
}

fn is_newest(event: &AlertEvent, events: &[AlertEvent]) -> bool {
    let same = |other: &&AlertEvent| match (event.kind, other.kind) {
        (EventKind::Connectivity, EventKind::Connectivity) => true,
        (EventKind::Breach { .. }, EventKind::Breach { .. }) => {
            other.rule == event.rule && other.name == event.name
        }
        _ => false,
    };
    events
        .iter()
        .filter(same)
        .max_by_key(|other| (other.onset_at, other.id))
        .is_some_and(|newest| newest.id == event.id)
}
