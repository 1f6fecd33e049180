//! Alert events as SLMM tells them.

use std::cmp::Reverse;

use domain::{Decibel, Timestamp, UnitId};
use serde::Deserialize;
use slmm::plumbing::{Entry, Failure, Loose, Reply, is_of, read};

use crate::answer::good;
use crate::event::{Acknowledgement, EventSubject, RuleEvent};

/// The metric of the pseudo-events that tell of lost contact.
const CONNECTIVITY: &str = "connectivity";

#[derive(Deserialize)]
struct Envelope {
    events: Vec<Entry<Row>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Row {
    id: Loose<i64>,
    rule_id: Loose<i64>,
    unit_id: Loose<String>,
    rule_name: Loose<String>,
    metric: Loose<String>,
    threshold_db: Loose<f64>,
    onset_at: Loose<Timestamp>,
    onset_value: Loose<Decibel>,
    peak_value: Loose<Decibel>,
    clear_at: Loose<Timestamp>,
    status: Loose<String>,
    acknowledged_at: Loose<Timestamp>,
    acknowledged_by: Loose<String>,
}

/// A meter's events, newest first. One without id or onset, or of another meter, is left out.
pub(crate) fn events(reply: &Reply, unit: &UnitId) -> Result<Vec<RuleEvent>, Failure> {
    let envelope: Envelope = read(good(reply)?)?;
    let rows = envelope.events.into_iter().filter_map(Entry::into_inner);
    let own = rows.filter(|row| is_of(row.unit_id.0.as_deref(), unit));
    let mut events: Vec<RuleEvent> = own.filter_map(Row::event).collect();
    events.sort_by_key(|event| Reverse((event.onset_at, event.id)));
    Ok(events)
}

impl Row {
    fn event(self) -> Option<RuleEvent> {
        let active = self.status.0.as_deref() == Some("active");
        let by = self.acknowledged_by.0;
        Some(RuleEvent {
            id: self.id.0?,
            rule_id: self.rule_id.0.unwrap_or(0),
            name: self.rule_name.0.unwrap_or_default(),
            subject: match self.metric.0.unwrap_or_default() {
                metric if metric == CONNECTIVITY => EventSubject::Connectivity,
                metric_text => EventSubject::Breach {
                    metric: metric_text.parse().ok(),
                    metric_text,
                    threshold_db: self.threshold_db.0,
                },
            },
            onset_at: self.onset_at.0?,
            onset: self.onset_value.0,
            // Until then it is the onset's.
            peak: self.peak_value.0.filter(|_| !active),
            clear_at: self.clear_at.0,
            active,
            acknowledged: self.acknowledged_at.0.map(|at| Acknowledgement { at, by }),
        })
    }
}
