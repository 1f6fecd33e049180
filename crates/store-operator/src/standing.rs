//! The meter that stands somewhere now.

use domain::{Tenure, UnitId};
use store::Stay;

/// A sound level meter that stands at a location now, and what of it is the location's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingMeter {
    /// The meter.
    pub unit: UnitId,
    /// Since when it stands there, and what was before: whatever the device layer says of it is
    /// the location's only within.
    pub tenure: Tenure,
}

impl From<&Stay> for StandingMeter {
    fn from(stay: &Stay) -> Self {
        Self {
            unit: stay.unit().clone(),
            tenure: stay.tenure(),
        }
    }
}
