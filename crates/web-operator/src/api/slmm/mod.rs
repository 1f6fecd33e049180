//! `/api/slmm/{unit_id}/…`: what staff may ask of SLMM about a meter of the roster, and change
//! there. What is sent is checked here first, for SLMM checks nothing.

pub(crate) mod device;
pub(crate) mod events;
pub(crate) mod rules;
mod view;

use domain::UnitId;
use slmm_operator::{ControlError, FieldError};
use store_operator::{Details, DeviceAct};
use web::{FieldProblem, WebError};

use crate::Office;
use crate::guard::Staff;

impl Office {
    /// The meter of that name, if it is in the roster.
    async fn meter(&self, staff: &Staff, name: &str) -> Result<UnitId, WebError> {
        let name = name.to_owned();
        let known = self
            .desk
            .act(staff.actor(), move |operator| operator.unit(&name))
            .await;
        // A name that can be none is of no meter either.
        known.map_err(|error| match error {
            WebError::Unprocessable(_) => WebError::NotFound,
            other => other,
        })
    }

    /// Puts on the record what SLMM has done.
    async fn record(
        &self,
        staff: &Staff,
        act: DeviceAct,
        meter: UnitId,
        details: Details,
    ) -> Result<(), WebError> {
        self.desk
            .act(staff.actor(), move |operator| {
                operator.record(act, &meter, &details)
            })
            .await
    }
}

/// What staff are told of a call that came to nothing.
fn upstream(error: ControlError) -> WebError {
    match error {
        ControlError::NotFound(_) => WebError::NotFound,
        ControlError::Unavailable
        | ControlError::Unsure
        | ControlError::Refused { .. }
        | ControlError::Faulty
        | ControlError::RulesUnlistable => WebError::Upstream(error.to_string()),
    }
}

fn unprocessable(errors: Vec<FieldError>) -> WebError {
    let problem = |error: FieldError| FieldProblem::new(error.field, error.right);
    WebError::Unprocessable(errors.into_iter().map(problem).collect())
}
