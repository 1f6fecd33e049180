//! What SLMM says of a meter, question by question.

use domain::{TimeZone, Timestamp, UnitId};
use futures_util::future::join3;
use slmm_operator::{ControlError, Device, Rule, RuleEvent};

use super::parts::{EventLine, believed};
use crate::Office;
use crate::slmm_acts::NO_METER;

/// How many events the page lists.
const EVENTS: u16 = 50;

/// What SLMM says of a meter; each answer may be missing for itself.
pub(super) struct Told {
    pub(super) device: Result<Device, ControlError>,
    pub(super) rules: Result<Vec<Rule>, ControlError>,
    events: Result<Vec<RuleEvent>, ControlError>,
}

impl Told {
    /// Asks SLMM.
    pub(super) async fn of(office: &Office, meter: &UnitId) -> Self {
        let control = &office.control;
        let (device, rules, events) = join3(
            control.device(meter),
            control.rules(meter),
            control.events(meter, EVENTS),
        )
        .await;
        Self {
            device,
            rules,
            events,
        }
    }

    /// Whether SLMM says that it keeps the meter's monitor alive.
    pub(super) fn kept_alive(&self) -> bool {
        let device = self.device.as_ref().ok();
        let monitor = device.and_then(|device| device.monitor);
        monitor.is_some_and(|monitor| monitor.kept_alive)
    }

    /// The events as lines, told in that zone; `None` where SLMM did not say. Rules keep their hours
    /// `of_slmm`.
    pub(super) fn lines(
        &self,
        of_slmm: &TimeZone,
        (zone, now): (&TimeZone, Timestamp),
    ) -> Option<Vec<EventLine>> {
        let events = self.events.as_ref().ok()?;
        let (rules, device) = (self.rules.as_deref().ok(), self.device.as_ref().ok());
        let going_on = believed(events, rules, device, of_slmm, now);
        let line = |(event, goes_on)| EventLine::new(event, zone, now).unless(goes_on);
        Some(events.iter().zip(going_on).map(line).collect())
    }
}

/// Why it cannot be told how a meter is.
pub(super) fn away(error: ControlError) -> &'static str {
    match error {
        ControlError::NotFound(_) => NO_METER,
        ControlError::Unavailable | ControlError::Unsure => {
            "SLMM does not answer, so how the meter is cannot be told."
        }
        ControlError::Refused { .. } | ControlError::Faulty | ControlError::RulesUnlistable => {
            "What answers in SLMM's place cannot be understood, so how the meter is cannot be told."
        }
    }
}
