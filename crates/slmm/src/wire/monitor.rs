//! `GET /_monitor/status`: which meters SLMM is in contact with right now.

use std::collections::HashMap;

use domain::UnitId;
use serde::Deserialize;

use super::entry::Entry;
use super::loose::Loose;
use super::read;
use crate::failure::Failure;

/// The meters whose monitor runs, and whether it reaches them.
#[derive(Debug, Default)]
pub(crate) struct Monitors {
    running: HashMap<String, bool>,
}

impl Monitors {
    /// Whether SLMM reaches the meter; `None` where no monitor runs that would know.
    pub(crate) fn reaches(&self, unit: &UnitId) -> Option<bool> {
        self.running.get(unit.as_str()).copied()
    }
}

#[derive(Deserialize)]
struct Envelope {
    monitors: HashMap<String, Entry<Monitor>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Monitor {
    running: Loose<bool>,
    reachable: Loose<bool>,
}

pub(super) fn parse(body: &[u8]) -> Result<Monitors, Failure> {
    let envelope: Envelope = read(body)?;
    let running = envelope.monitors.into_iter().filter_map(|(unit, monitor)| {
        let monitor = monitor.into_inner()?;
        let runs = monitor.running.0 == Some(true);
        // What a monitor that has ended says of its meter is old.
        monitor
            .reachable
            .0
            .filter(|_| runs)
            .map(|reachable| (unit, reachable))
    });
    Ok(Monitors {
        running: running.collect(),
    })
}
