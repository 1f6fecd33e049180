//! Everything SLMM is ever asked on behalf of staff: one table of methods and paths.

use awc::http::Method;
use domain::UnitId;

const MIB: usize = 1 << 20;

/// One thing to ask or to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Call {
    Health,
    Roster,
    Monitors,
    Status(UnitId),
    Rules(UnitId),
    Events(UnitId, u16),
    CreateRule(UnitId, Vec<u8>),
    ReplaceRule(UnitId, i64, Vec<u8>),
    DeleteRule(UnitId, i64),
    Acknowledge(UnitId, i64, String),
    KeepAlive(UnitId, bool),
}

impl Call {
    pub(crate) fn method(&self) -> Method {
        match self {
            Self::Health
            | Self::Roster
            | Self::Monitors
            | Self::Status(_)
            | Self::Rules(_)
            | Self::Events(..) => Method::GET,
            Self::CreateRule(..) | Self::Acknowledge(..) | Self::KeepAlive(..) => Method::POST,
            Self::ReplaceRule(..) => Method::PUT,
            Self::DeleteRule(..) => Method::DELETE,
        }
    }

    /// Whether SLMM is another afterwards.
    pub(crate) fn is_write(&self) -> bool {
        self.method() != Method::GET
    }

    /// The path after the base URL. A meter's name stands in it as it is, which is safe by its kind.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Health => "/health".to_owned(),
            Self::Roster => "/api/nl43/roster".to_owned(),
            Self::Monitors => "/api/nl43/_monitor/status".to_owned(),
            Self::Status(unit) => format!("/api/nl43/{unit}/status"),
            Self::Rules(unit) | Self::CreateRule(unit, _) => {
                format!("/api/nl43/{unit}/alerts/rules")
            }
            Self::ReplaceRule(unit, id, _) | Self::DeleteRule(unit, id) => {
                format!("/api/nl43/{unit}/alerts/rules/{id}")
            }
            Self::Events(unit, _) => format!("/api/nl43/{unit}/alerts/events"),
            Self::Acknowledge(unit, id, _) => format!("/api/nl43/{unit}/alerts/events/{id}/ack"),
            Self::KeepAlive(unit, true) => format!("/api/nl43/{unit}/monitor/start"),
            Self::KeepAlive(unit, false) => format!("/api/nl43/{unit}/monitor/stop"),
        }
    }

    /// The one parameter of the query, where there is one, before it is encoded.
    pub(crate) fn query(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Events(_, limit) => Some(("limit", limit.to_string())),
            Self::Acknowledge(_, _, by) => Some(("by", by.clone())),
            _ => None,
        }
    }

    /// The JSON to send.
    pub(crate) fn body(&self) -> Option<&[u8]> {
        match self {
            Self::CreateRule(_, body) | Self::ReplaceRule(_, _, body) => Some(body),
            _ => None,
        }
    }

    /// The largest reply accepted, bytes. A meter has 0.5 kB in the roster, an event 0.4 kB.
    pub(crate) fn reply_limit(&self) -> usize {
        match self {
            Self::Roster | Self::Events(..) => 4 * MIB,
            _ => MIB,
        }
    }

    /// What it is, for the log.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Roster => "roster",
            Self::Monitors => "monitors",
            Self::Status(_) => "status",
            Self::Rules(_) => "rules",
            Self::Events(..) => "events",
            Self::CreateRule(..) => "create rule",
            Self::ReplaceRule(..) => "replace rule",
            Self::DeleteRule(..) => "delete rule",
            Self::Acknowledge(..) => "acknowledge",
            Self::KeepAlive(..) => "keepalive",
        }
    }

    /// Whom it is about, for the log.
    pub(crate) fn unit(&self) -> &str {
        match self {
            Self::Health | Self::Roster | Self::Monitors => "",
            Self::Status(unit)
            | Self::Rules(unit)
            | Self::Events(unit, _)
            | Self::CreateRule(unit, _)
            | Self::ReplaceRule(unit, _, _)
            | Self::DeleteRule(unit, _)
            | Self::Acknowledge(unit, _, _)
            | Self::KeepAlive(unit, _) => unit.as_str(),
        }
    }
}
