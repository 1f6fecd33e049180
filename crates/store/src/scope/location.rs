//! A place of monitoring, and the meters that stood there.

use domain::{LocationId, Tenure, Timestamp, UnitId, Window};

/// A place in scope where sound is monitored.
#[derive(Debug)]
pub struct Location {
    pub(super) id: LocationId,
    pub(super) name: String,
    pub(super) position: Option<(f64, f64)>,
    pub(super) stays: Vec<Stay>,
}

impl Location {
    /// Its id.
    pub fn id(&self) -> LocationId {
        self.id
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Degrees north of the equator (WGS 84), where the place is known.
    pub fn latitude(&self) -> Option<f64> {
        self.position.map(|(latitude, _)| latitude)
    }

    /// Degrees east of Greenwich (WGS 84), where the place is known.
    pub fn longitude(&self) -> Option<f64> {
        self.position.map(|(_, longitude)| longitude)
    }

    /// The sound level meters' stays here that last, are yet to begin, or ended within two days
    /// (and so within the 48 hours that can be looked back), newest first. They do not overlap.
    pub fn stays(&self) -> &[Stay] {
        &self.stays
    }

    /// The stay of the meter that stands here at that moment; of a finished stay's own time too
    /// there is none.
    pub fn current(&self, now: Timestamp) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.is_current(now))
    }

    /// The stays with any moment inside that window, newest first.
    pub fn stays_within<'a>(&'a self, window: &'a Window) -> impl Iterator<Item = &'a Stay> {
        self.stays
            .iter()
            .filter(|stay| stay.tenure.window.overlaps(window))
    }
}

/// One meter's stay at one location.
#[derive(Debug)]
pub struct Stay {
    pub(super) unit: UnitId,
    pub(super) tenure: Tenure,
    pub(super) active: bool,
}

impl Stay {
    /// The meter.
    pub fn unit(&self) -> &UnitId {
        &self.unit
    }

    /// From when until when, and what was before. Whatever the device layer says of the meter is
    /// this location's only within.
    pub fn tenure(&self) -> Tenure {
        self.tenure
    }

    /// Whether the meter stands there at that moment.
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.active && self.tenure.window.contains(now)
    }
}
