//! `GET /{unit}/history`

use domain::UnitId;

use super::said::{field, hold_failed, is_anothers, json, reply, rows};
use crate::wire;

/// A trail is this meter's, oldest first, and has no point that no row tells.
pub fn history(unit: &UnitId, body: &[u8]) {
    hold_failed(&wire::trail(&reply(503, body), unit), 503);
    let Ok(points) = wire::trail(&reply(200, body), unit) else {
        return;
    };
    assert!(points.is_sorted_by_key(|point| point.at));
    let Some(json) = json(body) else {
        return;
    };
    assert!(!is_anothers(&json, unit), "another meter's is never shown");
    let mut rows = rows(&json, "readings");
    rows.retain(|row| field::<domain::Timestamp>(row, "timestamp").is_some());
    // Rows of one moment stay in their order.
    rows.sort_by_key(|row| field::<domain::Timestamp>(row, "timestamp"));
    assert_eq!(points.len(), rows.len());
    for (point, row) in points.iter().zip(rows) {
        assert_eq!(Some(point.at), field(row, "timestamp"));
        let levels = [
            (point.lp, "lp"),
            (point.leq, "leq"),
            (point.lmax, "lmax"),
            (point.ln1, "ln1"),
            (point.ln2, "ln2"),
        ];
        for (level, name) in levels {
            assert_eq!(level, field(row, name), "{name}");
        }
    }
}
