//! Frames of a meter's live socket.

use domain::{LocationState, Observation, RunState, Timestamp};
use serde::Serialize;
use web::live::{Tells, TextFrame};

use crate::api::slmm::view::{ReadingView, run_word, utc};

/// A frame as it goes out.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum StaffFrame {
    /// What the meter says: all its levels.
    Reading {
        state: &'static str,
        run_state: &'static str,
        #[serde(flatten)]
        reading: ReadingView,
        measuring_since: Option<String>,
        /// Said only where it is true: the meter is not watched live, a frame comes every 5 s.
        #[serde(skip_serializing_if = "Option::is_none")]
        slow: Option<bool>,
    },
    /// SLMM cannot reach the meter, since then.
    Offline { at: String },
    /// Nothing is known yet.
    Waiting { at: String },
    /// Nothing new, but the line is alive.
    Heartbeat { at: String },
}

impl StaffFrame {
    /// What is said of the meter.
    pub(super) fn seen(seen: &Observation, run: RunState, slow: bool, now: Timestamp) -> Self {
        match (seen.state, seen.reading) {
            (LocationState::Offline, _) => Self::offline(now),
            (_, None) => Self::waiting(now),
            (state, Some(reading)) => Self::Reading {
                state: state.as_str(),
                run_state: run_word(run),
                reading: reading.into(),
                measuring_since: seen.measuring_since.map(utc),
                slow: slow.then_some(true),
            },
        }
    }

    pub(super) fn offline(at: Timestamp) -> Self {
        Self::Offline { at: utc(at) }
    }

    pub(super) fn waiting(at: Timestamp) -> Self {
        Self::Waiting { at: utc(at) }
    }

    pub(super) fn heartbeat(at: Timestamp) -> Self {
        Self::Heartbeat { at: utc(at) }
    }
}

impl Tells for StaffFrame {
    fn state(&self) -> &'static str {
        match self {
            Self::Reading { state, .. } => state,
            Self::Offline { .. } => "offline",
            Self::Waiting { .. } => "waiting",
            Self::Heartbeat { .. } => "heartbeat",
        }
    }

    fn encode(&self) -> TextFrame {
        // Numbers, texts and no maps: this always serialises.
        TextFrame::new(serde_json::to_string(self).unwrap_or_default())
    }
}
