//! The look at one project: how each location is, and what happened there.
//!
//! It asks more of each meter than the board does, and waits for the answers; a project has few.

use domain::{
    AlarmSource, AlertEvent, Breach, BreachStatus, EventKind, Limit, LocationState, MeterStatus,
    Observation, Timestamp, UnitId, observe,
};
use futures_util::future::{join, join_all};
use slmm::{Answer, EventList};
use std::sync::Arc;
use store_operator::{PlaceDetail, StandingMeter};

use super::{Survey, goes_on};
use crate::OperatorSettings;

/// What is known of a location.
pub(crate) struct Account {
    /// How it is now.
    pub(crate) observation: Observation,
    /// What happened there, active ones first, then the newest.
    pub(crate) breaches: Vec<Told>,
    /// Whether that is all: of some meter that stood there SLMM may have said nothing, or not as far
    /// back as the stay.
    pub(crate) complete: bool,
}

/// A breach, and the meter that told of it.
pub(crate) struct Told {
    /// The breach.
    pub(crate) breach: Breach,
    /// The meter that stood there then.
    pub(crate) unit: UnitId,
}

impl Account {
    /// Whether a limit is being broken there.
    pub(crate) fn is_above(&self) -> bool {
        self.breaches
            .iter()
            .any(|told| goes_on(&told.breach, &self.observation))
    }
}

impl Survey {
    /// Visits these locations, in their order.
    pub(crate) async fn visit(
        &self,
        places: &[PlaceDetail],
        settings: &OperatorSettings,
    ) -> Vec<Account> {
        join_all(places.iter().map(|place| self.account(place, settings))).await
    }

    async fn account(&self, place: &PlaceDetail, settings: &OperatorSettings) -> Account {
        let events = join_all(
            place
                .begun
                .iter()
                .map(|stay| self.slmm.event_list(&stay.unit)),
        );
        let (status, events) = join(self.status(place.meter.as_ref()), events).await;
        let events: Vec<Option<EventList>> = events.into_iter().map(Answer::into_value).collect();
        let mut stays = place.begun.iter().zip(&events);
        let complete = stays.all(|(stay, list)| {
            let from = stay.tenure.window.from;
            list.as_ref().is_some_and(|list| list.reaches(from))
        });
        let events: Vec<_> = events.into_iter().map(|list| Some(list?.events)).collect();
        let now = self.clock.now();
        let observation = match (&place.meter, &status) {
            (None, _) => Observation::bare(LocationState::NoMeter),
            (Some(_), None) => Observation::bare(LocationState::Unavailable),
            (Some(meter), Some(status)) => {
                observe(status, &meter.tenure, settings.stale_after, now)
            }
        };
        let limits = self.limits(place.meter.as_ref(), place, &events).await;
        let eye = Eye {
            observation,
            status,
            limits: limits.as_deref(),
            settings,
            now,
        };
        let mut account = Account {
            observation,
            breaches: Vec::new(),
            complete,
        };
        for (stay, events) in place.begun.iter().zip(&events) {
            let events = events.as_deref().unwrap_or_default();
            let is_current = place.meter.as_ref() == Some(stay);
            account.breaches.extend(eye.judge(stay, is_current, events));
        }
        account.breaches.sort_by_key(|told| {
            let is_over = told.breach.status != BreachStatus::Active;
            (is_over, std::cmp::Reverse(told.breach.onset_at))
        });
        account
    }

    async fn status(&self, meter: Option<&StandingMeter>) -> Option<MeterStatus> {
        self.slmm.status(&meter?.unit).await.into_value()
    }

    /// The limits of the meter that stands there, where an open event hangs on them.
    async fn limits(
        &self,
        meter: Option<&StandingMeter>,
        place: &PlaceDetail,
        events: &[Option<Arc<[AlertEvent]>>],
    ) -> Option<Arc<[Limit]>> {
        let meter = meter?;
        let current = place.begun.iter().position(|stay| stay == meter)?;
        let events = events.get(current)?.as_deref()?;
        let is_breach = |event: &AlertEvent| matches!(event.kind, EventKind::Breach { .. });
        if events.iter().any(|event| event.active && is_breach(event)) {
            self.slmm.limits(&meter.unit).await.into_value()
        } else {
            None
        }
    }
}

/// What the events of a location are judged by.
struct Eye<'a> {
    observation: Observation,
    status: Option<MeterStatus>,
    limits: Option<&'a [Limit]>,
    settings: &'a OperatorSettings,
    now: Timestamp,
}

impl Eye<'_> {
    /// The breaches of one stay; what began outside of it is somebody else's.
    fn judge(
        &self,
        stay: &StandingMeter,
        is_current: bool,
        events: &[AlertEvent],
    ) -> impl Iterator<Item = Told> {
        let levels = self.observation.reading.map(|reading| reading.levels);
        let status = self.status.filter(|_| is_current);
        let source = AlarmSource {
            limits: self.limits.filter(|_| is_current),
            levels: levels.as_ref().filter(|_| is_current),
            began: status.and_then(|status| status.measuring_since),
            reachable: status.is_none_or(|status| status.reachable),
            zone: &self.settings.slmm_zone,
            now: self.now,
        };
        let breaches = source.judge(&stay.tenure, events).breaches;
        let unit = stay.unit.clone();
        breaches.into_iter().map(move |breach| Told {
            breach,
            unit: unit.clone(),
        })
    }
}
