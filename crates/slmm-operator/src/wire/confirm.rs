//! What SLMM says when it has done something.

use serde::Deserialize;
use slmm::plumbing::{Failure, Loose, Reply, is_of, read};

use domain::UnitId;

use crate::answer::good;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Envelope {
    status: Loose<String>,
    unit_id: Loose<String>,
    deleted: Loose<i64>,
    acknowledged: Loose<i64>,
    monitor_enabled: Loose<bool>,
}

fn same(said: Option<i64>, meant: i64) -> Result<(), Failure> {
    match said {
        Some(said) if said == meant => Ok(()),
        Some(_) => Err(Failure::Mixed),
        None => Err(Failure::Malformed),
    }
}

/// That the rule is gone.
pub(crate) fn deleted(reply: &Reply, rule: i64) -> Result<(), Failure> {
    let envelope: Envelope = read(good(reply)?)?;
    same(envelope.deleted.0, rule)
}

/// That the event is marked.
pub(crate) fn acknowledged(reply: &Reply, event: i64) -> Result<(), Failure> {
    let envelope: Envelope = read(good(reply)?)?;
    same(envelope.acknowledged.0, event)
}

/// That keepalive is as it was to be: SLMM says how it is now, or at least that all went well.
pub(crate) fn kept_alive(reply: &Reply, unit: &UnitId, on: bool) -> Result<(), Failure> {
    let envelope: Envelope = read(good(reply)?)?;
    let confirmed = match envelope.monitor_enabled.0 {
        Some(now) => now == on,
        None => envelope.status.0.as_deref() == Some("ok"),
    };
    if !is_of(envelope.unit_id.0.as_deref(), unit) {
        Err(Failure::Mixed)
    } else if confirmed {
        Ok(())
    } else {
        Err(Failure::Malformed)
    }
}
