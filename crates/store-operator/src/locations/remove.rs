//! The end of a location.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::LocationId;
use store::internal::millis;
use store::internal::schema::monitoring_locations as locations;

use super::expect_kept_location;
use crate::Operator;
use crate::act::Change;
use crate::assignments;
use crate::audit::State;
use crate::error::OperatorError;

impl Operator {
    /// Removes a location from its project. Its history is kept; a meter that stands there stands
    /// nowhere from now on.
    ///
    /// # Errors
    /// [`OperatorError::NotFound`] where it does not exist, [`OperatorError::Conflict`] where it
    /// is removed already.
    pub fn remove_location(&self, location: LocationId) -> Result<(), OperatorError> {
        self.act(|db| {
            let row = expect_kept_location(db, location)?;
            let now = self.now();
            let ended = assignments::end_all_at(db, &row.id, now)?;
            let mut projects = assignments::projects_of_units(db, &ended)?;
            if !projects.contains(&row.project_id) {
                projects.push(row.project_id);
            }
            diesel::update(locations::table.find(&row.id))
                .set(locations::removed_at.eq(millis(now)))
                .execute(db)?;
            let before = State::default().text("name", &row.name);
            let after = State::default()
                .plain("removed_at", now)
                .optional("meters_ended", (!ended.is_empty()).then(|| ended.join(" ")));
            let change = Change {
                action: "location.remove",
                subject: row.id,
                projects,
                before: Some(before),
                after: Some(after),
            };
            Ok(((), Some(change)))
        })
    }
}
