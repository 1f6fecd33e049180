//! `GET /{unit}/status`

use domain::{RunState, UnitId};

use super::said::{field, hold_failed, hold_levels, is_anothers, json, reply};
use crate::failure::Failure;
use crate::wire;

/// A status is this meter's, of the time it says, with the levels it says; a 404 tells nothing but
/// that there is none; any other status is a failure.
pub fn status(unit: &UnitId, body: &[u8]) {
    hold_failed(&wire::status(&reply(500, body), unit), 500);
    match wire::status(&reply(404, body), unit) {
        Ok(none) => assert!(!none.exists && none.status.reading.is_none()),
        missing => hold_failed(&missing, 404),
    }
    let read = wire::status(&reply(200, body), unit);
    let told = wire::meter_status(&reply(200, body), unit);
    let row = match read {
        Ok(row) => row,
        Err(failure) => {
            assert!(matches!(failure, Failure::Malformed | Failure::Mixed));
            assert_eq!(told, Err(failure));
            return;
        }
    };
    assert_eq!(told, Ok(Some(row.status)));
    assert!(row.exists);
    let status = row.status;
    assert!(status.measuring_since.is_none() || status.run == RunState::Measuring);
    let Some(json) = json(body) else {
        return;
    };
    let said = &json["data"];
    assert!(!is_anothers(said, unit), "another meter's is never shown");
    assert_eq!(
        status.reachable,
        field(said, "is_reachable").unwrap_or(true)
    );
    if let Some(reading) = status.reading {
        assert_eq!(field(said, "last_seen"), Some(reading.at));
        hold_levels(&reading.levels, said);
    }
    if let Some(since) = status.measuring_since {
        assert_eq!(field(said, "measurement_start_time"), Some(since));
    }
}
