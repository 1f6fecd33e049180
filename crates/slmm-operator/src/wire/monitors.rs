//! `GET /_monitor/status`: the monitors made since SLMM's start.

use std::collections::HashMap;

use serde::Deserialize;
use slmm::plumbing::{Entry, Failure, Loose, Reply, read};

use super::words::count;
use crate::answer::good;
use crate::device::{Monitor, MonitorMode};

/// The monitors by meter.
#[derive(Debug, Default)]
pub(crate) struct Monitors(HashMap<String, Monitor>);

impl Monitors {
    /// A meter's monitor; of one that none was made for, a monitor at rest.
    pub(crate) fn of(&self, unit: &str, starts_with_slmm: Option<bool>) -> Monitor {
        let monitor = self.0.get(unit).copied().unwrap_or_default();
        Monitor {
            starts_with_slmm,
            ..monitor
        }
    }
}

#[derive(Deserialize)]
struct Envelope {
    monitors: HashMap<String, Entry<Row>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Row {
    running: Loose<bool>,
    subscribers: Loose<i64>,
    keepalive: Loose<bool>,
    reachable: Loose<bool>,
    mode: Loose<String>,
}

pub(crate) fn monitors(reply: &Reply) -> Result<Monitors, Failure> {
    let envelope: Envelope = read(good(reply)?)?;
    let rows = envelope.monitors.into_iter();
    let monitors = rows.filter_map(|(unit, row)| Some((unit, row.into_inner()?.monitor())));
    Ok(Monitors(monitors.collect()))
}

impl Row {
    /// What a monitor that has ended says of its meter is old.
    fn monitor(self) -> Monitor {
        let running = self.running.0 == Some(true);
        let mode = match self.mode.0.as_deref() {
            Some("idle") => Some(MonitorMode::Idle),
            Some("watched") => Some(MonitorMode::Watched),
            Some("backoff") => Some(MonitorMode::BackOff),
            _ => None,
        };
        Monitor {
            running,
            kept_alive: self.keepalive.0 == Some(true),
            starts_with_slmm: None,
            watchers: count(&self.subscribers).unwrap_or(0),
            reachable: self.reachable.0.filter(|_| running),
            mode: mode.filter(|_| running),
        }
    }
}
