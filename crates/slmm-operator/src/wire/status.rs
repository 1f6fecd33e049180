//! `GET /{unit}/status`: SLMM's row of a meter, with what the portal does not read.

use domain::{MeterStatus, Timestamp, UnitId};
use serde::Deserialize;
use slmm::plumbing::{Entry, Failure, Loose, Reply, meter_status, read};

use super::words::{Words, at_most, count};
use crate::device::{Contact, Monitor, Power};

/// The longest error that is handed on, characters.
pub(super) const LONGEST_ERROR: usize = 300;
/// The longest word on a meter's supply, characters.
const LONGEST_WORD: usize = 40;

/// SLMM's row of a meter.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) status: MeterStatus,
    pub(crate) contact: Contact,
    pub(crate) power: Power,
}

#[derive(Deserialize)]
struct Envelope {
    data: Entry<Data>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Data {
    last_seen: Loose<Timestamp>,
    battery_level: Loose<Words>,
    power_source: Loose<Words>,
    sd_remaining_mb: Loose<Words>,
    sd_free_ratio: Loose<Words>,
    is_reachable: Loose<bool>,
    consecutive_failures: Loose<i64>,
    last_poll_attempt: Loose<Timestamp>,
    last_success: Loose<Timestamp>,
    last_error: Loose<Words>,
}

/// The row; `None` where SLMM has none, for it has never polled the meter.
pub(crate) fn status(reply: &Reply, unit: &UnitId) -> Result<Option<Row>, Failure> {
    let Some(status) = meter_status(reply, unit)? else {
        return Ok(None);
    };
    let envelope: Envelope = read(&reply.body)?;
    let data = envelope.data.into_inner().ok_or(Failure::Malformed)?;
    Ok(Some(Row {
        status,
        contact: Contact {
            reachable: data.is_reachable.0,
            kept_up: true,
            consecutive_failures: count(&data.consecutive_failures),
            last_seen: data.last_seen.0,
            last_attempt: data.last_poll_attempt.0,
            last_success: data.last_success.0,
            last_error: at_most(LONGEST_ERROR, data.last_error),
        },
        power: Power {
            battery_level: at_most(LONGEST_WORD, data.battery_level),
            power_source: at_most(LONGEST_WORD, data.power_source),
            sd_remaining_mb: at_most(LONGEST_WORD, data.sd_remaining_mb),
            sd_free_ratio: at_most(LONGEST_WORD, data.sd_free_ratio),
        },
    }))
}

impl Contact {
    /// The same in the light of what the meter's monitor says, which knows better while it runs.
    pub(crate) fn beside(self, monitor: Option<&Monitor>) -> Self {
        let running = monitor.filter(|monitor| monitor.running);
        Self {
            reachable: running
                .and_then(|monitor| monitor.reachable)
                .or(self.reachable),
            kept_up: running.is_none(),
            ..self
        }
    }
}
