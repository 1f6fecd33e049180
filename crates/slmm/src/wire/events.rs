//! `GET /{unit}/alerts/events`: what SLMM recorded of breaches and lost contact.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use domain::{AlertEvent, Decibel, EventKind, Timestamp, UnitId};
use serde::Deserialize;

use super::entry::Entry;
use super::loose::Loose;
use super::{is_of, read};
use crate::event_list::{EventList, MOST, Seen};
use crate::failure::Failure;

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

/// The events, newest first. One without id or onset, or of a metric that no meter shows, is left
/// out.
pub(super) fn parse(body: &[u8], unit: &UnitId) -> Result<EventList, Failure> {
    let envelope: Envelope = read(body)?;
    let is_cut = envelope.events.len() >= MOST;
    let rows = envelope.events.into_iter().filter_map(Entry::into_inner);
    let mut seen = HashMap::new();
    let mut events = Vec::new();
    for mut row in rows.filter(|row| is_of(row.unit_id.0.as_deref(), unit)) {
        let mark = row.seen();
        if let Some(event) = row.event() {
            seen.extend(mark.map(|mark| (event.id, mark)));
            events.push(event);
        }
    }
    events.sort_by_key(|event: &AlertEvent| Reverse((event.onset_at, event.id)));
    Ok(EventList {
        events: events.into(),
        seen: Arc::new(seen),
        is_cut,
    })
}

impl Row {
    fn seen(&mut self) -> Option<Seen> {
        let by = self.acknowledged_by.0.take();
        self.acknowledged_at.0.map(|at| Seen { at, by })
    }

    fn event(self) -> Option<AlertEvent> {
        Some(AlertEvent {
            id: self.id.0?,
            kind: self.kind()?,
            rule: self.rule_id.0?,
            name: self.rule_name.0.unwrap_or_default(),
            onset_at: self.onset_at.0?,
            onset: self.onset_value.0,
            peak: self.peak_value.0,
            clear_at: self.clear_at.0,
            active: self.status.0.as_deref() == Some("active"),
        })
    }

    fn kind(&self) -> Option<EventKind> {
        match self.metric.0.as_deref()? {
            CONNECTIVITY => Some(EventKind::Connectivity),
            metric => Some(EventKind::Breach {
                metric: metric.parse().ok()?,
                threshold: self.threshold_db.0?,
            }),
        }
    }
}
