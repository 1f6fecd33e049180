//! A meter's stay at a location, and what of its memory belongs to that stay.

use jiff::{SignedDuration, Timestamp};

use crate::window::Window;

/// The window in which a location has a meter, with what is needed to keep the meter's earlier
/// life out of it.
///
/// `Leq`, `Lmax`, `Lpeak` and the percentiles sum up a measurement since its start. A meter that
/// was carried here while measuring still has the sound of the other site in them, so a reading
/// taken after the move is not yet clear of the time before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenure {
    /// The stay itself.
    pub window: Window,
    /// When the meter last left another location before this stay; `None` if it never stood
    /// elsewhere.
    pub left_elsewhere_at: Option<Timestamp>,
}

impl Tenure {
    /// How long after a move an unknown start of measurement may still lie before the move.
    /// Meters are restarted every day for their download; two days leave room for one miss.
    pub const CARRY_OVER: SignedDuration = SignedDuration::from_hours(48);

    /// How long a start that SLMM tells has to stand before it is believed. After its own order to
    /// stop SLMM takes the meter for started anew, for up to 30 s, while it still tells what was
    /// summed up before (SLMM 0.4.0).
    pub const SETTLING: SignedDuration = SignedDuration::from_secs(60);

    /// The start of measurement that SLMM told, where it proves something of values read at `at`:
    /// it lies before them, and has stood for [`Self::SETTLING`].
    pub fn settled(told: Option<Timestamp>, at: Timestamp) -> Option<Timestamp> {
        told.filter(|began| at.duration_since(*began) >= Self::SETTLING)
    }

    /// Whether running values read at `at` may hold sound from another location.
    ///
    /// `began` is when that measurement began, where known ([`Self::settled`]). A known start
    /// decides; an unknown one is doubted for [`Self::CARRY_OVER`] after the meter left the other
    /// location.
    pub fn may_carry_over(&self, began: Option<Timestamp>, at: Timestamp) -> bool {
        match (self.left_elsewhere_at, began) {
            (None, _) => false,
            (Some(_), Some(began)) => began < self.window.from,
            (Some(left), None) => at.duration_since(left) < Self::CARRY_OVER,
        }
    }
}
