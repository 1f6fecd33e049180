//! `GET /_monitor/status`

use domain::UnitId;

use super::said::{field, hold_failed, json, reply};
use crate::wire;

/// Whether a meter is reached is known of a monitor that runs, and of no other.
pub fn monitors(unit: &UnitId, body: &[u8]) {
    hold_failed(&wire::monitors(&reply(502, body)).map(drop), 502);
    let Ok(monitors) = wire::monitors(&reply(200, body)) else {
        return;
    };
    let Some(json) = json(body) else {
        return;
    };
    let said = &json["monitors"][unit.as_str()];
    let runs = field(said, "running") == Some(true);
    let reached = field(said, "reachable").filter(|_| runs);
    assert_eq!(monitors.reaches(unit), reached);
}
