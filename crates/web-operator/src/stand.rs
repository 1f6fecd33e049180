//! Where a meter stands now, and the local time there.

use domain::{TimeZone, UnitId};
use store_operator::StayRecord;
use web::WebError;

use crate::Office;
use crate::guard::Staff;

impl Office {
    /// The stay of a meter of the roster that lasts now.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn current_stay(
        &self,
        staff: &Staff,
        meter: &UnitId,
    ) -> Result<Option<StayRecord>, WebError> {
        let unit = meter.clone();
        let detail = self
            .desk
            .act(staff.actor(), move |operator| operator.unit_detail(&unit))
            .await?;
        Ok(detail.current)
    }

    /// The local time of a stay: its project's, or the site's where there is none.
    pub(crate) fn zone_of(&self, stay: Option<&StayRecord>) -> TimeZone {
        let own = stay.and_then(|stay| stay.project_time_zone.as_deref());
        own.and_then(|name| TimeZone::get(name).ok())
            .unwrap_or_else(|| self.settings.site_zone.clone())
    }
}
