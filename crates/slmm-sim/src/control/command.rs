//! The same in JSON, for `/_sim`.

use domain::{Metric, Timestamp};
use serde::{Deserialize, Deserializer};

use crate::error::SimError;
use crate::meter::Reach;
use crate::sim::Sim;
use crate::times;

/// One thing to do to a unit, as `POST /_sim/units/{unit}` takes it, for example
/// `{"do":"force","metric":"lp","text":"-.-"}`. Each is the method of [`Sim`] that it is named for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the methods of `Sim` say what each does")]
pub enum Command {
    Level {
        db: Option<f64>,
    },
    Force {
        #[serde(deserialize_with = "metric")]
        metric: Metric,
        text: Option<String>,
    },
    ForceNamed {
        #[serde(deserialize_with = "metric")]
        metric: Metric,
        text: Option<String>,
    },
    Blank,
    ShiftFields,
    Raw {
        text: String,
    },
    RunState {
        text: Option<String>,
    },
    Restore,
    Reach {
        reach: Reach,
    },
    Start,
    Stop,
    ResetResults,
    MeasuringSince {
        #[serde(deserialize_with = "times::required")]
        at: Timestamp,
    },
    NeverReached,
    DropRow {
        dropped: bool,
    },
    PollerOnly {
        on: bool,
    },
    Reachability {
        is_reachable: bool,
        consecutive_failures: u32,
        last_error: Option<String>,
    },
    Stall {
        on: bool,
    },
    Poll,
    Frame {
        text: String,
    },
    CloseFeeds,
    ClearTrail,
}

impl Sim {
    /// Does something to a unit.
    pub fn apply(&self, unit: &str, command: Command) -> Result<(), SimError> {
        match command {
            Command::Level { db } => self.set_level(unit, db),
            Command::Force { metric, text } => self.force(unit, metric, text.as_deref()),
            Command::ForceNamed { metric, text } => self.force_named(unit, metric, text.as_deref()),
            Command::Blank => self.blank(unit),
            Command::ShiftFields => self.shift_fields(unit),
            Command::Raw { text } => self.set_raw(unit, &text),
            Command::RunState { text } => self.set_run_state(unit, text.as_deref()),
            Command::Restore => self.restore(unit),
            Command::Reach { reach } => self.set_reach(unit, reach),
            Command::Start => self.start_measuring(unit),
            Command::Stop => self.stop_measuring(unit),
            Command::ResetResults => self.reset_results(unit),
            Command::MeasuringSince { at } => self.set_measuring_since(unit, at),
            Command::NeverReached => self.set_never_reached(unit),
            Command::DropRow { dropped } => self.drop_row(unit, dropped),
            Command::PollerOnly { on } => self.set_poller_only(unit, on),
            Command::Reachability {
                is_reachable,
                consecutive_failures,
                last_error,
            } => {
                let error = last_error.as_deref();
                self.set_reachability(unit, is_reachable, consecutive_failures, error)
            }
            Command::Stall { on } => self.stall(unit, on),
            Command::Poll => self.poll(unit),
            Command::Frame { text } => self.send_frame(unit, &text),
            Command::CloseFeeds => self.close_feeds(unit),
            Command::ClearTrail => self.clear_trail(unit),
        }
    }
}

fn metric<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Metric, D::Error> {
    String::deserialize(deserializer)?
        .parse()
        .map_err(serde::de::Error::custom)
}
