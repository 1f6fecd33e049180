//! Frames of the live socket.

use domain::{LocationState, Observation, Timestamp};
use serde::Serialize;
use web::live::{Tells, TextFrame};

use super::{ReadingView, Utc};

/// A frame as it goes out.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum StreamFrame {
    /// What the meter says.
    Reading {
        state: &'static str,
        #[serde(flatten)]
        reading: ReadingView,
        /// Said only where it is true: the meter is not watched live, a frame comes every 5 s.
        #[serde(skip_serializing_if = "Option::is_none")]
        slow: Option<bool>,
    },
    /// SLMM cannot reach the meter, since then.
    Offline { at: Utc },
    /// Nothing is known yet.
    Waiting { at: Utc },
    /// Nothing new, but the line is alive.
    Heartbeat { at: Utc },
}

impl StreamFrame {
    /// What is said of the location.
    pub(crate) fn seen(observation: &Observation, slow: bool, now: Timestamp) -> Self {
        let Observation {
            state,
            reading,
            measuring_since: _,
        } = *observation;
        match (state, reading) {
            (LocationState::Offline, _) => Self::offline(now),
            (_, None) => Self::waiting(now),
            (state, Some(reading)) => Self::Reading {
                state: state.as_str(),
                reading: reading.into(),
                slow: slow.then_some(true),
            },
        }
    }

    pub(crate) fn offline(at: Timestamp) -> Self {
        Self::Offline { at: Utc(at) }
    }

    pub(crate) fn waiting(at: Timestamp) -> Self {
        Self::Waiting { at: Utc(at) }
    }

    pub(crate) fn heartbeat(at: Timestamp) -> Self {
        Self::Heartbeat { at: Utc(at) }
    }
}

impl Tells for StreamFrame {
    fn state(&self) -> &'static str {
        match self {
            Self::Reading {
                state,
                reading: _,
                slow: _,
            } => state,
            Self::Offline { at: _ } => "offline",
            Self::Waiting { at: _ } => "waiting",
            Self::Heartbeat { at: _ } => "heartbeat",
        }
    }

    fn encode(&self) -> TextFrame {
        // Numbers, texts and no maps: this always serialises.
        TextFrame::new(serde_json::to_string(self).unwrap_or_default())
    }
}
