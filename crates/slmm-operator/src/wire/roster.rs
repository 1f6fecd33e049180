//! `GET /roster`: every meter SLMM has, with its passwords, which are not read.

use domain::{RunState, Timestamp, UnitId};
use serde::Deserialize;
use slmm::plumbing::{self, Failure, Loose, Reply, read};

use super::monitors::Monitors;
use super::words::{Words, at_most, count};
use crate::answer::good;
use crate::device::{Contact, Polling, Registration, RosterUnit};

/// SLMM's roster.
#[derive(Debug)]
pub(crate) struct Roster(pub(crate) Vec<Entry>);

/// A meter of the roster.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: Registration,
    pub(crate) polling: Polling,
    pub(crate) starts_with_slmm: Option<bool>,
    run: RunState,
    contact: Contact,
}

impl Roster {
    pub(crate) fn find(&self, unit: &UnitId) -> Option<&Entry> {
        let mut entries = self.0.iter();
        entries.find(|entry| entry.name.as_str() == unit.as_str())
    }
}

impl Entry {
    /// The meter, with its monitor where SLMM told of monitors.
    pub(crate) fn with(self, monitors: Option<&Monitors>) -> RosterUnit {
        let monitor = monitors.map(|told| told.of(self.name.as_str(), self.starts_with_slmm));
        RosterUnit {
            contact: self.contact.beside(monitor.as_ref()),
            name: self.name,
            run: self.run,
            polling: self.polling,
            monitor,
        }
    }
}

#[derive(Deserialize)]
struct Envelope {
    devices: Vec<plumbing::Entry<Row>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Row {
    unit_id: Loose<String>,
    poll_enabled: Loose<bool>,
    poll_interval_seconds: Loose<i64>,
    monitor_enabled: Loose<bool>,
    status: Option<plumbing::Entry<Status>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Status {
    last_seen: Loose<Timestamp>,
    measurement_state: Loose<String>,
    is_reachable: Loose<bool>,
    consecutive_failures: Loose<i64>,
    last_success: Loose<Timestamp>,
    last_error: Loose<Words>,
}

pub(crate) fn roster(reply: &Reply) -> Result<Roster, Failure> {
    let envelope: Envelope = read(good(reply)?)?;
    let rows = envelope.devices.into_iter();
    let rows = rows.filter_map(plumbing::Entry::into_inner);
    Ok(Roster(rows.filter_map(Row::entry).collect()))
}

impl Row {
    fn entry(self) -> Option<Entry> {
        let name = self.unit_id.0?;
        let status = self.status.and_then(plumbing::Entry::into_inner);
        let said = status.as_ref();
        let said = said.and_then(|status| status.measurement_state.0.as_deref());
        Some(Entry {
            name: match meter_id::parse(&name) {
                Ok(unit) => Registration::Known(unit),
                Err(_foreign) => Registration::Foreign(name),
            },
            polling: Polling {
                enabled: self.poll_enabled.0,
                interval_s: count(&self.poll_interval_seconds),
            },
            starts_with_slmm: self.monitor_enabled.0,
            run: said.map_or(RunState::Unknown, RunState::from_slmm),
            contact: status.map(Status::contact).unwrap_or_default(),
        })
    }
}

impl Status {
    fn contact(self) -> Contact {
        Contact {
            reachable: self.is_reachable.0,
            kept_up: true,
            consecutive_failures: count(&self.consecutive_failures),
            last_seen: self.last_seen.0,
            last_attempt: None,
            last_success: self.last_success.0,
            last_error: at_most(super::status::LONGEST_ERROR, self.last_error),
        }
    }
}
