//! `GET /{unit}/history`: one sample a minute.

use domain::{Decibel, Timestamp, TrailPoint, UnitId};
use serde::Deserialize;

use super::entry::Entry;
use super::loose::Loose;
use super::{is_of, read};
use crate::failure::Failure;

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    unit_id: Loose<String>,
    readings: Vec<Entry<Row>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Row {
    timestamp: Loose<Timestamp>,
    lp: Loose<Decibel>,
    leq: Loose<Decibel>,
    lmax: Loose<Decibel>,
    ln1: Loose<Decibel>,
    ln2: Loose<Decibel>,
}

/// The trail, oldest first. A row without a time is left out.
pub(super) fn parse(body: &[u8], unit: &UnitId) -> Result<Vec<TrailPoint>, Failure> {
    let envelope: Envelope = read(body)?;
    if !is_of(envelope.unit_id.0.as_deref(), unit) {
        return Err(Failure::Mixed);
    }
    let rows = envelope.readings.into_iter().filter_map(Entry::into_inner);
    let mut points: Vec<TrailPoint> = rows.filter_map(Row::point).collect();
    points.sort_by_key(|point| point.at);
    Ok(points)
}

impl Row {
    fn point(self) -> Option<TrailPoint> {
        Some(TrailPoint {
            at: self.timestamp.0?,
            lp: self.lp.0,
            leq: self.leq.0,
            lmax: self.lmax.0,
            ln1: self.ln1.0,
            ln2: self.ln2.0,
        })
    }
}
