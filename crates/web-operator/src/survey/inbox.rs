//! What happened at the meters, for the inbox.
//!
//! The inbox asks each meter for its events, and of one that has open ones how it is besides. It
//! waits no longer than the board does; what comes too late is there for the next page.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{
    AlarmSource, AlertEvent, BreachStatus, EventKind, Events, Limit, LocationState, MeterStatus,
    TimeZone, Timestamp, UnitId,
};
use futures_util::future::{join, join_all};
use slmm::{Answer, EventList};

use super::{FEW, PATIENCE, Survey};
use crate::Office;
use crate::live::anywhere;

/// How long the page waits for a few meters.
const PATIENCE_FOR_FEW: Duration = Duration::from_secs(2);
/// What was heard longer ago is told no more.
const AS_HEARD: Duration = Duration::from_mins(2);
/// So many meters are remembered.
const CAPACITY: usize = 4096;

/// What is known of a meter's events.
#[derive(Debug, Clone)]
pub(crate) enum Tiding {
    /// SLMM has not answered yet, or was not asked after all.
    Awaited,
    /// SLMM did not say.
    Unsaid,
    Told(Arc<Tale>),
}

/// What SLMM told of a meter.
#[derive(Debug)]
pub(crate) struct Tale {
    pub(crate) list: EventList,
    /// `None` where nothing hangs on it, or SLMM did not say; the same of the limits.
    status: Option<MeterStatus>,
    limits: Option<Arc<[Limit]>>,
}

/// Whether an event is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Goes {
    /// It goes on.
    On,
    /// It was not over when the meter was last heard.
    Unsure,
    /// It is over, whether or not its end was recorded.
    Over,
}

/// What was told of each meter, and how long after the start it was asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory(Arc<Mutex<HashMap<UnitId, (Duration, Tiding)>>>);

impl Memory {
    fn open(&self) -> MutexGuard<'_, HashMap<UnitId, (Duration, Tiding)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what was asked for last, whichever answer comes first.
    fn keep(&self, unit: UnitId, asked: Duration, tiding: Tiding) {
        let mut memory = self.open();
        if memory.len() >= CAPACITY {
            memory.clear();
        }
        let is_newer = memory.get(&unit).is_none_or(|(at, _)| *at <= asked);
        if is_newer {
            memory.insert(unit, (asked, tiding));
        }
    }

    fn of(&self, unit: &UnitId, elapsed: Duration) -> Tiding {
        let memory = self.open();
        let young = memory
            .get(unit)
            .filter(|(at, _)| elapsed.saturating_sub(*at) <= AS_HEARD);
        young.map_or(Tiding::Awaited, |(_, tiding)| tiding.clone())
    }
}

impl Survey {
    /// What happened at these meters, in their order.
    pub(crate) async fn gather(&self, units: &[UnitId]) -> Vec<Tiding> {
        let patience = if units.len() > FEW {
            PATIENCE
        } else {
            PATIENCE_FOR_FEW
        };
        let asked: Vec<_> = units
            .iter()
            .map(|unit| {
                let (survey, unit) = (self.clone(), unit.clone());
                tokio::spawn(async move { survey.listen(unit).await })
            })
            .collect();
        // Those still to come are remembered when they do.
        drop(tokio::time::timeout(patience, join_all(asked)).await);
        let elapsed = self.clock.elapsed();
        let of = |unit| self.tidings.of(unit, elapsed);
        units.iter().map(of).collect()
    }

    async fn listen(&self, unit: UnitId) {
        let asked = self.clock.elapsed();
        let tiding = match self.slmm.event_list(&unit).await {
            Answer::Fresh(list) | Answer::Remembered(list) => self.tale(&unit, list).await,
            Answer::Nothing => Tiding::Unsaid,
            Answer::Unasked => return,
        };
        self.tidings.keep(unit, asked, tiding);
    }

    /// Asks for what the open events hang on.
    async fn tale(&self, unit: &UnitId, list: EventList) -> Tiding {
        let is_open = list.events.iter().any(|event| event.active);
        let is_broken = list
            .events
            .iter()
            .any(|event| event.active && matches!(event.kind, EventKind::Breach { .. }));
        let status = async {
            let status = self.slmm.status(unit);
            if is_open {
                status.await.into_value()
            } else {
                None
            }
        };
        let limits = async {
            let limits = self.slmm.limits(unit);
            if is_broken {
                limits.await.into_value()
            } else {
                None
            }
        };
        let (status, limits) = join(status, limits).await;
        Tiding::Told(Arc::new(Tale {
            list,
            status,
            limits,
        }))
    }
}

impl Tale {
    /// Whether each of the events goes on, in their order. SLMM leaves events open for good in
    /// several cases: what it calls active is believed only while it can be true, and is going on
    /// only while the meter is heard.
    pub(crate) fn judge(&self, office: &Office) -> Vec<Goes> {
        let (now, zone) = (office.now(), &office.settings.slmm_zone);
        let events = &self.list.events;
        if !events.iter().any(|event| event.active) {
            return vec![Goes::Over; events.len()];
        }
        let judged = self.source(zone, now).judge(&anywhere(), events);
        let state = self.status.map(|status| office.observe(&status, now).state);
        let goes = |event: &AlertEvent| {
            let is_sure = match event.kind {
                EventKind::Breach { .. } => state == Some(LocationState::Measuring),
                EventKind::Connectivity => state.is_some(),
            };
            match event.active && is_open(event, &judged) {
                true if is_sure => Goes::On,
                true => Goes::Unsure,
                false => Goes::Over,
            }
        };
        events.iter().map(goes).collect()
    }

    fn source<'a>(&'a self, zone: &'a TimeZone, now: Timestamp) -> AlarmSource<'a> {
        let reading = self
            .status
            .as_ref()
            .and_then(|status| status.reading.as_ref());
        AlarmSource {
            limits: self.limits.as_deref(),
            levels: reading.map(|reading| &reading.levels),
            began: self.status.and_then(|status| status.measuring_since),
            // A meter of which nothing is known may be out of reach still.
            reachable: self.status.is_some_and(|status| status.reachable),
            zone,
            now,
        }
    }
}

fn is_open(event: &AlertEvent, judged: &Events) -> bool {
    match event.kind {
        EventKind::Connectivity => {
            let mut lasting = judged.interruptions.iter().filter(|one| one.to.is_none());
            lasting.any(|one| one.from == event.onset_at)
        }
        EventKind::Breach { .. } => judged.breaches.iter().any(|breach| {
            breach.status == BreachStatus::Active
                && breach.onset_at == event.onset_at
                && breach.limit == event.name
        }),
    }
}
