//! `GET /{unit}/status`: SLMM's row of a meter.

use domain::{Decibel, Levels, MeterStatus, Reading, RunState, Timestamp, UnitId};
use serde::Deserialize;

use super::entry::Entry;
use super::loose::Loose;
use super::{is_of, read};
use crate::failure::Failure;

/// What SLMM has on a meter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    /// Whether there is a row at all. Of a meter that was never polled, or is none, there is not.
    pub(crate) exists: bool,
    pub(crate) status: MeterStatus,
}

pub(super) const NO_ROW: Row = Row {
    exists: false,
    status: MeterStatus {
        run: RunState::Unknown,
        measuring_since: None,
        reading: None,
        reachable: true,
    },
};

/// What the web framework under SLMM says of a path that it does not have at all.
const NO_SUCH_PATH: &str = "Not Found";

/// How many of the meter's fields come before the ones that are never used.
const FIELDS: usize = 11;

#[derive(Deserialize)]
struct Envelope {
    data: Entry<Data>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Data {
    unit_id: Loose<String>,
    last_seen: Loose<Timestamp>,
    measurement_state: Loose<String>,
    measurement_start_time: Loose<Timestamp>,
    lp: Loose<Decibel>,
    leq: Loose<Decibel>,
    lmax: Loose<Decibel>,
    lmin: Loose<Decibel>,
    lpeak: Loose<Decibel>,
    ln1: Loose<Decibel>,
    ln2: Loose<Decibel>,
    raw_payload: Loose<String>,
    is_reachable: Loose<bool>,
    last_success: Loose<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Refusal {
    detail: Loose<String>,
}

pub(super) fn parse(body: &[u8], unit: &UnitId) -> Result<Row, Failure> {
    let envelope: Envelope = read(body)?;
    let data = envelope.data.into_inner().ok_or(Failure::Malformed)?;
    if !is_of(data.unit_id.0.as_deref(), unit) {
        return Err(Failure::Mixed);
    }
    // SLMM always says when it last saw the meter: what does not is no row, and nothing in it counts.
    let last_seen = data.last_seen.0.ok_or(Failure::Malformed)?;
    let run = run_state(data.measurement_state.0.as_deref());
    let status = MeterStatus {
        run,
        measuring_since: since(run, data.measurement_start_time.0),
        reading: data.reading(last_seen),
        reachable: data.is_reachable.0.unwrap_or(true),
    };
    Ok(Row {
        exists: true,
        status,
    })
}

pub(super) fn run_state(said: Option<&str>) -> RunState {
    said.map_or(RunState::Unknown, RunState::from_slmm)
}

/// A measurement that does not run began at no time.
pub(super) fn since(run: RunState, said: Option<Timestamp>) -> Option<Timestamp> {
    said.filter(|_| run == RunState::Measuring)
}

/// Whether the body of a 404 says in SLMM's own words that there is no such row, rather than no such
/// path.
pub fn says_unknown(body: &[u8]) -> bool {
    let refusal: Result<Refusal, _> = read(body);
    let detail = refusal.ok().and_then(|refusal| refusal.detail.0);
    detail.is_some_and(|detail| detail != NO_SUCH_PATH)
}

impl Data {
    /// A meter that never answered has a row whose time is that of the row's own making.
    fn reading(&self, last_seen: Timestamp) -> Option<Reading> {
        let levels = self.levels();
        if levels.is_empty() && self.last_success.0.is_none() {
            return None;
        }
        Some(Reading {
            at: last_seen,
            levels: believed(levels, self.raw_payload.0.as_deref()),
        })
    }

    fn levels(&self) -> Levels {
        Levels {
            lp: self.lp.0,
            leq: self.leq.0,
            lmax: self.lmax.0,
            lmin: self.lmin.0,
            lpeak: self.lpeak.0,
            ln1: self.ln1.0,
            ln2: self.ln2.0,
        }
    }
}

/// The levels, or none of them where the meter's own reply disagrees.
pub(super) fn believed(levels: Levels, raw: Option<&str>) -> Levels {
    if raw.is_none_or(|raw| is_in_place(raw, &levels)) {
        levels
    } else {
        Levels::default()
    }
}

/// Whether each level stands where the meter put it. SLMM leaves empty fields of the meter's reply
/// out, so that all behind them move up by one and come under wrong names (SLMM 0.4.0). A reply
/// cut short, with nothing in the last place, is not believed either: it may end in half a value.
fn is_in_place(raw: &str, levels: &Levels) -> bool {
    let fields: Vec<&str> = raw.split(',').map(str::trim).take(FIELDS).collect();
    let places = [
        (0, levels.lp),
        (1, levels.leq),
        (3, levels.lmax),
        (4, levels.lmin),
        (5, levels.ln1),
        (6, levels.ln2),
        (10, levels.lpeak),
    ];
    fields.iter().all(|field| !field.is_empty())
        && places.iter().all(|(place, level)| {
            fields
                .get(*place)
                .is_some_and(|field| Decibel::parse(field) == *level)
        })
}
