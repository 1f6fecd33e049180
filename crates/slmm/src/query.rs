//! Everything SLMM is ever asked. Nothing in a path was chosen by a visitor.

use domain::UnitId;

use crate::event_list::MOST;

/// How far back a trail is fetched. SLMM keeps about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrailSpan {
    /// Two hours.
    TwoHours,
    /// A day.
    Day,
    /// Two days, the most SLMM can be asked for.
    TwoDays,
}

impl TrailSpan {
    /// The shortest span that covers that many hours; the longest for anything else.
    pub fn covering(hours: f64) -> Self {
        if hours <= 2.0 {
            Self::TwoHours
        } else if hours <= 24.0 {
            Self::Day
        } else {
            Self::TwoDays
        }
    }

    /// The span, h.
    pub fn hours(self) -> u8 {
        match self {
            Self::TwoHours => 2,
            Self::Day => 24,
            Self::TwoDays => 48,
        }
    }
}

/// The path of a meter's feed after the base URL.
pub(crate) fn feed_target(unit: &UnitId) -> String {
    format!("/api/nl43/{unit}/monitor")
}

/// One thing to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Query {
    Monitors,
    Status(UnitId),
    Limits(UnitId),
    Events(UnitId),
    Trail(UnitId, TrailSpan),
}

impl Query {
    /// The path and query after the base URL.
    pub(crate) fn target(&self) -> String {
        match self {
            Self::Monitors => "/api/nl43/_monitor/status".to_owned(),
            Self::Status(unit) => format!("/api/nl43/{unit}/status"),
            Self::Limits(unit) => format!("/api/nl43/{unit}/alerts/rules"),
            Self::Events(unit) => format!("/api/nl43/{unit}/alerts/events?limit={MOST}"),
            Self::Trail(unit, span) => {
                format!("/api/nl43/{unit}/history?hours={}", span.hours())
            }
        }
    }

    /// The largest body accepted, bytes. A day's trail has 160 kB, 500 events 200 kB.
    pub(crate) fn body_limit(&self) -> usize {
        const MIB: usize = 1 << 20;
        match self {
            Self::Monitors | Self::Status(_) | Self::Limits(_) => MIB,
            Self::Events(_) | Self::Trail(..) => 4 * MIB,
        }
    }

    /// What is asked, for the log.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Monitors => "monitors",
            Self::Status(_) => "status",
            Self::Limits(_) => "rules",
            Self::Events(_) => "events",
            Self::Trail(..) => "history",
        }
    }

    /// Whom it is about, for the log.
    pub(crate) fn unit(&self) -> &str {
        match self {
            Self::Monitors => "",
            Self::Status(unit) | Self::Limits(unit) | Self::Events(unit) | Self::Trail(unit, _) => {
                unit.as_str()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_covers_what_was_asked() {
        for (hours, span) in [
            (0.1, TrailSpan::TwoHours),
            (2.0, TrailSpan::TwoHours),
            (2.1, TrailSpan::Day),
            (24.0, TrailSpan::Day),
            (48.0, TrailSpan::TwoDays),
            (f64::NAN, TrailSpan::TwoDays),
        ] {
            assert_eq!(TrailSpan::covering(hours), span, "{hours}");
        }
    }
}
