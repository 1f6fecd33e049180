//! What is said of a location: one word, and perhaps a reading.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::names::vocabulary;
use crate::reading::{Levels, MeterStatus, Reading, RunState};
use crate::tenure::Tenure;

vocabulary! {
    /// The state of a location, as people are told it.
    LocationState: "measuring, stopped, stale, offline, no_data, no_meter, unavailable" {
        /// Measuring, with a fresh reading.
        Measuring = "measuring",
        /// The meter stands still.
        Stopped = "stopped",
        /// Thought to be measuring, but nothing new has come for a while.
        Stale = "stale",
        /// SLMM cannot reach the meter.
        Offline = "offline",
        /// SLMM knows no reading.
        NoData = "no_data",
        /// Nothing is assigned.
        NoMeter = "no_meter",
        /// SLMM did not answer and nothing recent is remembered.
        Unavailable = "unavailable",
    }
}

/// What can be said of a location now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// The one word.
    pub state: LocationState,
    /// The reading that may be shown beside it.
    pub reading: Option<Reading>,
    /// Since when the measurement runs, where that is known and of this stay.
    pub measuring_since: Option<Timestamp>,
}

impl Observation {
    /// A state with nothing to show.
    pub fn bare(state: LocationState) -> Self {
        Self {
            state,
            reading: None,
            measuring_since: None,
        }
    }
}

/// Says what a meter's status means for the location at which it stands.
///
/// The rules, in this order: a reading from before the stay is none; running values of a
/// measurement that may have begun at another location are withheld ([`Tenure`]); a meter that
/// SLMM cannot reach is offline whatever it last said; without a reading there is no data;
/// a run state that SLMM does not know cannot vouch for its values, so they are stale, and so is
/// what is further off than `stale_after`, in the past or by a clock that was set back.
pub fn observe(
    status: &MeterStatus,
    tenure: &Tenure,
    stale_after: Duration,
    now: Timestamp,
) -> Observation {
    let reading = status
        .reading
        .filter(|reading| tenure.window.contains(reading.at))
        .map(|reading| clear_of_others(reading, status, tenure))
        .filter(|reading| !reading.levels.is_empty());
    let state = match (status.reachable, &reading, status.run) {
        (false, _, _) => LocationState::Offline,
        (true, None, _) => LocationState::NoData,
        (true, Some(_), RunState::Stopped) => LocationState::Stopped,
        (true, Some(_), RunState::Unknown) => LocationState::Stale,
        (true, Some(reading), RunState::Measuring) => {
            if is_far_off(reading.at, stale_after, now) {
                LocationState::Stale
            } else {
                LocationState::Measuring
            }
        }
    };
    let measuring_since = status
        .measuring_since
        .filter(|since| status.run == RunState::Measuring && tenure.window.contains(*since));
    Observation {
        state,
        reading,
        measuring_since,
    }
}

fn clear_of_others(reading: Reading, status: &MeterStatus, tenure: &Tenure) -> Reading {
    let told = status
        .measuring_since
        .filter(|_| status.run == RunState::Measuring);
    let began = Tenure::settled(told, reading.at);
    // A meter that stands still holds its last results for as long as nobody starts it, so no
    // time makes those of another site this one's.
    let held = status.run == RunState::Stopped && tenure.left_elsewhere_at.is_some();
    let levels: Levels = if held || tenure.may_carry_over(began, reading.at) {
        reading.levels.without_running()
    } else {
        reading.levels
    };
    Reading {
        at: reading.at,
        levels,
    }
}

/// How far SLMM's clock may run ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// Whether it is too old, or of a time so far ahead that its age cannot be told: a clock was set
/// back since, and it would be new for as long as that takes to come round.
fn is_far_off(at: Timestamp, limit: Duration, now: Timestamp) -> bool {
    let limit = SignedDuration::try_from(limit).unwrap_or(SignedDuration::MAX);
    let age = now.duration_since(at);
    age > limit || age < -AHEAD
}
