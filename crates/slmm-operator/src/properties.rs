//! What holds for whatever SLMM answers staff: called by `fuzz/`, and by the tests over its seeds.
//!
//! Each function panics where a promise is broken. Nothing that was read comes out: the types of
//! the wire stay within.
#![allow(
    clippy::missing_panics_doc,
    reason = "it is how a broken promise is told"
)]
#![allow(clippy::indexing_slicing, reason = "JSON that is not there is null")]

use domain::UnitId;
use serde_json::Value;
use slmm::plumbing::Reply;

use crate::device::Registration;
use crate::rule::RuleStanding;
use crate::wire;

/// One body as every answer it might be: to what was asked of this meter, and to what was done.
pub fn answers(unit: &UnitId, body: &[u8]) {
    let reply = |status| Reply {
        status,
        body: body.to_vec().into(),
    };
    let (good, failed) = (reply(200), reply(500));
    roster(&good);
    rules(&good, unit);
    events(&good, unit);
    device(&good, unit);
    confirmations(&good, unit);
    for reply in [&good, &failed, &reply(422)] {
        let told = wire::detail(reply);
        assert!(told.chars().count() <= 300);
        assert!(!told.chars().any(char::is_control), "one line of the log");
    }
    assert!(wire::roster(&failed).is_err() && wire::rules(&failed, unit).is_err());
    assert!(wire::events(&failed, unit).is_err() && wire::monitors(&failed).is_err());
    assert!(wire::status(&failed, unit).is_err() && wire::health(&failed).is_err());
    assert!(wire::deleted(&failed, 7).is_err() && wire::kept_alive(&failed, unit, true).is_err());
}

fn json(reply: &Reply) -> Option<Value> {
    serde_json::from_slice(&reply.body).ok()
}

/// No passwords come out of it, and a name of ours is one that we would take ourselves.
fn roster(reply: &Reply) {
    let Ok(roster) = wire::roster(reply) else {
        return;
    };
    for entry in &roster.0 {
        let is_ours = meter_id::parse(entry.name.as_str()).is_ok();
        assert_eq!(matches!(entry.name, Registration::Known(_)), is_ours);
    }
    let monitors = wire::monitors(reply).ok();
    for entry in roster.0 {
        let told = entry.with(monitors.as_ref());
        hold_short(told.contact.last_error.as_deref(), 300);
    }
}

fn hold_short(text: Option<&str>, longest: usize) {
    assert!(text.is_none_or(|text| text.chars().count() <= longest && !text.is_empty()));
}

/// Rules are this meter's; behind a malformed one none is called watched.
fn rules(reply: &Reply, unit: &UnitId) {
    let Ok(rules) = wire::rules(reply, unit) else {
        return;
    };
    let mut choked = false;
    for stored in &rules {
        let rule = &stored.rule;
        assert!(
            !(choked && rule.standing == RuleStanding::Watched),
            "{rule:?}"
        );
        choked |= rule.standing == RuleStanding::Malformed;
        assert!(rule.threshold_db.is_none_or(f64::is_finite));
    }
    let Some(json) = json(reply) else {
        return;
    };
    let rows = json["rules"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let own = rows.iter().filter(|row| {
        let said = row["unit_id"].as_str();
        said.is_none_or(|said| said == unit.as_str()) && row["id"].is_i64()
    });
    assert_eq!(own.count(), rules.len());
}

fn events(reply: &Reply, unit: &UnitId) {
    let Ok(events) = wire::events(reply, unit) else {
        return;
    };
    for event in &events {
        assert!(
            !(event.active && event.peak.is_some()),
            "until its end it is the onset's"
        );
    }
}

fn device(reply: &Reply, unit: &UnitId) {
    if let Ok(Some(row)) = wire::status(reply, unit) {
        hold_short(row.contact.last_error.as_deref(), 300);
        hold_short(row.power.battery_level.as_deref(), 40);
        hold_short(row.power.power_source.as_deref(), 40);
    }
    if let Ok(health) = wire::health(reply) {
        hold_short(health.service.as_deref(), 80);
        hold_short(health.version.as_deref(), 40);
    }
}

/// What SLMM says it has done is what was asked, or an error.
fn confirmations(reply: &Reply, unit: &UnitId) {
    for id in [0, 7, i64::MIN] {
        let said = |name: &str| json(reply).is_none_or(|json| json[name].as_i64() == Some(id));
        assert!(wire::deleted(reply, id).is_err() || said("deleted"));
        assert!(wire::acknowledged(reply, id).is_err() || said("acknowledged"));
    }
    let Some(json) = json(reply) else {
        return;
    };
    let (on, off) = (
        wire::kept_alive(reply, unit, true).is_ok(),
        wire::kept_alive(reply, unit, false).is_ok(),
    );
    assert!(!(on && off) || json["monitor_enabled"].as_bool().is_none());
    let is_anothers = json["unit_id"]
        .as_str()
        .is_some_and(|said| said != unit.as_str());
    assert!(!(is_anothers && (on || off)));
    if let Ok(rule) = wire::rule(reply, unit) {
        assert_eq!(json["rule"]["id"].as_i64(), Some(rule.id));
        let said = json["rule"]["unit_id"].as_str();
        assert!(said.is_none_or(|said| said == unit.as_str()));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_bytes_break_an_answer_to_staff() {
        let unit = meter_id::parse("SLM-101").unwrap();
        fuzzkit::bounded("staff_answers", |bytes| super::answers(&unit, bytes));
    }
}
