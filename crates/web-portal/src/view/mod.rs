//! What leaves the portal as JSON: a list of what goes out, not of what is taken away.
//!
//! Each projection takes its source apart by name and without `..`, so that a new field in the
//! source does not compile until somebody has decided whether it may leave.

mod events;
mod live;
mod overview;
mod stream;
mod thresholds;

pub(crate) use events::{EventsView, ProjectEventsView};
pub(crate) use live::{LiveView, LocationName, ReadingView};
pub(crate) use overview::OverviewView;
pub(crate) use stream::StreamFrame;
pub(crate) use thresholds::ThresholdsView;

use domain::{Decibel, Timestamp};
use serde::{Serialize, Serializer};

/// A time as it goes out: RFC 3339, UTC, whole seconds, `Z`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Utc(pub(crate) Timestamp);

impl Serialize for Utc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:.0}", self.0))
    }
}

/// A level as it goes out: dB with one decimal.
pub(crate) fn level(level: Option<Decibel>) -> Option<f64> {
    level.map(Decibel::rounded)
}

/// A number of dB that is no level (a threshold), with one decimal.
pub(crate) fn one_decimal(db: f64) -> f64 {
    (db * 10.0).round() / 10.0
}
