//! An event as a line of the inbox.

use domain::{AlertEvent, Decibel, EventKind, TimeZone, Timestamp, UnitId};
use serde::Serialize;
use slmm::Seen;
use store_operator::StayRecord;
use web::when::When;

use crate::page::units::stay::Stay;
use crate::survey::{Goes, NOT_OVER};

/// An event, and where its meter stood when it happened.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Line {
    pub(super) unit: String,
    pub(super) stay: Option<Stay>,
    pub(super) event: Happened,
}

/// An event.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Happened {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) onset: When,
    pub(super) clear: Option<When>,
    /// dB with one decimal, where recorded.
    pub(super) peak: Option<String>,
    pub(super) active: bool,
    /// What is said in place of an end, where none is recorded.
    pub(super) state: &'static str,
    /// Under which name, and when.
    pub(super) seen: Option<(String, When)>,
}

/// What a line is made of.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) unit: &'a UnitId,
    pub(super) stay: Option<&'a StayRecord>,
    pub(super) event: &'a AlertEvent,
    pub(super) goes: Goes,
    pub(super) seen: Option<&'a Seen>,
}

impl Line {
    pub(super) fn new(told: Told<'_>, zone: &TimeZone, now: Timestamp) -> Self {
        let near = |at: Timestamp| When::near(at, zone, now);
        let event = told.event;
        Self {
            unit: told.unit.as_str().to_owned(),
            stay: told.stay.map(|stay| Stay::of(stay, zone, now)),
            event: Happened {
                id: event.id,
                name: match event.kind {
                    EventKind::Connectivity => "Contact lost".to_owned(),
                    EventKind::Breach { .. } => event.name.clone(),
                },
                onset: near(event.onset_at),
                clear: event.clear_at.map(near),
                // While it is open SLMM repeats the onset.
                peak: event
                    .peak
                    .as_ref()
                    .filter(|_| !event.active)
                    .map(Decibel::to_string),
                active: told.goes == Goes::On,
                state: match told.goes {
                    Goes::On => "Active",
                    Goes::Unsure => NOT_OVER,
                    Goes::Over => "not recorded",
                },
                seen: told.seen.map(|seen| {
                    let by = seen.by.clone().unwrap_or_else(|| "somebody".to_owned());
                    (by, near(seen.at))
                }),
            },
        }
    }
}
