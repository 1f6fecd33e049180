//! Who has seen an event, and whether a meter is watched while nobody looks.

use domain::UnitId;
use slmm_operator::{Control, ControlError, Missing, StaffName};
use store_operator::{Details, DeviceAct, Fact};
use web::WebError;
use web::when::When;

use super::{unprocessable, upstream};
use crate::Office;
use crate::guard::Staff;

impl Office {
    /// Says that somebody has seen an event; gives the name under which that is said. SLMM would
    /// overwrite who saw it first.
    ///
    /// # Errors
    /// [`WebError::Conflict`] where somebody has; [`WebError::Missing`], [`WebError::Upstream`].
    pub(crate) async fn acknowledge(
        &self,
        staff: &Staff,
        meter: &UnitId,
        id: i64,
    ) -> Result<StaffName, WebError> {
        let name = StaffName::check(&staff.actor().name);
        let name = name.map_err(|error| unprocessable(vec![error]))?;
        self.unseen(staff, meter, id).await?;
        let details = Details::default()
            .after(Fact::Event, &id)
            .after(Fact::AcknowledgedBy, name.as_str());
        let (control, unit, by) = (self.control.clone(), meter.clone(), name.clone());
        let write = async move { control.acknowledge(&unit, id, &by).await };
        let done = self
            .at_slmm(staff, (DeviceAct::AcknowledgeEvent, meter), write, |_| {
                details
            })
            .await;
        // Also where it is not confirmed: what is remembered may be old either way.
        self.slmm.outdate_events(meter);
        done?;
        Ok(name)
    }

    /// That nobody has seen an event of the meter's newest.
    async fn unseen(&self, staff: &Staff, meter: &UnitId, id: i64) -> Result<(), WebError> {
        let events = self.control.events(meter, Control::MOST_EVENTS).await;
        let event = events
            .map_err(upstream)?
            .into_iter()
            .find(|event| event.id == id);
        let event = event.ok_or_else(|| upstream(ControlError::NotFound(Missing::Event)))?;
        let Some(seen) = event.acknowledged else {
            return Ok(());
        };
        let stay = self.current_stay(staff, meter).await?;
        let at = When::full(seen.at, &self.zone_of(stay.as_ref())).text;
        let by = seen.by.as_deref().unwrap_or("somebody");
        Err(WebError::Conflict(format!("Already seen by {by} at {at}.")))
    }

    /// Keeps a meter's monitor alive, or no longer: SLMM then watches its rules also while nobody
    /// looks. It asks the meter every 10 s for that, some 3 MB a day over the cellular network.
    ///
    /// # Errors
    /// [`WebError::Missing`], [`WebError::Upstream`].
    pub(crate) async fn keep_alive(
        &self,
        staff: &Staff,
        meter: &UnitId,
        on: bool,
    ) -> Result<(), WebError> {
        let act = if on {
            DeviceAct::KeepaliveOn
        } else {
            DeviceAct::KeepaliveOff
        };
        let (control, unit) = (self.control.clone(), meter.clone());
        let write = async move { control.keep_alive(&unit, on).await };
        self.at_slmm(staff, (act, meter), write, |_| Details::default())
            .await
    }
}
