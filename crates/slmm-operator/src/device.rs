//! A meter as SLMM's operators see it.

use domain::{Reading, RunState, Timestamp, UnitId};

/// How SLMM's contact with a meter is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Whether SLMM reaches the meter: its monitor's word while one runs, the poller's otherwise.
    /// `None` where SLMM has never tried.
    pub reachable: Option<bool>,
    /// Whether the poller keeps up the counts and times below. While a monitor runs it does not, and
    /// they say what was so before (SLMM 0.4.0).
    pub kept_up: bool,
    /// Polls that failed, one after the other.
    pub consecutive_failures: Option<u32>,
    /// When the meter last said something, UTC: the one measure of freshness. Of a meter that never
    /// answered, when SLMM first tried.
    pub last_seen: Option<Timestamp>,
    /// When the poller last tried, UTC; not told in the roster.
    pub last_attempt: Option<Timestamp>,
    /// When the poller last succeeded, UTC.
    pub last_success: Option<Timestamp>,
    /// Why the poller's last failure was one, in SLMM's words, with host and port; at most 300
    /// characters. For staff only.
    pub last_error: Option<String>,
}

/// How the poller visits a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Polling {
    /// Whether it does.
    pub enabled: Option<bool>,
    /// How often, s.
    pub interval_s: Option<u32>,
}

/// What SLMM has on a meter's supply, in its own words. SLMM 0.4.0 fills none of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Power {
    /// The battery's charge.
    pub battery_level: Option<String>,
    /// Where the power comes from.
    pub power_source: Option<String>,
    /// What is left on the SD card, MB.
    pub sd_remaining_mb: Option<String>,
    /// What part of the SD card is left.
    pub sd_free_ratio: Option<String>,
}

/// At what pace a monitor polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonitorMode {
    /// Nobody watches: every 10 s.
    Idle,
    /// Somebody watches: every second.
    Watched,
    /// The meter does not answer: more and more seldom.
    BackOff,
}

/// SLMM's monitor of a meter: the loop that evaluates its rules. Where none runs, rules do not fire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Monitor {
    /// Whether it runs now.
    pub running: bool,
    /// Whether it runs also while nobody watches, since SLMM last started: the keepalive switch. An
    /// enabled rule that is stored turns it on; no deletion turns it off.
    pub kept_alive: bool,
    /// Whether it will be kept alive after SLMM's next start.
    pub starts_with_slmm: Option<bool>,
    /// How many watch the meter live, all portals and this app together.
    pub watchers: u32,
    /// Whether it reaches the meter; `None` unless it runs.
    pub reachable: Option<bool>,
    /// At what pace it polls; `None` unless it runs.
    pub mode: Option<MonitorMode>,
}

/// What SLMM has on a meter.
#[derive(Debug, Clone, PartialEq)]
pub struct Device {
    /// Its name.
    pub unit: UnitId,
    /// Whether it measures.
    pub run: RunState,
    /// When SLMM noticed that the measurement began, UTC; `None` while stopped or unsaid.
    pub measuring_since: Option<Timestamp>,
    /// The last reading, with every level SLMM has; `None` where there never was one. Its levels are
    /// empty where the meter's own reply disagrees with them.
    pub reading: Option<Reading>,
    /// How the contact is.
    pub contact: Contact,
    /// Its supply.
    pub power: Power,
    /// How it is polled.
    pub polling: Polling,
    /// Its monitor; `None` where SLMM did not tell.
    pub monitor: Option<Monitor>,
}

/// What SLMM calls a meter of its roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registration {
    /// A name that we can ask SLMM about.
    Known(UnitId),
    /// A text that is no unit id of ours: such a meter can only be told of.
    Foreign(String),
}

impl Registration {
    /// The name as SLMM writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(unit) => unit.as_str(),
            Self::Foreign(name) => name,
        }
    }

    /// The meter, where it is one that can be asked about.
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Known(unit) => Some(unit),
            Self::Foreign(_) => None,
        }
    }
}

/// A meter of SLMM's roster. Hosts, ports and passwords, which SLMM tells as well, are not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterUnit {
    /// What SLMM calls it.
    pub name: Registration,
    /// Whether it measures.
    pub run: RunState,
    /// How the contact is.
    pub contact: Contact,
    /// How it is polled.
    pub polling: Polling,
    /// Its monitor; `None` where SLMM did not tell.
    pub monitor: Option<Monitor>,
}

/// What SLMM says of itself. It says so whatever becomes of its meters and its database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// What it calls itself.
    pub service: Option<String>,
    /// Which version it is; SLMM 0.4.0 does not say.
    pub version: Option<String>,
}
