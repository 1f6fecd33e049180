//! `GET /{unit}/alerts/rules`

use domain::{Schedule, UnitId};
use serde_json::Value;

use super::said::{field, hold_failed, is_anothers, json, reply, rows};
use crate::wire;

/// Limits are this meter's in SLMM's order, with numbers that can be compared, and those that SLMM
/// has stopped to watch are not in force.
pub fn rules(unit: &UnitId, body: &[u8]) {
    hold_failed(&wire::limits(&reply(500, body), unit), 500);
    let Ok(limits) = wire::limits(&reply(200, body), unit) else {
        return;
    };
    for limit in &limits {
        assert!(limit.threshold.is_finite() && limit.clear_margin.is_finite());
        assert!(limit.duration_s >= 0);
    }
    let Some(json) = json(body) else {
        return;
    };
    let told: Vec<(i64, bool)> = limits
        .iter()
        .map(|limit| (limit.rule, limit.enabled))
        .collect();
    assert_eq!(told, watched(&json, unit));
}

/// The rules that can be told of, and whether SLMM watches them.
fn watched(json: &Value, unit: &UnitId) -> Vec<(i64, bool)> {
    let mut choked = false;
    let mut watched = Vec::new();
    for row in rows(json, "rules") {
        if is_anothers(row, unit) {
            continue;
        }
        let enabled = field(row, "enabled").unwrap_or(true);
        choked |= enabled && !is_evaluated(row);
        if let (Some(id), Some(_)) = (field(row, "id"), field::<f64>(row, "threshold_db")) {
            watched.push((id, enabled && !choked));
        }
    }
    watched
}

fn is_evaluated(row: &Value) -> bool {
    let text = |name| field::<String>(row, name);
    let (start, end, days) = (
        text("schedule_start"),
        text("schedule_end"),
        text("schedule_days"),
    );
    Schedule::from_slmm(start.as_deref(), end.as_deref(), days.as_deref()).is_ok()
}
