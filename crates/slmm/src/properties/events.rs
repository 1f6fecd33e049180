//! `GET /{unit}/alerts/events`

use domain::{EventKind, UnitId};

use super::said::{field, hold_failed, is_anothers, json, reply, rows};
use crate::wire;

/// Events are this meter's, newest first, each told by a row; who has seen one is known of events
/// that are there.
pub fn events(unit: &UnitId, body: &[u8]) {
    hold_failed(&wire::events(&reply(422, body), unit), 422);
    let Ok(list) = wire::events(&reply(200, body), unit) else {
        return;
    };
    let events = &list.events;
    assert!(events.is_sorted_by(|one, next| one.onset_at >= next.onset_at));
    let is_there = |id: &i64| events.iter().any(|event| event.id == *id);
    assert!(list.seen.keys().all(is_there));
    for event in events.iter() {
        if let EventKind::Breach { threshold, .. } = event.kind {
            assert!(threshold.is_finite());
        }
    }
    let Some(json) = json(body) else {
        return;
    };
    let mut rows = rows(&json, "events");
    rows.retain(|row| !is_anothers(row, unit));
    for event in events.iter() {
        let tells = |row: &&serde_json::Value| {
            let active = field::<String>(row, "status").as_deref() == Some("active");
            field(row, "id") == Some(event.id)
                && field(row, "onset_at") == Some(event.onset_at)
                && field(row, "clear_at") == event.clear_at
                && field(row, "peak_value") == event.peak
                && active == event.active
        };
        assert!(rows.iter().any(tells), "no row tells of {event:?}");
    }
}
