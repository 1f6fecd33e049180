//! How a location stands: its state, and where it measures, its distance to the limits in force.

use domain::{
    BreachStatus, Comparison, Limit, LocationState, Margin, TimeZone, Timestamp, in_force,
};
use serde::Serialize;

use crate::survey::Sight;

/// What is said of a location in one word. The order is that of concern: what wants looking at
/// comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Measuring, and a limit upwards is being broken.
    Above,
    /// Measuring, and a limit downwards is being broken.
    Under,
    /// Measuring, past the level of a limit in force, with no breach yet.
    Over,
    /// Measuring, within [`Margin::NEAR`] of the tightest limit in force.
    Near,
    /// Measuring, and below every limit in force.
    Below,
    /// Measuring, and on the right side of every limit in force, one of them downwards.
    Within,
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
            LocationState::Measuring if sight.above_limit() => match broken(sight) {
                Some(limit) if limit.comparison == Comparison::Below => Self::Under,
                _ => Self::Above,
            },
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
        let (Some(limits), Some(_), Some(reading)) = (
            sight.limits.as_deref(),
            &sight.events,
            sight.sighting.observation.reading,
        ) else {
            return Self::Unknown;
        };
        let held = |limit| Margin::of(limit, &reading.levels);
        let margins: Vec<_> = in_force(limits, now, limits_zone).map(held).collect();
        let worst = margins.iter().flatten().map(|margin| margin.over);
        match worst.reduce(f64::max) {
            Some(over) if over > 0.0 => Self::Over,
            Some(over) if over >= -Margin::NEAR => Self::Near,
            // A limit that cannot be held against a level is not known to be kept.
            _ if margins.iter().any(Option::is_none) => Self::Unknown,
            None => Self::Free,
            Some(_) => {
                let mut sides = margins.iter().flatten();
                if sides.any(|margin| margin.limit.comparison == Comparison::Below) {
                    Self::Within
                } else {
                    Self::Below
                }
            }
        }
    }

    /// Whether its readings are current.
    pub(crate) fn is_live(self) -> bool {
        self <= Self::Free
    }

    /// Whether a limit is being broken, as far as is known now.
    pub(crate) fn is_broken(self) -> bool {
        matches!(self, Self::Above | Self::Under)
    }

    /// The shape and the words.
    pub(crate) fn mark(self) -> Mark {
        let (class, label) = match self {
            Self::Above => ("above", "Above limit"),
            Self::Under => ("above", "Under limit"),
            Self::Over => ("near", "Past limit level"),
            Self::Near => ("near", "Within 3 dB of limit"),
            Self::Below => ("below", "Below limit"),
            Self::Within => ("below", "Within limits"),
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

/// The limit that is being broken the longest, where it is still among the limits.
fn broken<'a>(sight: &'a Sight<'_>) -> Option<&'a Limit> {
    let breaches = sight.events.iter().flat_map(|events| &events.breaches);
    let active = breaches.filter(|breach| breach.status == BreachStatus::Active);
    let first = active.min_by_key(|breach| breach.onset_at)?;
    let limits = sight.limits.as_deref().unwrap_or_default();
    limits.iter().find(|limit| {
        limit.name == first.limit
            && limit.metric == Some(first.metric)
            && (limit.threshold - first.threshold).abs() < 0.05
    })
}

/// The margin to the limit that is being broken, or else to the tightest one in force, where limits
/// and levels are known.
pub(crate) fn tightest<'a>(
    sight: &'a Sight<'_>,
    now: Timestamp,
    limits_zone: &'a TimeZone,
) -> Option<Margin<'a>> {
    let limits = sight.limits.as_deref()?;
    let levels = sight.sighting.observation.reading?.levels;
    let broken = broken(sight).and_then(|limit| Margin::of(limit, &levels));
    broken.or_else(|| Margin::tightest(in_force(limits, now, limits_zone), &levels))
}
