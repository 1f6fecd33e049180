//! An event as SLMM stores it.

use domain::{AlertEvent, Decibel, EventKind, Metric, Timestamp};

use crate::rule::Rule;

/// Who has seen an event, and when. SLMM keeps no note with it; the audit log may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// When, UTC.
    pub at: Timestamp,
    /// Under which name; `None` where somebody else than we did it, and gave none.
    pub by: Option<String>,
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq)]
pub enum EventSubject {
    /// A rule was broken.
    Breach {
        /// What was watched, as SLMM has it.
        metric_text: String,
        /// What was watched; `None` where there is no such metric.
        metric: Option<Metric>,
        /// Against what, dB, as it was then; `None` where SLMM does not say a number.
        threshold_db: Option<f64>,
    },
    /// SLMM lost contact with the meter. Such events may stay open for good.
    Connectivity,
}

/// An event as SLMM stores it. SLMM leaves events open for good in several cases, so that one which
/// it calls active need not be: `domain::AlarmSource` judges.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleEvent {
    /// SLMM's id, over all meters.
    pub id: i64,
    /// The id of the rule at the time, which may be another rule's by now; 0 for lost contact.
    pub rule_id: i64,
    /// The rule's name at the time.
    pub name: String,
    /// What it is about.
    pub subject: EventSubject,
    /// When it fired, UTC, in whole seconds: the rule's duration after the level broke it.
    pub onset_at: Timestamp,
    /// The level that fired it.
    pub onset: Option<Decibel>,
    /// The highest level (the lowest, for `below`); `None` while active, when SLMM repeats the onset.
    /// SLMM does so too where an edit of the rule ended the event.
    pub peak: Option<Decibel>,
    /// When it ended, UTC.
    pub clear_at: Option<Timestamp>,
    /// Whether SLMM calls it active.
    pub active: bool,
    /// Who has seen it. A second acknowledgement overwrites the first.
    pub acknowledged: Option<Acknowledgement>,
}

impl RuleEvent {
    /// Whether it is of that rule of the same meter, and not of one that had its id before.
    pub fn is_of(&self, rule: &Rule) -> bool {
        let EventSubject::Breach {
            metric_text,
            threshold_db,
            ..
        } = &self.subject
        else {
            return false;
        };
        let same_threshold = match (threshold_db, rule.threshold_db) {
            (Some(then), Some(now)) => then.total_cmp(&now).is_eq(),
            _ => false,
        };
        self.rule_id == rule.id
            && self.name == rule.name
            && *metric_text == rule.metric_text
            && same_threshold
    }

    /// The event as `domain::AlarmSource` judges it; `None` for a breach of what no meter shows.
    pub fn alert_event(&self) -> Option<AlertEvent> {
        let kind = match &self.subject {
            EventSubject::Connectivity => EventKind::Connectivity,
            EventSubject::Breach {
                metric,
                threshold_db,
                ..
            } => EventKind::Breach {
                metric: (*metric)?,
                threshold: (*threshold_db)?,
            },
        };
        Some(AlertEvent {
            id: self.id,
            kind,
            rule: self.rule_id,
            name: self.name.clone(),
            onset_at: self.onset_at,
            onset: self.onset,
            peak: self.peak,
            clear_at: self.clear_at,
            active: self.active,
        })
    }
}
