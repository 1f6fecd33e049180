//! In which order people are shown the locations of a project.

use std::collections::HashMap;

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{LocationId, ProjectId};
use store::internal::schema::monitoring_locations as locations;

use super::{StoredLocation, kept};
use crate::Operator;
use crate::audit::State;
use crate::error::OperatorError;
use crate::projects::{change, expect_kept_project};

impl Operator {
    /// Puts the locations of a project in this order. It names each that is not removed, once.
    ///
    /// # Errors
    /// [`OperatorError::Invalid`] of `locations` where it names others, or not all, or one twice:
    /// then they may have changed since they were last looked at. [`OperatorError::NotFound`] or
    /// [`OperatorError::Conflict`] for a project that does not exist or is deleted.
    pub fn order_locations(
        &self,
        project: ProjectId,
        order: &[LocationId],
    ) -> Result<(), OperatorError> {
        self.act(|db| {
            let project_row = expect_kept_project(db, project)?;
            let before = kept(db, project)?;
            let after = ordered(&before, order)?;
            let names = |rows: &[&StoredLocation]| {
                let names: Vec<_> = rows.iter().map(|row| format!("{:?}", row.name)).collect();
                State::default().plain("order", names.join(" "))
            };
            let shown: Vec<_> = before.iter().collect();
            let is_as_before = shown.iter().zip(&after).all(|(old, new)| old.id == new.id);
            if is_as_before {
                return Ok(((), None));
            }
            for (place, row) in (0_i32..).zip(&after) {
                if row.sort_order != place {
                    diesel::update(locations::table.find(&row.id))
                        .set(locations::sort_order.eq(place))
                        .execute(db)?;
                }
            }
            let action = "project.order-locations";
            let change = change(action, &project_row.id, Some(names(&shown)), names(&after));
            Ok(((), Some(change)))
        })
    }
}

/// The rows in that order, each of them once.
fn ordered<'a>(
    rows: &'a [StoredLocation],
    order: &[LocationId],
) -> Result<Vec<&'a StoredLocation>, OperatorError> {
    let refused = |what: String| {
        let problem = format!("each location of the project is named once: {what}");
        Err(OperatorError::invalid("locations", problem))
    };
    let mut left: HashMap<String, &StoredLocation> =
        rows.iter().map(|row| (row.id.clone(), row)).collect();
    let mut ordered: Vec<&StoredLocation> = Vec::with_capacity(rows.len());
    for id in order {
        let id = id.to_string();
        match left.remove(&id) {
            Some(row) => ordered.push(row),
            None if ordered.iter().any(|row| row.id == id) => {
                return refused(format!("{id} is named twice"));
            }
            None => return refused(format!("{id} is none of them")),
        }
    }
    match rows.iter().find(|row| left.contains_key(&row.id)) {
        Some(row) => refused(format!("{:?} is missing", row.name)),
        None => Ok(ordered),
    }
}
