//! How the meter is: contact, supply, monitor.

use domain::{RunState, TimeZone, Timestamp};
use serde::Serialize;
use slmm_operator::{Device, Monitor, MonitorMode};
use web::when::When;

/// How the meter is, as SLMM says.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DevicePart {
    pub(in crate::page) run: &'static str,
    pub(in crate::page) since: Option<When>,
    pub(in crate::page) reachable: Option<bool>,
    pub(in crate::page) last_seen: Option<When>,
    pub(in crate::page) last_error: Option<String>,
    /// Name and what SLMM says, if it does.
    pub(in crate::page) supply: Vec<(&'static str, Option<String>)>,
    /// `None` where SLMM did not tell of its monitors.
    pub(in crate::page) monitor: Option<MonitorPart>,
}

/// How a meter's monitor is.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MonitorPart {
    pub(in crate::page) kept_alive: bool,
    /// What it does, to be read after "SLMM's monitor".
    pub(in crate::page) does: &'static str,
    pub(in crate::page) watchers: u32,
}

impl From<&Monitor> for MonitorPart {
    fn from(monitor: &Monitor) -> Self {
        Self {
            kept_alive: monitor.kept_alive,
            does: match monitor.mode {
                _ if !monitor.running => "does not run: rules do not fire",
                Some(MonitorMode::Watched) => "polls every second: somebody watches",
                Some(MonitorMode::BackOff) => "waits: the meter does not answer",
                Some(MonitorMode::Idle) | None => "polls every 10 s",
            },
            watchers: monitor.watchers,
        }
    }
}

impl DevicePart {
    pub(in crate::page) fn new(device: &Device, zone: &TimeZone, now: Timestamp) -> Self {
        let (contact, power) = (&device.contact, &device.power);
        let supply = [
            ("Battery", &power.battery_level),
            ("Power source", &power.power_source),
            ("SD card left, MB", &power.sd_remaining_mb),
            ("SD card free", &power.sd_free_ratio),
        ];
        Self {
            run: match device.run {
                RunState::Measuring => "Measuring",
                RunState::Stopped => "Stopped",
                RunState::Unknown => "Not known",
            },
            since: device
                .measuring_since
                .map(|since| When::near(since, zone, now)),
            reachable: contact.reachable,
            last_seen: contact.last_seen.map(|at| When::ago(at, now)),
            last_error: contact.last_error.clone(),
            supply: if supply.iter().all(|(_, value)| value.is_none()) {
                vec![("Battery, power, SD card", None)]
            } else {
                let owned = |(name, value): (&'static str, &Option<String>)| (name, value.clone());
                supply.into_iter().map(owned).collect()
            },
            monitor: device.monitor.as_ref().map(MonitorPart::from),
        }
    }
}
