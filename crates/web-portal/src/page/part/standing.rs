//! How a location stands: its state, and where it measures, its distance to the limits in force.

use domain::{LocationState, Margin, TimeZone, Timestamp, in_force};
use serde::Serialize;

use crate::survey::Sight;

/// What is said of a location in one word. The order is that of concern: what wants looking at
/// comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Measuring, and a breach is in progress.
    Above,
    /// Measuring, within [`Margin::NEAR`] of the tightest limit in force or past its level, with
    /// no breach yet.
    Near {
        /// Whether the level is past the limit's.
        over: bool,
    },
    /// Measuring, and below every limit in force.
    Below,
    /// Measuring, with limits in force that cannot be held against a level, or whose state SLMM
    /// did not tell.
    Unknown,
    /// Measuring, with no limit in force.
    Free,
    /// Thought to be measuring, but nothing new has come for a while.
    Stale,
    /// SLMM cannot reach the meter.
    Offline,
    /// The meter stands still.
    Stopped,
    /// SLMM knows no reading.
    NoData,
    /// SLMM did not answer and nothing recent is remembered.
    Unavailable,
    /// Nothing is assigned.
    NoMeter,
}

/// A standing in a shape, a colour and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Mark {
    /// Names the shape in the sprite (`i-above`) and the colour in the style sheet.
    pub(in crate::page) class: &'static str,
    pub(in crate::page) label: &'static str,
}

impl Standing {
    /// How a location stands at `now`, the hours of limits being read in `limits_zone`.
    pub(crate) fn of(sight: &Sight<'_>, now: Timestamp, limits_zone: &TimeZone) -> Self {
        match sight.sighting.observation.state {
            LocationState::Measuring if sight.above_limit() => Self::Above,
            LocationState::Measuring => Self::measuring(sight, now, limits_zone),
            LocationState::Stale => Self::Stale,
            LocationState::Offline => Self::Offline,
            LocationState::Stopped => Self::Stopped,
            LocationState::NoData => Self::NoData,
            LocationState::Unavailable => Self::Unavailable,
            LocationState::NoMeter => Self::NoMeter,
        }
    }

    fn measuring(sight: &Sight<'_>, now: Timestamp, limits_zone: &TimeZone) -> Self {
        let (Some(limits), Some(_)) = (sight.limits.as_deref(), &sight.events) else {
            return Self::Unknown;
        };
        match tightest(sight, now, limits_zone) {
            Some(margin) if margin.is_near() => Self::Near {
                over: margin.over > 0.0,
            },
            Some(_) => Self::Below,
            None if in_force(limits, now, limits_zone).next().is_some() => Self::Unknown,
            None => Self::Free,
        }
    }

    /// Whether its readings are current.
    pub(crate) fn is_live(self) -> bool {
        matches!(
            self,
            Self::Above | Self::Near { .. } | Self::Below | Self::Unknown | Self::Free
        )
    }

    /// The shape and the words.
    pub(crate) fn mark(self) -> Mark {
        let (class, label) = match self {
            Self::Above => ("above", "Above limit"),
            Self::Near { over: true } => ("near", "Over limit level"),
            Self::Near { over: false } => ("near", "Within 3 dB of limit"),
            Self::Below => ("below", "Below limit"),
            Self::Unknown => ("unknown", "Measuring"),
            Self::Free => ("free", "Measuring"),
            Self::Stale => ("stale", "Stale"),
            Self::Offline => ("offline", "Offline"),
            Self::Stopped => ("stopped", "Stopped"),
            Self::NoData => ("no-data", "No data"),
            Self::Unavailable => ("unavailable", "Unavailable"),
            Self::NoMeter => ("no-meter", "No meter"),
        };
        Mark { class, label }
    }
}

/// The margin to the tightest limit in force, where limits and levels are known.
pub(crate) fn tightest<'a>(
    sight: &'a Sight<'_>,
    now: Timestamp,
    limits_zone: &'a TimeZone,
) -> Option<Margin<'a>> {
    let limits = sight.limits.as_deref()?;
    let reading = sight.sighting.observation.reading?;
    Margin::tightest(in_force(limits, now, limits_zone), &reading.levels)
}
