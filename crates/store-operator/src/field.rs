//! What may stand in a field. Every refusal names the field and says what would be right.

use std::str::FromStr;

use auth::{EmailAddress, EmailError};
use domain::{TimeZone, Timestamp, UnitId};
use store::StoreError;

use crate::error::OperatorError;

/// The longest name, characters.
const NAME_LENGTH: usize = 120;
/// The longest free text, characters.
const TEXT_LENGTH: usize = 1000;

/// Reads a time as the command line and forms give it.
///
/// # Errors
/// [`OperatorError::Invalid`] for anything but RFC 3339.
pub fn time(field: &'static str, text: &str) -> Result<Timestamp, OperatorError> {
    text.parse().map_err(|_malformed| {
        OperatorError::invalid(
            field,
            "a time is written as in 2026-11-21T04:00:00Z or 2026-11-20T23:00:00-05:00",
        )
    })
}

/// Reads a day as forms give it: its beginning, UTC.
///
/// # Errors
/// [`OperatorError::Invalid`] for anything but a date of the calendar.
pub fn date(field: &'static str, text: &str) -> Result<Timestamp, OperatorError> {
    let refused = || OperatorError::invalid(field, "a date is written as in 2026-11-21");
    let is_shaped =
        text.len() == "2026-11-21".len() && text.chars().all(|c| c.is_ascii_digit() || c == '-');
    if !is_shaped {
        return Err(refused());
    }
    format!("{text}T00:00:00Z")
        .parse()
        .map_err(|_no_such_day| refused())
}

/// Reads the name by which the device layer knows a meter.
///
/// # Errors
/// [`OperatorError::Invalid`] for a text that cannot be one, and for `new`: that is the address of
/// the page on which meters are added, and a meter of that name would have none.
pub fn unit_id(text: &str) -> Result<UnitId, OperatorError> {
    let id =
        meter_id::parse(text).map_err(|error| OperatorError::invalid("unit", error.to_string()))?;
    if id.as_str() == "new" {
        let problem = "this name is that of the page on which meters are added; write another";
        return Err(OperatorError::invalid("unit", problem));
    }
    Ok(id)
}

/// A name: blanks around it are taken off.
pub(crate) fn name(field: &'static str, text: &str) -> Result<String, OperatorError> {
    line(field, text, NAME_LENGTH)?.ok_or_else(|| OperatorError::invalid(field, "a name is needed"))
}

/// A short text that may be left out; blank is left out.
pub(crate) fn short(
    field: &'static str,
    text: Option<&str>,
) -> Result<Option<String>, OperatorError> {
    text.map_or(Ok(None), |text| line(field, text, NAME_LENGTH))
}

/// A longer text that may be left out.
pub(crate) fn long(
    field: &'static str,
    text: Option<&str>,
) -> Result<Option<String>, OperatorError> {
    text.map_or(Ok(None), |text| line(field, text, TEXT_LENGTH))
}

fn line(field: &'static str, text: &str, longest: usize) -> Result<Option<String>, OperatorError> {
    let text = text.trim();
    if text.chars().count() > longest {
        let problem = format!("it has {longest} characters at most");
        return Err(OperatorError::invalid(field, problem));
    }
    if text.chars().any(char::is_control) {
        return Err(OperatorError::invalid(
            field,
            "it is one line, without control characters",
        ));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// An e-mail address that may be left out. Whether it exists, only a mail can tell.
pub(crate) fn email(
    field: &'static str,
    text: Option<&str>,
) -> Result<Option<String>, OperatorError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if EmailAddress::is_plausible(text) {
        Ok(Some(text.to_owned()))
    } else {
        Err(OperatorError::invalid(field, EmailError.to_string()))
    }
}

/// An IANA time zone that may be left out.
pub(crate) fn time_zone(text: Option<&str>) -> Result<Option<String>, OperatorError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let zone = TimeZone::get(text).ok();
    // The database of zones does not mind letter case; what is stored has one spelling.
    let canonical = zone.as_ref().and_then(TimeZone::iana_name);
    canonical.map(|name| Some(name.to_owned())).ok_or_else(|| {
        OperatorError::invalid(
            "time_zone",
            "a time zone is an IANA name such as America/New_York or Europe/Berlin",
        )
    })
}

/// A position (WGS 84, degrees): both coordinates, or neither.
pub(crate) fn position(
    latitude: Option<f64>,
    longitude: Option<f64>,
) -> Result<Option<(f64, f64)>, OperatorError> {
    let within = |field, degrees: f64, limit: f64| {
        // `NaN` is in no range.
        if (-limit..=limit).contains(&degrees) {
            Ok(degrees)
        } else {
            let problem = format!("degrees from -{limit} to {limit}");
            Err(OperatorError::invalid(field, problem))
        }
    };
    match (latitude, longitude) {
        (None, None) => Ok(None),
        (Some(latitude), Some(longitude)) => Ok(Some((
            within("latitude", latitude, 90.0)?,
            within("longitude", longitude, 180.0)?,
        ))),
        (Some(_), None) => Err(OperatorError::invalid(
            "longitude",
            "needed with a latitude",
        )),
        (None, Some(_)) => Err(OperatorError::invalid(
            "latitude",
            "needed with a longitude",
        )),
    }
}

/// A stored id, read.
pub(crate) fn stored_id<T: FromStr>(
    table: &'static str,
    column: &'static str,
    id: &str,
) -> Result<T, OperatorError> {
    id.parse().map_err(|_malformed| corrupt(table, id, column))
}

/// A stored time, read.
pub(crate) fn stored_time(
    table: &'static str,
    id: &str,
    column: &'static str,
    millis: i64,
) -> Result<Timestamp, OperatorError> {
    store::internal::time(millis).ok_or_else(|| corrupt(table, id, column))
}

pub(crate) fn corrupt(table: &'static str, id: &str, column: &'static str) -> OperatorError {
    OperatorError::Store(StoreError::Corrupt {
        table,
        id: id.to_owned(),
        column,
    })
}
