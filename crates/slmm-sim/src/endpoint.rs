//! What a request asks for.

use std::fmt;

/// The kinds of request that faults and counters tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `GET /health`
    Health,
    /// `GET /roster`
    Roster,
    /// `GET /{unit}/status`
    Status,
    /// `GET /{unit}/history`
    History,
    /// `/{unit}/alerts/rules` and below, every method
    Rules,
    /// `/{unit}/alerts/events` and below
    Events,
    /// `GET /_monitor/status`
    MonitorStatus,
    /// `POST /{unit}/monitor/start` and `stop`
    MonitorControl,
    /// The socket `/{unit}/monitor`
    Feed,
}

impl Endpoint {
    /// What a path asks for, and of which unit; `None` for a path that SLMM does not have.
    pub(crate) fn of_path(path: &str) -> Option<(Self, Option<&str>)> {
        if path == "/health" {
            return Some((Self::Health, None));
        }
        let segments: Vec<&str> = path.strip_prefix("/api/nl43/")?.split('/').collect();
        Some(match segments.as_slice() {
            ["roster"] => (Self::Roster, None),
            ["_monitor", "status"] => (Self::MonitorStatus, None),
            [unit, "status"] => (Self::Status, Some(unit)),
            [unit, "history"] => (Self::History, Some(unit)),
            [unit, "alerts", "rules", ..] => (Self::Rules, Some(unit)),
            [unit, "alerts", "events", ..] => (Self::Events, Some(unit)),
            [unit, "monitor"] => (Self::Feed, Some(unit)),
            [unit, "monitor", "start" | "stop"] => (Self::MonitorControl, Some(unit)),
            _ => return None,
        })
    }

    /// Whether answering takes one of SLMM's database sessions.
    pub(crate) fn uses_database(self) -> bool {
        !matches!(self, Self::Health | Self::MonitorStatus | Self::Feed)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Health => "health",
            Self::Roster => "roster",
            Self::Status => "status",
            Self::History => "history",
            Self::Rules => "rules",
            Self::Events => "events",
            Self::MonitorStatus => "monitor_status",
            Self::MonitorControl => "monitor_control",
            Self::Feed => "feed",
        })
    }
}
