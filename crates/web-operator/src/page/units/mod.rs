//! The meters: the roster, one meter with its history, and what is said of it anew.

pub(crate) mod detail;
pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod place;
pub(crate) mod retire;
pub(super) mod stay;

use domain::{TimeZone, Timestamp, UnitId};
use store_operator::{OperatorError, UnitRecord};
use web::WebError;

use super::form::{Field, Sent};
use crate::error::refused;

/// A meter's name out of an address.
fn unit_of(id: &str) -> Result<UnitId, WebError> {
    store_operator::unit_id(id).map_err(|_no_name| WebError::NotFound)
}

/// A day as forms and pages write it; calibration is due on a day, not at an hour.
fn day(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).date().to_string()
}

/// What can be said of any meter.
fn fields(serial: &str, model: &str, due: &str) -> Vec<Field> {
    vec![
        Field::text("serial", "Serial number", serial),
        Field::text("model", "Model", model).hint("such as NL-43"),
        Field::text("calibration_due", "Calibration due", due).of_kind("date"),
    ]
}

fn fields_of(unit: &UnitRecord) -> Vec<Field> {
    let due = unit.calibration_due.map(day).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    fields(&text(&unit.serial), &text(&unit.model), &due)
}

fn fields_sent(sent: &Sent) -> Vec<Field> {
    fields(
        sent.text("serial"),
        sent.text("model"),
        sent.text("calibration_due"),
    )
}

/// The day on which calibration is due, as sent.
fn due(sent: &Sent) -> Result<Option<Timestamp>, WebError> {
    let due = sent.optional("calibration_due");
    let read = |text: String| store_operator::date("calibration_due", &text);
    let due: Result<Option<Timestamp>, OperatorError> = due.map(read).transpose();
    due.map_err(refused)
}
